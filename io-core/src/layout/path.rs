//! From an offset to the name a person would write.

use core::fmt;

use crate::value::{Access, Endian, FieldInfo, Shape, Width};

/// The path of the field at an offset: `.chan[2].ctrl`.
///
/// ```
/// use io_core::{Path, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: u32, count: Ro<u32> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { chan: [Chan; 4] }
///
/// assert_eq!(Path::new(Dma::FIELDS, 0x14).to_string(), ".chan[2].count");
/// assert_eq!(Path::new(Dma::FIELDS, 0x40).to_string(), "+0x40");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Path {
    fields: &'static [FieldInfo],
    offset: usize,
}

/// The value that a path ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its width.
    pub width: Width,
    /// How it may be accessed.
    pub access: Access,
    /// Its byte order.
    pub endian: Endian,
    /// Bytes from the value's first byte to the path's offset; 0 if the path
    /// names the value itself.
    pub within: usize,
}

/// One step of the walk from a block to a value.
enum Step {
    Field(&'static str),
    Index(usize),
}

impl Path {
    /// The path to `offset` bytes in a block with `fields`.
    #[inline]
    pub const fn new(fields: &'static [FieldInfo], offset: usize) -> Self {
        Path { fields, offset }
    }

    /// The value at the path's end, if the offset is inside a field.
    pub fn leaf(&self) -> Option<Leaf> {
        self.walk(&mut |_| Ok(())).ok()?.ok()
    }

    /// Calls `step` for each step; gives the leaf, or the offset that remains
    /// where the fields end.
    fn walk(
        &self,
        step: &mut dyn FnMut(Step) -> fmt::Result,
    ) -> Result<Result<Leaf, usize>, fmt::Error> {
        let (mut shape, mut offset) = (Shape::Block { fields: self.fields }, self.offset);
        loop {
            match shape {
                Shape::Value { width, access, endian } => {
                    return Ok(Ok(Leaf { width, access, endian, within: offset }));
                }
                Shape::Halves { access, endian } => {
                    let is_low = (offset < 4) != endian.is_big();
                    step(Step::Field(if is_low { "lo" } else { "hi" }))?;
                    return Ok(Ok(Leaf { width: Width::W32, access, endian, within: offset % 4 }));
                }
                Shape::Array { count, stride, element } => {
                    if stride == 0 || offset / stride >= count {
                        return Ok(Err(offset));
                    }
                    step(Step::Index(offset / stride))?;
                    (shape, offset) = (*element, offset % stride);
                }
                Shape::Block { fields } => {
                    let at = fields.partition_point(|field| field.offset <= offset);
                    let field = at.checked_sub(1).map(|at| &fields[at]);
                    let Some(field) = field.filter(|f| offset - f.offset < f.size) else {
                        return Ok(Err(offset));
                    };
                    step(Step::Field(field.name))?;
                    (shape, offset) = (field.shape, offset - field.offset);
                }
            }
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.walk(&mut |step| match step {
            Step::Field(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })?;
        match end {
            Ok(Leaf { within: 0, .. }) => Ok(()),
            Ok(Leaf { within: rest, .. }) | Err(rest) => write!(f, "+{rest:#x}"),
        }
    }
}
