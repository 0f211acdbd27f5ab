//! Conversion of an offset to a field path such as `.chan[2].ctrl`.

use core::fmt;

use crate::value::{AccessKind, BitKinds, Endian, FieldInfo, FieldLayout, ValueFormat, Width};

/// The path of the field at an offset: `.chan[2].ctrl`.
///
/// ```
/// use io_core::{layout::FieldPath, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: u32, count: Ro<u32> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { chan: [Chan; 4] }
///
/// assert_eq!(FieldPath::new(Dma::FIELDS, 0x14).to_string(), ".chan[2].count");
/// assert_eq!(FieldPath::new(Dma::FIELDS, 0x40).to_string(), "+0x40");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FieldPath {
    fields: &'static [FieldInfo],
    offset: usize,
    purpose: Purpose,
}

/// The kind of access to the path's offset. It selects among fields that share their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// Unknown.
    Any,
    /// A read.
    Read,
    /// A write.
    Write,
}

impl Purpose {
    /// Returns whether a field allows this access.
    fn suits(self, field: &FieldInfo) -> bool {
        match (self, field.access()) {
            (Purpose::Any, _) | (_, None) => true,
            (Purpose::Read, Some(access)) => access.is_readable(),
            (Purpose::Write, Some(access)) => access.is_writable(),
        }
    }

    /// The field that contains the byte at `offset`: of several, the first that allows the access.
    fn field_at(self, fields: &'static [FieldInfo], offset: usize) -> Option<&'static FieldInfo> {
        let has_it = |field: &&FieldInfo| {
            let is_tail = matches!(field.layout, FieldLayout::Tail { .. });
            field.contains(offset) || (is_tail && offset >= field.offset)
        };
        let mut candidates = fields.iter().filter(has_it);
        let first = candidates.clone().next();
        candidates.find(|field| self.suits(field)).or(first)
    }
}

/// Returns the field of `fields` that contains the byte at `offset`: of several, the first.
///
/// ```
/// use io_core::{layout::field_at, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// assert_eq!(field_at(Regs::FIELDS, 6).map(|field| field.name), Some("count"));
/// assert!(field_at(Regs::FIELDS, 8).is_none());
/// ```
pub fn field_at(fields: &'static [FieldInfo], offset: usize) -> Option<&'static FieldInfo> {
    Purpose::Any.field_at(fields, offset)
}

/// The value at the end of a path, from [`FieldPath::leaf`].
///
/// ```
/// use io_core::{Width, layout::FieldPath, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// let leaf = FieldPath::new(Regs::FIELDS, 6).leaf().unwrap();
/// assert_eq!((leaf.width, leaf.within), (Width::W32, 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldRef {
    /// Its width.
    pub width: Width,
    /// Its access kind.
    pub access: AccessKind,
    /// Its byte order.
    pub endian: Endian,
    /// The kinds of its bits; see [`FieldLayout::bit_kinds`].
    pub bits: BitKinds,
    /// The number of bytes from the value's first byte to the path's offset; 0 if the path refers
    /// to the value itself.
    pub within: usize,
    /// The format of the value in a trace.
    pub show: Option<ValueFormat>,
}

/// One step from a block towards a value.
enum Step {
    Field(&'static str),
    Index(usize),
}

impl FieldPath {
    /// Creates the path to `offset` bytes in a block with `fields`.
    #[inline]
    pub const fn new(fields: &'static [FieldInfo], offset: usize) -> Self {
        FieldPath { fields, offset, purpose: Purpose::Any }
    }

    /// The same path for a read: of fields that share their bytes, it contains one that can be
    /// read.
    #[inline]
    #[must_use]
    pub const fn read(self) -> Self {
        FieldPath { purpose: Purpose::Read, ..self }
    }

    /// The same path for a write: of fields that share their bytes, it contains one that can be
    /// written.
    #[inline]
    #[must_use]
    pub const fn written(self) -> Self {
        FieldPath { purpose: Purpose::Write, ..self }
    }

    /// The same path in a block of `size` bytes, from its view: the size determines the offset of a
    /// field after a trailing slice.
    ///
    /// ```
    /// use io_core::{layout::FieldPath, prelude::*};
    ///
    /// #[io_struct]
    /// struct Avail { flags: Le<u16>, idx: Le<u16>, ring: [Le<u16>], used_event: Le<u16> }
    ///
    /// let path = |offset| FieldPath::new(Avail::FIELDS, offset).in_size(8).to_string();
    /// assert_eq!([path(4), path(6)], [".ring[0]", ".used_event"]);
    /// ```
    #[inline]
    #[must_use]
    pub const fn in_size(self, size: usize) -> Self {
        let [.., FieldInfo { layout: FieldLayout::Tail { .. }, .. }, after] = self.fields else {
            return self;
        };
        match self.offset.checked_sub(size.saturating_sub(after.size)) {
            Some(rest) if after.size != 0 => FieldPath {
                fields: core::slice::from_ref(after),
                offset: after.offset + rest,
                purpose: self.purpose,
            },
            _ => self,
        }
    }

    /// Returns the value at the end of the path, or `None` if the offset is not inside a field.
    pub fn leaf(&self) -> Option<FieldRef> {
        self.walk(&mut |_| Ok(())).ok()?.ok()
    }

    /// Calls `step` for each step. Returns the value at the end, or the remaining offset where the
    /// fields end.
    fn walk(
        &self,
        step: &mut dyn FnMut(Step) -> fmt::Result,
    ) -> Result<Result<FieldRef, usize>, fmt::Error> {
        let (mut layout, mut offset) = (FieldLayout::Block { fields: self.fields }, self.offset);
        let mut show = None;
        loop {
            match layout {
                FieldLayout::Value { width, access, endian, .. } => {
                    let (bits, within) = (layout.bit_kinds(), offset);
                    return Ok(Ok(FieldRef { width, access, endian, bits, within, show }));
                }
                FieldLayout::Halves { access, endian, .. } => {
                    let is_low = (offset < 4) != endian.is_big();
                    step(Step::Field(if is_low { "lo" } else { "hi" }))?;
                    let (width, within, show) = (Width::W32, offset % 4, None);
                    let bits = layout.bit_kinds().half(is_low);
                    return Ok(Ok(FieldRef { width, access, endian, bits, within, show }));
                }
                FieldLayout::Array { count, stride, element } => {
                    if stride == 0 || offset / stride >= count {
                        return Ok(Err(offset));
                    }
                    step(Step::Index(offset / stride))?;
                    (layout, offset) = (*element, offset % stride);
                }
                FieldLayout::Tail { stride, element } => {
                    if stride == 0 {
                        return Ok(Err(offset));
                    }
                    step(Step::Index(offset / stride))?;
                    (layout, offset) = (*element, offset % stride);
                }
                FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
                    let Some(field) = self.purpose.field_at(fields, offset) else {
                        return Ok(Err(offset));
                    };
                    step(Step::Field(field.name))?;
                    (layout, offset, show) = (field.layout, offset - field.offset, field.show);
                }
            }
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.walk(&mut |step| match step {
            // The unnamed field of an array that is not inside a struct.
            Step::Field("") => Ok(()),
            Step::Field(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })?;
        match end {
            Ok(FieldRef { within: 0, .. }) => Ok(()),
            Ok(FieldRef { within: rest, .. }) | Err(rest) => write!(f, "+{rest:#x}"),
        }
    }
}
