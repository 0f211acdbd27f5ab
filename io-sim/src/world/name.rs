//! Names of blocks and of bytes in them, for the log.

use core::fmt;

use io_core::layout::{AccessKind, FieldInfo, FieldLayout, FieldPath, IoLayout};

/// The name of a block of memory or registers: that of its type, with its fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    ty: &'static str,
    /// The number of the block among several of the same type, from 0.
    number: usize,
    /// Bytes from one element to the next, if it is an array.
    stride: Option<usize>,
    fields: &'static [FieldInfo],
}

impl Name {
    pub(super) fn of<T: IoLayout>() -> Self {
        let (stride, layout) = match T::LAYOUT {
            FieldLayout::Array { stride, element, .. } => (Some(stride), *element),
            layout => (None, layout),
        };
        Self::new(core::any::type_name::<T>(), stride, layout)
    }

    pub(super) fn of_slice<T: IoLayout>() -> Self {
        Self::new(core::any::type_name::<T>(), Some(size_of::<T>()), T::LAYOUT)
    }

    pub(super) fn plain(name: &'static str) -> Self {
        Name { ty: name, number: 0, stride: None, fields: &[] }
    }

    /// Shortens `[path::to::Ty<_>; N]` to `Ty`.
    fn new(path: &'static str, stride: Option<usize>, layout: FieldLayout) -> Self {
        let end = |c| matches!(c, '<' | ';' | ']');
        let path = path.trim_start_matches('[').split(end).next().unwrap_or(path);
        let ty = path.rsplit("::").next().unwrap_or(path);
        let fields = match layout {
            FieldLayout::Block { fields } | FieldLayout::Union { fields } => fields,
            _ => &[],
        };
        Name { ty, number: 0, stride, fields }
    }

    /// Adds a number if other blocks have the same name.
    pub(super) fn among(self, others: impl Iterator<Item = Self>) -> Self {
        Name { number: others.filter(|other| other.ty == self.ty).count(), ..self }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        (self.ty, self.number) == (other.ty, other.number)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ty)?;
        if self.number == 0 { Ok(()) } else { write!(f, "#{}", self.number + 1) }
    }
}

/// A range of bytes in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) block: Name,
    pub(super) offset: usize,
    /// 1 to 8.
    pub(super) len: usize,
}

impl Spot {
    fn path(&self) -> (Option<usize>, FieldPath) {
        match self.block.stride {
            Some(stride @ 1..) => {
                let path = FieldPath::new(self.block.fields, self.offset % stride);
                (Some(self.offset / stride), path)
            }
            _ => (None, FieldPath::new(self.block.fields, self.offset)),
        }
    }

    /// Returns the location of the value that contains the first byte.
    pub(super) fn value(self) -> Self {
        match self.path().1.leaf() {
            Some(leaf) => {
                let offset = self.offset - leaf.within;
                Spot { offset, len: leaf.width.bytes(), ..self }
            }
            None => self,
        }
    }

    /// Returns whether the location is an ownership field.
    pub(super) fn is_owner(&self) -> bool {
        self.path().1.leaf().is_some_and(|leaf| leaf.access == AccessKind::OwnBit)
    }

    /// Decodes the bytes as the number at this location.
    pub(super) fn number(&self, mut bytes: [u8; 8]) -> u64 {
        let leaf = self.path().1.leaf();
        let whole = leaf.filter(|leaf| leaf.within == 0 && leaf.width.bytes() == self.len);
        if whole.is_some_and(|leaf| leaf.endian.is_big()) {
            bytes[..self.len].reverse();
        }
        u64::from_le_bytes(bytes)
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, path) = self.path();
        self.block.fmt(f)?;
        if let Some(index) = index {
            write!(f, "[{index}]")?;
        }
        match self.block.fields {
            [] if index.is_some() || self.offset == 0 => Ok(()),
            [] => write!(f, "+{:#x}", self.offset),
            _ => path.fmt(f),
        }?;
        // The range is larger than the field that it is named after.
        match path.leaf() {
            Some(leaf) if leaf.width.bytes() < self.len => write!(f, " ({} bytes)", self.len),
            _ => Ok(()),
        }
    }
}
