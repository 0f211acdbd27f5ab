//! The memory of a copy: source and destination, and their relative position.

use crate::sizes::LARGEST;

/// The layout of source and destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Both start at a cache line.
    Aligned,
    /// The source starts one byte after the start of a cache line.
    SourceOff,
    /// The destination starts one byte after the start of a cache line.
    DestinationOff,
    /// The destination starts 8 bytes after the source, modulo the size of a page: a processor that
    /// compares the low 12 bits of addresses treats them as overlapping.
    PageAliased,
}

/// The size of a page, and the distance at which addresses alias.
const PAGE: usize = 4096;

/// The distance from the source to the first page of the destination.
const DISTANCE: usize = LARGEST + 4 * PAGE;

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 4] =
        [Self::Aligned, Self::SourceOff, Self::DestinationOff, Self::PageAliased];

    /// Returns the offsets of source and destination from the start of a page.
    const fn offsets(self) -> (usize, usize) {
        // Half a page and a cache line, which is far from any aliasing.
        const APART: usize = DISTANCE + PAGE / 2 + 64;
        match self {
            Self::Aligned => (0, APART),
            Self::SourceOff => (1, APART),
            Self::DestinationOff => (0, APART + 1),
            Self::PageAliased => (0, DISTANCE + 8),
        }
    }

    /// Returns whether both sides start at a multiple of 8 bytes.
    pub const fn is_word_aligned(self) -> bool {
        matches!(self, Self::Aligned | Self::PageAliased)
    }

    /// Returns its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aligned => "both aligned",
            Self::SourceOff => "source off by one",
            Self::DestinationOff => "destination off by one",
            Self::PageAliased => "page-aliased",
        }
    }

    /// Returns the name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::SourceOff => "source-off-by-one",
            Self::DestinationOff => "destination-off-by-one",
            Self::PageAliased => "page-aliased",
        }
    }
}

#[derive(Clone, Debug)]
#[repr(C, align(4096))]
struct Page([u8; PAGE]);

/// The memory that all contests run in.
#[derive(Debug)]
pub struct Arena(Vec<Page>);

impl Default for Arena {
    fn default() -> Self {
        Self(vec![Page([1; PAGE]); (2 * DISTANCE).div_ceil(PAGE)])
    }
}

impl Arena {
    /// Returns the place for copies of `size` bytes. Adjacent bytes of the source differ, and the
    /// bytes of the destination differ from those of the source.
    ///
    /// # Panics
    ///
    /// Panics if `size` is more than [`LARGEST`].
    pub fn place(&mut self, layout: Layout, size: usize) -> Place<'_> {
        assert!(size <= LARGEST, "{size} bytes do not fit into the arena");
        let (source_at, destination_at) = layout.offsets();
        let (low, high) = bytes_of(&mut self.0).split_at_mut(DISTANCE);
        let source = &mut low[source_at..][..size];
        let destination = &mut high[destination_at - DISTANCE..][..size];
        for (i, byte) in source.iter_mut().enumerate() {
            *byte = (i % 251) as u8;
        }
        destination.fill(0xff);
        Place { source, destination, layout }
    }
}

/// Returns the bytes of the pages.
fn bytes_of(pages: &mut [Page]) -> &mut [u8] {
    let len = size_of_val(pages);
    // SAFETY: a `Page` is `PAGE` initialised bytes without padding, any bytes are a valid `Page`,
    // the pages of a slice are contiguous, and the result borrows `pages`.
    unsafe { core::slice::from_raw_parts_mut(pages.as_mut_ptr().cast(), len) }
}

/// Source and destination of a copy, which do not overlap and have the same size.
#[derive(Debug)]
pub struct Place<'a> {
    /// The bytes to copy.
    pub source: &'a mut [u8],
    /// The destination.
    pub destination: &'a mut [u8],
    /// The layout of both.
    pub layout: Layout,
}

impl Place<'_> {
    /// Returns the number of bytes to copy.
    pub fn size(&self) -> usize {
        self.source.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::SIZES;

    #[test]
    fn source_and_destination_have_the_distance_of_the_layout() {
        let mut arena = Arena::default();
        for size in SIZES {
            for layout in Layout::ALL {
                let place = arena.place(layout, size);
                let source = place.source.as_ptr().addr();
                let destination = place.destination.as_ptr().addr();
                assert!(destination - source > size, "{layout:?} {size}: they overlap");
                assert_eq!((place.source.len(), place.destination.len()), (size, size));
                let lines = (source % 64, destination % 64, (destination - source) % PAGE);
                let expected = match layout {
                    Layout::Aligned => (0, 0, 2112),
                    Layout::SourceOff => (1, 0, 2111),
                    Layout::DestinationOff => (0, 1, 2113),
                    Layout::PageAliased => (0, 8, 8),
                };
                assert_eq!(lines, expected, "{layout:?} {size}");
                assert_ne!(place.source, place.destination, "{layout:?} {size}");
            }
        }
    }
}
