//! Addresses of fields, printed by name.

use alloc::format;
use core::{fmt, iter::successors};

use io_core::{
    Width,
    layout::{Endian, FieldInfo, FieldLayout, FieldPath, FieldRef, ValueFormat, field_at},
};

/// The address of a field or of bytes: an instance and an offset. Prints as
/// `edu.chan[2].ctrl`, or as `edu+0x10` where the fields are not known.
///
/// Two addresses are equal if instance and offset are equal.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct FieldAddr {
    /// The name that the recorder was given.
    pub instance: &'static str,
    /// Bytes from the start of what was recorded.
    pub offset: usize,
    fields: &'static [FieldInfo],
    /// The bytes that are meant as a whole; 0 for one value.
    extent: usize,
    purpose: Purpose,
}

/// The access that an address is looked up for: where two registers share an offset, the
/// names differ.
#[derive(Clone, Copy)]
enum Purpose {
    Any,
    Read,
    Write,
}

impl FieldAddr {
    /// The first value of what is recorded.
    pub(super) fn root(instance: &'static str, fields: &'static [FieldInfo]) -> Self {
        FieldAddr { instance, offset: 0, fields, extent: 0, purpose: Purpose::Any }
    }

    /// One value of the same instance, which is read or written.
    pub(super) fn value_at(self, offset: usize, write: bool) -> Self {
        let purpose = if write { Purpose::Write } else { Purpose::Read };
        FieldAddr { offset, extent: 0, purpose, ..self }
    }

    /// A block, an array or a part of these, of the same instance.
    pub(super) fn whole_at(self, offset: usize, extent: usize) -> Self {
        FieldAddr { offset, extent, ..self }
    }

    /// The register's number, from the bits that the processor loads or stores.
    pub(super) fn number(self, bits: u64, width: Width) -> u64 {
        let leaf = self.path().leaf();
        leaf.map_or(Endian::Native, |leaf| leaf.endian).number(bits, width)
    }

    /// Writes what the number means, if its type has a text.
    pub(super) fn show(self, number: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path().leaf() {
            Some(FieldRef { show: Some(show), within: 0, .. }) => {
                match format!("{}", Text(show, number)) {
                    // Flags of which none is set.
                    text if text.is_empty() => Ok(()),
                    text => write!(f, " {text}"),
                }
            }
            _ => Ok(()),
        }
    }

    fn path(self) -> FieldPath {
        let path = FieldPath::new(self.fields, self.offset);
        match self.purpose {
            Purpose::Any => path,
            Purpose::Read => path.read(),
            Purpose::Write => path.written(),
        }
    }

    /// Prints the outermost thing that starts here and is not larger than the
    /// extent, if there is one: a copy of a block is not one of its first field.
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

/// What a number means.
struct Text(ValueFormat, u64);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(self.1, f)
    }
}

/// One step on the way from a block to a value, and what it leads to.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    index: Option<usize>,
    layout: FieldLayout,
}

impl Step {
    /// The step to the part that has byte `offset`, and the offset in that.
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
        FieldLayout::Array { count, stride, .. } => count * stride,
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
            let end = |field: &FieldInfo| match field.layout {
                FieldLayout::Tail { .. } => usize::MAX,
                _ => field.offset + field.size,
            };
            fields.iter().map(end).max().unwrap_or(0)
        }
        // As many as the view says.
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
