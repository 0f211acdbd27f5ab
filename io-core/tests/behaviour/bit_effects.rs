//! The state of a register after each access, for each kind of bits.

use io_core::{
    W0s, W0t, W1t, WriteToClear,
    layout::{BitKind, BitKinds},
    prelude::*,
};
use io_sim::{RegisterModel, Simulated, field};

#[derive(IoStruct)]
#[repr(C)]
struct Whole {
    toggle: W1t<Le<u32>>,
    set: W0s<Le<u32>>,
    flip: W0t<Le<u32>>,
    errors: WriteToClear<Le<u32>>,
}

fn after(kind: BitKind, old: u64, written: u64) -> u64 {
    BitKinds::PLAIN.with(kind, 0xff).after_write(old, written)
}

#[test]
fn a_write_has_the_effect_of_the_kind() {
    for (kind, number) in [
        (BitKind::ReadOnly, 0b1100),
        (BitKind::OneToClear, 0b0100),
        (BitKind::OneToSet, 0b1110),
        (BitKind::OneToToggle, 0b0110),
        (BitKind::ZeroToClear, 0b1000),
        (BitKind::ZeroToSet, 0b1101),
        (BitKind::ZeroToToggle, 0b1001),
        (BitKind::SelfClearing, 0),
        (BitKind::WriteClears, 0),
        (BitKind::WriteSets, 0b1111),
        (BitKind::WriteOnce, 0b1010),
    ] {
        assert_eq!(after(kind, 0b1100, 0b1010) & 0b1111, number, "{kind:?}");
    }
}

#[test]
fn the_neutral_value_changes_nothing() {
    let kinds = BitKinds::PLAIN
        .with(BitKind::OneToClear, 1)
        .with(BitKind::OneToSet, 2)
        .with(BitKind::OneToToggle, 4)
        .with(BitKind::ZeroToClear, 8)
        .with(BitKind::ZeroToSet, 0x10)
        .with(BitKind::ZeroToToggle, 0x20);
    for old in 0..0x100 {
        let written = old & !kinds.special() | kinds.neutral();
        assert_eq!(kinds.after_write(old, written), old);
    }
}

#[test]
fn a_read_has_the_effect_of_the_kind() {
    let kinds = BitKinds::PLAIN.with(BitKind::ReadClears, 3).with(BitKind::ReadSets, 4);
    assert_eq!(kinds.after_read(0b1010), 0b1100);
}

#[test]
fn whole_registers_follow_their_kinds_in_a_model() {
    let regs = Simulated::<Whole, _>::new(
        RegisterModel::<Whole>::new("dev")
            .reset(field!(.toggle), 3)
            .reset(field!(.set), 3)
            .reset(field!(.flip), 3)
            .reset(field!(.errors), 3),
    );
    io_project!(&regs, .toggle).toggle_bits(6);
    io_project!(&regs, .set).set_bits(4);
    io_project!(&regs, .flip).toggle_bits(6);
    io_write!(&regs, .errors, 0x77);
    let read = (
        io_read!(&regs, .toggle),
        io_read!(&regs, .set),
        io_read!(&regs, .flip),
        io_read!(&regs, .errors),
    );
    assert_eq!(read, (5, 7, 5, 0));
}
