//! The effects of accesses to a register of each kind.

use io_core::{ReadToClear, SelfClearing, WoW1c, WoW1s, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use crate::rejected;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    plain: Le<u32>,
    rw: Rw<Le<u32>>,
    id: Ro<Le<u32>>,
    bell: Wo<Le<u32>>,
    pending: W1c<Le<u32>>,
    enabled: W1s<Le<u32>>,
    events: ReadToClear<Le<u32>>,
    start: SelfClearing<Le<u32>>,
    ack: WoW1c<Le<u32>>,
    raise: WoW1s<Le<u32>>,
    _reserved: Reserved<4>,
    narrow: u8,
    mode: Mode,
    half: Be<u16>,
    wide: Le<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    Fast = 7,
}

/// The driver's declaration, for accesses that the types of `Regs` forbid.
#[derive(IoStruct)]
#[repr(C)]
struct Words {
    word: [Le<u32>; 14],
}

fn model() -> RegisterModel<Regs> {
    RegisterModel::new("dev")
}

fn words(model: RegisterModel<Regs>) -> Simulated<Words, RegisterModel<Regs>> {
    Simulated::new(model)
}

#[test]
fn rw_registers_store_the_value() {
    let dev = Simulated::<Regs, _>::new(model().reset(field!(.plain), 5));
    assert_eq!(io_read!(&dev, .plain), 5);
    io_write!(&dev, .plain, 0x1234_5678);
    io_update!(&dev, .rw, |v| v + 1);
    assert_eq!((io_read!(&dev, .plain), io_read!(&dev, .rw)), (0x1234_5678, 1));
    assert!(rejected(&dev).is_empty());
}

#[test]
fn all_widths_and_byte_orders_are_stored() {
    let dev = Simulated::<Regs, _>::new(
        model()
            .reset(field!(.narrow), 0x12)
            .reset(field!(.half), 0x1234)
            .reset(field!(.wide), 0x1122_3344_5566_7788),
    );
    assert_eq!(io_read!(&dev, .narrow), 0x12);
    assert_eq!(io_read!(&dev, .half), 0x1234);
    assert_eq!(io_read!(&dev, .wide), 0x1122_3344_5566_7788);
    io_write!(&dev, .half, 0xabcd);
    dev.with(|model| assert_eq!(model.context().get(field!(.half)), 0xabcd));
    // The bytes of the register are in the register's byte order.
    dev.with(|model| assert_eq!(model.context().bytes(field!(.half)), [0xab, 0xcd]));
}

#[test]
fn enums_are_read_as_results() {
    let dev = Simulated::<Regs, _>::new(model().reset(field!(.mode), Mode::Fast));
    assert_eq!(io_read!(&dev, .mode), Ok(Mode::Fast));
    io_write!(&dev, .mode, Mode::Off);
    dev.with(|model| assert_eq!(model.context().get(field!(.mode)), Ok(Mode::Off)));
}

#[test]
fn ro_registers_reject_writes() {
    let dev = words(model().reset(field!(.id), 0xed));
    io_write!(&dev, .word[2], 7);
    assert_eq!(io_read!(&dev, .word[2]), 0xed);
    assert_eq!(rejected(&dev), ["WR dev.id 32: the register is read-only"]);
}

#[test]
fn wo_registers_reject_reads() {
    let dev = words(model());
    io_write!(&dev, .word[3], 7);
    assert_eq!(io_read!(&dev, .word[3]), 0);
    dev.with(|model| assert_eq!(model.context().get(field!(.bell)), 7));
    assert_eq!(rejected(&dev), ["RD dev.bell 32: the register is write-only"]);
}

#[test]
fn w1c_and_w1s_registers_clear_and_set_bits() {
    let dev = Simulated::<Regs, _>::new(
        model().reset(field!(.pending), 0b1111).reset(field!(.enabled), 0b1000),
    );
    io_project!(&dev, .pending).clear_bits(0b0101);
    io_project!(&dev, .enabled).set_bits(0b0011);
    assert_eq!(io_read!(&dev, .pending), 0b1010);
    assert_eq!(io_read!(&dev, .enabled), 0b1011);
}

#[test]
fn a_read_clears_a_read_to_clear_register() {
    let dev = words(model().reset(field!(.events), 3));
    io_write!(&dev, .word[6], 0xff);
    assert_eq!([io_read!(&dev, .word[6]), io_read!(&dev, .word[6])], [3, 0]);
    assert_eq!(rejected(&dev), ["WR dev.events 32: the register is read-only"]);
}

#[test]
fn self_clearing_registers_read_as_zero() {
    let dev = Simulated::<Regs, _>::new(model());
    io_write!(&dev, .start, 1);
    assert_eq!(io_read!(&dev, .start), 0);
}

#[test]
fn self_clearing_registers_may_clear_after_polls() {
    let dev = Simulated::<Regs, _>::new(model().on_write(field!(.start), |ctx, value| {
        ctx.set(field!(.start), value);
        ctx.after_polls(2, |ctx| ctx.set(field!(.start), 0));
    }));
    io_write!(&dev, .start, 4);
    let reads: Vec<u32> = (0..4).map(|_| io_read!(&dev, .start)).collect();
    assert_eq!(reads, [4, 4, 0, 0]);
}

#[test]
fn set_and_clear_registers_change_another_register() {
    let dev = Simulated::<Regs, _>::new(
        model()
            .reset(field!(.id), 0b0110)
            .clears(field!(.ack), field!(.id))
            .sets(field!(.raise), field!(.id)),
    );
    io_project!(&dev, .raise).set_bits(0b1001);
    assert_eq!(io_read!(&dev, .id), 0b1111);
    io_project!(&dev, .ack).clear_bits(0b0011);
    assert_eq!(io_read!(&dev, .id), 0b1100);
}

#[test]
fn reserved_bytes_reject_accesses() {
    let dev = words(model());
    io_write!(&dev, .word[10], 1);
    assert_eq!(io_read!(&dev, .word[10]), u32::MAX);
    let place = "dev._reserved[0] 32: the bytes are reserved";
    assert_eq!(rejected(&dev), [format!("WR {place}"), format!("RD {place}")]);
}

#[test]
fn a_reset_restores_values_and_cancels_callbacks() {
    let dev = Simulated::<Regs, _>::new(model().reset(field!(.plain), 5).on_write(
        field!(.start),
        |ctx, _| {
            ctx.after_polls(1, |ctx| ctx.set(field!(.rw), 9));
            ctx.reset();
        },
    ));
    io_write!(&dev, .plain, 1);
    io_write!(&dev, .rw, 2);
    io_write!(&dev, .start, 1);
    assert_eq!((io_read!(&dev, .plain), io_read!(&dev, .rw)), (5, 0));
    assert_eq!(io_read!(&dev, .rw), 0);
}
