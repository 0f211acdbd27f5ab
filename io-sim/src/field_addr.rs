//! Addresses of fields, printed by name.

use alloc::format;
use core::{fmt, iter::successors};

use io_core::{
    Width,
    layout::{Endian, FieldInfo, FieldLayout, FieldPath, FieldRef, ValueFormat, field_at},
};

/// The address of a field or of bytes: an instance and an offset. Prints as `edu.chan[2].ctrl`, or
/// as `edu+0x10` if the fields are not known.
///
/// Two addresses are equal if instance and offset are equal.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct FieldAddr {
    /// The name that was passed to the recorder.
    pub instance: &'static str,
    /// The offset in bytes from the start of the recorded view.
    pub offset: usize,
    fields: &'static [FieldInfo],
    /// The size in bytes of the recorded view, which determines the offset of a field after a
    /// trailing slice; `usize::MAX` if it is not known.
    size: usize,
    /// The size in bytes of a block or array that is named as a whole; 0 for a single value.
    extent: usize,
    purpose: Purpose,
}

/// The access that an address is looked up for: where two registers share an offset, the names
/// differ.
#[derive(Clone, Copy)]
enum Purpose {
    Any,
    Read,
    Write,
}

impl FieldAddr {
    /// Returns the address of the first value of a recorded view.
    pub(super) fn root(instance: &'static str, fields: &'static [FieldInfo]) -> Self {
        let size = usize::MAX;
        FieldAddr { instance, offset: 0, fields, size, extent: 0, purpose: Purpose::Any }
    }

    /// Returns the same address in a view of `size` bytes.
    pub(super) fn in_size(self, size: usize) -> Self {
        FieldAddr { size, ..self }
    }

    /// Returns the address of one value of the same instance, which is read or written.
    pub(super) fn value_at(self, offset: usize, write: bool) -> Self {
        let purpose = if write { Purpose::Write } else { Purpose::Read };
        FieldAddr { offset, extent: 0, purpose, ..self }
    }

    /// Returns the address of a block, an array or a part of either, in the same instance.
    pub(super) fn whole_at(self, offset: usize, extent: usize) -> Self {
        FieldAddr { offset, extent, ..self }
    }

    /// Converts the bits that the processor loads or stores to the register's number.
    pub(super) fn number(self, bits: u64, width: Width) -> u64 {
        let leaf = self.path().leaf();
        leaf.map_or(Endian::Native, |leaf| leaf.endian).number(bits, width)
    }

    /// Writes the formatted number if its type has a text format.
    pub(super) fn show(self, number: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path().leaf() {
            Some(FieldRef { show: Some(show), within: 0, .. }) => {
                match format!("{}", Text(show, number)) {
                    // Flags with no bit set.
                    text if text.is_empty() => Ok(()),
                    text => write!(f, " {text}"),
                }
            }
            _ => Ok(()),
        }
    }

    fn path(self) -> FieldPath {
        let path = FieldPath::new(self.fields, self.offset).in_size(self.size);
        match self.purpose {
            Purpose::Any => path,
            Purpose::Read => path.read(),
            Purpose::Write => path.written(),
        }
    }

    /// Prints the outermost layout that starts at the offset and is not larger than the extent, if
    /// there is one, so that a copy of a block is not printed as one of its first field.
    fn fmt_whole(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        let start =
            Step { name: "", index: None, layout: FieldLayout::Block { fields: self.fields } };
        let way = || successors(Some((start, self.offset)), |(step, at)| step.next(*at));
        let whole = way().position(|(step, rest)| {
            rest == 0 && (1..=self.extent).contains(&size(&step.layout))
        })?;
        Some(way().take(whole + 1).try_for_each(|(step, _)| step.fmt(f)))
    }
}

/// The formatted text of a number.
struct Text(ValueFormat, u64);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(self.1, f)
    }
}

/// One step of a path from a block to a value, and the layout at which it arrives.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    index: Option<usize>,
    layout: FieldLayout,
}

impl Step {
    /// Returns the step to the part that contains byte `offset`, and the offset in that part.
    fn next(self, offset: usize) -> Option<(Self, usize)> {
        if offset >= size(&self.layout) {
            return None;
        }
        match self.layout {
            FieldLayout::Value { .. } | FieldLayout::Halves { .. } => None,
            FieldLayout::Array { stride, element, .. } => {
                let step = Step { name: "", index: Some(offset / stride), layout: *element };
                Some((step, offset % stride))
            }
            FieldLayout::Tail { stride, element } => {
                let step = Step { name: "", index: Some(offset / stride), layout: *element };
                Some((step, offset % stride))
            }
            FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
                let field = field_at(fields, offset)?;
                let step = Step { name: field.name, index: None, layout: field.layout };
                Some((step, offset - field.offset))
            }
        }
    }

    fn fmt(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "[{index}]"),
            None if self.name.is_empty() => Ok(()),
            None => write!(f, ".{}", self.name),
        }
    }
}

/// The size of a layout in bytes.
pub(super) fn size(layout: &FieldLayout) -> usize {
    match layout {
        FieldLayout::Value { width, .. } => width.bytes(),
        FieldLayout::Halves { .. } => 8,
        // The bytes after the last element may belong to other fields.
        FieldLayout::Array { count: 0, .. } => 0,
        FieldLayout::Array { count, stride, element } => (count - 1) * stride + size(element),
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
            let end = |field: &FieldInfo| match field.layout {
                FieldLayout::Tail { .. } => usize::MAX,
                _ => field.offset + field.size,
            };
            fields.iter().map(end).max().unwrap_or(0)
        }
        // The number of elements is only known to the view.
        FieldLayout::Tail { .. } => usize::MAX,
    }
}

impl PartialEq for FieldAddr {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        (self.instance, self.offset) == (other.instance, other.offset)
    }
}

impl Eq for FieldAddr {}

impl fmt::Display for FieldAddr {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.instance)?;
        match self.fmt_whole(f) {
            Some(result) => result,
            None => self.path().fmt(f),
        }
    }
}

impl fmt::Debug for FieldAddr {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldAddr({self})")
    }
}
