//! Where the bytes lie: source and destination, and how they lie to each other.

use crate::sizes::LARGEST;

/// How source and destination lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Both at the start of a cache line.
    Aligned,
    /// The source one byte behind such a start.
    SourceOff,
    /// The destination one byte behind such a start.
    DestinationOff,
    /// The destination 8 bytes behind the source, modulo the size of a page: a processor that
    /// compares the low 12 bits of addresses takes them for overlapping.
    PageAliased,
}

/// The size of a page, and the distance at which addresses alias.
const PAGE: usize = 4096;

/// How far behind the source the destination's own page starts.
const DISTANCE: usize = LARGEST + 4 * PAGE;

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 4] =
        [Self::Aligned, Self::SourceOff, Self::DestinationOff, Self::PageAliased];

    /// Where source and destination start, from the start of a page.
    const fn offsets(self) -> (usize, usize) {
        // Half a page and a line: far from any aliasing.
        const APART: usize = DISTANCE + PAGE / 2 + 64;
        match self {
            Self::Aligned => (0, APART),
            Self::SourceOff => (1, APART),
            Self::DestinationOff => (0, APART + 1),
            Self::PageAliased => (0, DISTANCE + 8),
        }
    }

    /// Whether both sides start at a multiple of 8 bytes.
    pub const fn is_word_aligned(self) -> bool {
        matches!(self, Self::Aligned | Self::PageAliased)
    }

    /// What it is called in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aligned => "both aligned",
            Self::SourceOff => "source off by one",
            Self::DestinationOff => "destination off by one",
            Self::PageAliased => "page-aliased",
        }
    }

    /// What its file is called.
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
    /// The place for copies of `size` bytes; the source's bytes differ from their neighbours and
    /// the destination's from the source's.
    ///
    /// # Panics
    ///
    /// If `size` is more than [`LARGEST`].
    pub fn place(&mut self, layout: Layout, size: usize) -> Place<'_> {
        assert!(size <= LARGEST, "{size} bytes are more than the arena is made for");
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

/// Pages as the bytes they hold.
fn bytes_of(pages: &mut [Page]) -> &mut [u8] {
    let len = size_of_val(pages);
    // SAFETY: a `Page` is `PAGE` initialised bytes without padding, any bytes make one, a slice
    // holds them one behind the other, and the borrow is handed on.
    unsafe { core::slice::from_raw_parts_mut(pages.as_mut_ptr().cast(), len) }
}

/// Source and destination of a copy, apart from each other and of one size.
#[derive(Debug)]
pub struct Place<'a> {
    /// What is copied.
    pub source: &'a mut [u8],
    /// Where it is copied to.
    pub destination: &'a mut [u8],
    /// How they lie.
    pub layout: Layout,
}

impl Place<'_> {
    /// How many bytes are copied.
    pub fn size(&self) -> usize {
        self.source.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::SIZES;

    #[test]
    fn places_lie_as_their_layout_says() {
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
