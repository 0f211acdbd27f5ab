//! Differences between a driver's register block and that of the device.

use alloc::vec::Vec;
use core::fmt;

use super::{
    RegisterModel,
    lookup::{Register, find_register},
    rejected::RejectReason,
};
use io_core::{IoStruct, Width, layout::FieldLayout};

use crate::{field_addr::FieldAddr, simulated::Simulated};

/// One register that the driver's block declares differently from the device; prints as
/// `uart.id is declared little-endian, but is big-endian here`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutMismatch {
    /// The driver's register.
    pub addr: FieldAddr,
    /// The kind of the difference.
    pub kind: LayoutMismatchKind,
}

/// The kind of a difference between declaration and device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutMismatchKind {
    /// The register is declared with the wrong byte order.
    ByteOrder {
        /// `true` if the driver declares it big-endian.
        declared_big: bool,
    },
    /// The device would reject its accesses.
    Rejected(RejectReason),
}

impl fmt::Display for LayoutMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addr = self.addr;
        match self.kind {
            LayoutMismatchKind::ByteOrder { declared_big: true } => {
                write!(f, "{addr} is declared big-endian, but is little-endian here")
            }
            LayoutMismatchKind::ByteOrder { declared_big: false } => {
                write!(f, "{addr} is declared little-endian, but is big-endian here")
            }
            LayoutMismatchKind::Rejected(reason) => write!(f, "{addr} is rejected: {reason}"),
        }
    }
}

impl<T: IoStruct, U: IoStruct, S> Simulated<T, RegisterModel<U, S>> {
    /// Returns the registers that the driver's block `T` declares differently from the device: with
    /// a byte order, width or direction that differs from the bus or the data sheet. Registers in
    /// [memory](RegisterModel::memory) and single-byte registers have no byte order.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{RegisterModel, Simulated};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { id: Ro<Le<u32>>, data: u8, _pad: Reserved<3> }
    ///
    /// let dev = Simulated::<Regs, _>::new(RegisterModel::<Regs>::new("dev"));
    /// assert!(dev.layout_mismatches().is_empty());
    /// let [wrong] = dev.on_big_endian_bus().layout_mismatches()[..] else { panic!() };
    /// assert_eq!(wrong.to_string(), "dev.id is declared little-endian, but is big-endian here");
    /// ```
    pub fn layout_mismatches(&self) -> Vec<LayoutMismatch> {
        let mut wrong = Vec::new();
        self.with(|model| {
            let root = FieldAddr::root(model.context.root.instance, T::FIELDS);
            each(FieldLayout::Block { fields: T::FIELDS }, 0, &mut |declared| {
                let (offset, write) = (declared.slot.key.offset, !declared.access.is_readable());
                if let Some(kind) = model.mismatch(declared) {
                    let addr = root.value_at(offset, write);
                    wrong.push(LayoutMismatch { addr, kind });
                }
            });
        });
        wrong
    }
}

impl<T: IoStruct, S> RegisterModel<T, S> {
    fn mismatch(&self, declared: Register) -> Option<LayoutMismatchKind> {
        let Register { slot, access, .. } = declared;
        let (offset, width) = (slot.key.offset, slot.width);
        if self.window(offset, width).is_some() {
            return None;
        }
        let reached = |write| find_register(T::FIELDS, offset, width, write);
        let read = access.is_readable().then(|| reached(false));
        let written = access.is_writable().then(|| reached(true));
        let declared_big = slot.is_big_endian();
        read.into_iter().chain(written).find_map(|found| match found {
            Err(reason) => Some(LayoutMismatchKind::Rejected(reason)),
            Ok(register) => {
                let is_big = self.big_endian_bus || register.slot.is_big_endian();
                let differs = width != Width::W8 && is_big != declared_big;
                differs.then_some(LayoutMismatchKind::ByteOrder { declared_big })
            }
        })
    }
}

/// Calls `each_register` for all registers of a block.
fn each(layout: FieldLayout, start: usize, each_register: &mut dyn FnMut(Register)) {
    match layout {
        FieldLayout::Value { .. } | FieldLayout::Halves { .. } => {
            Register::all_of(&layout, start).for_each(each_register);
        }
        FieldLayout::Array { count, stride, element } => {
            for index in 0..count {
                each(*element, start + index * stride, each_register);
            }
        }
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
            for field in fields {
                each(field.layout, start + field.offset, each_register);
            }
        }
        // Its length is known only to the view, and a device's block has no tail.
        FieldLayout::Tail { .. } => {}
    }
}
