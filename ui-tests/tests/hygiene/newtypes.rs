//! Newtypes that other macros add methods to.

use bitflags::bitflags;
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// Flags, with bits that do not belong to any flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IoValue, FromBytes, IntoBytes, Immutable)]
#[repr(transparent)]
struct Status(u32);

bitflags! {
    impl Status: u32 {
        const READY = 1;
        const ERROR = 1 << 7;
    }
}

#[derive(IoValue)]
#[repr(transparent)]
struct Signed {
    value: i16,
}

#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Regs {
    native: Status,
    little: Le<Status>,
    big: Ro<Be<Status>>,
    clear: W1c<Status>,
}

#[test]
fn flags_can_be_field_types() {
    let ready = Status::READY;
    let big = Be::from(ready);
    let mut memory =
        Regs { native: ready, little: ready.into(), big: big.into(), clear: ready.into() };
    let regs = SysMem::from_mut(&mut memory);
    io_write!(regs, .native, Status::READY | Status::ERROR);
    io_update!(regs, .little, |v| v | Status::ERROR);
    io_project!(regs, .clear).clear_bits(Status::ERROR);
    assert!(io_read!(regs, .native).contains(Status::ERROR));
    assert_eq!(io_read!(regs, .big), Status::READY);
    let copy = regs.copy_read();
    assert_eq!(Status::from(copy.little).bits(), 0x81);
    assert_eq!(memory.little.as_bytes(), 0x81_u32.to_le_bytes());
}

#[test]
fn unnamed_bits_are_preserved() {
    let mut memory = Status::from_bits_retain(0xffff_ffff);
    let view = SysMem::from_mut(&mut memory);
    view.update_val(|v| v - Status::READY);
    assert_eq!(memory.bits(), 0xffff_fffe);
}

#[test]
fn newtypes_may_have_named_and_signed_fields() {
    let mut memory = Signed { value: -2 };
    let view = SysMem::from_mut(&mut memory);
    view.update_val(|v| Signed { value: v.value - 1 });
    assert_eq!(memory.value, -3);
}
