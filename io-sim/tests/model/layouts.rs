//! Halves, overlays, unions, arrays, nested blocks and memory.

use io_core::{Width, WoW1c, prelude::*};
use io_sim::{Device, RegisterModel, Simulated, field};

use crate::rejected;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
}

#[derive(IoStruct)]
#[repr(C)]
union Either {
    word: u32,
    bytes: [u8; 4],
}

#[io_struct(size = 0x80)]
struct Regs {
    #[io(at = 0x00)]
    chan: [[Chan; 2]; 2],
    #[io(at = 0x20)]
    low_first: LoHi<Le<u64>>,
    #[io(at = 0x28)]
    high_first: HiLo<Be<u64>>,
    #[io(at = 0x30)]
    status: Ro<Le<u32>>,
    #[io(at = 0x30, overlay)]
    command: Wo<Le<u32>>,
    #[io(at = 0x34)]
    errors: Ro<Le<u32>>,
    #[io(at = 0x34, overlay)]
    clear: WoW1c<Le<u32>>,
    #[io(at = 0x38)]
    either: Either,
    #[io(at = 0x40)]
    buffer: [u8; 0x40],
}

fn model() -> RegisterModel<Regs> {
    RegisterModel::new("dev")
}

#[test]
fn elements_have_separate_values_and_hooks() {
    let mut model = model();
    for i in 0..2 {
        model = model
            .reset(field!(.chan[1][panic: i].count), 10 + i as u32)
            .on_write(field!(.chan[1][panic: i].ctrl), move |ctx, value| {
                ctx.set(field!(.chan[0][panic: i].count), value)
            });
    }
    let dev = Simulated::<Regs, _>::new(model);
    io_write!(&dev, .chan[1][1].ctrl, 7);
    assert_eq!(io_read!(&dev, .chan[1][0].count), 10);
    assert_eq!(io_read!(&dev, .chan[1][1].count), 11);
    assert_eq!(io_read!(&dev, .chan[0][0].count), 0);
    assert_eq!(io_read!(&dev, .chan[0][1].count), 7);
}

#[test]
fn two_halves_form_one_value() {
    let model = model().reset(field!(.low_first), 0x1111_2222_3333_4444);
    let dev = Simulated::<Regs, _>::new(model);
    assert_eq!(io_read!(&dev, .low_first), 0x1111_2222_3333_4444);
    io_write!(&dev, .high_first, 0x5555_6666_7777_8888);
    assert_eq!(io_read!(&dev, .high_first), 0x5555_6666_7777_8888);
    dev.with(|model| {
        assert_eq!(model.context().get(field!(.high_first)), 0x5555_6666_7777_8888);
        model.context().set(field!(.low_first), 1 << 40);
    });
    assert_eq!(io_read!(&dev, .low_first), 1 << 40);
    assert!(rejected(&dev).is_empty());
}

#[test]
fn hooks_run_once_with_the_whole_value() {
    let model = model()
        .on_write(field!(.low_first), |ctx, value| {
            let sum = ctx.get(field!(.high_first)) + value;
            ctx.set(field!(.high_first), sum);
        })
        .on_read(field!(.high_first), |_, value| value + 1);
    let dev = Simulated::<Regs, _>::new(model);
    io_write!(&dev, .low_first, 0xf_ffff_ffff);
    assert_eq!(io_read!(&dev, .high_first), 0x10_0000_0000);
    io_write!(&dev, .low_first, 1 << 32);
    assert_eq!(io_read!(&dev, .high_first), 0x11_0000_0000);
}

#[test]
fn a_wide_access_to_halves_is_rejected() {
    let dev = Simulated::<[Le<u64>; 8], _>::new(model());
    assert_eq!((&dev).get(4).unwrap().read_val(), u64::MAX);
    assert_eq!(rejected(&dev), ["RD dev.low_first.lo 64: the register has 32 bits"]);
}

#[test]
fn registers_at_one_offset_are_selected_by_direction() {
    let model = model()
        .reset(field!(.status), 5)
        .on_write(field!(.command), |ctx, value| ctx.set(field!(.status), value + 1));
    let dev = Simulated::<Regs, _>::new(model);
    assert_eq!(io_read!(&dev, .status), 5);
    io_write!(&dev, .command, 10);
    assert_eq!(io_read!(&dev, .status), 11);
    dev.with(|model| assert_eq!(model.context().get(field!(.command)), 10));
}

#[test]
fn w1c_bits_clear_the_register_read_at_the_same_offset() {
    let dev = Simulated::<Regs, _>::new(model().reset(field!(.errors), 0b111));
    io_project!(&dev, .clear).clear_bits(0b010);
    assert_eq!(io_read!(&dev, .errors), 0b101);
}

#[test]
fn union_fields_share_their_bytes() {
    let dev = Simulated::<Regs, _>::new(model());
    io_write!(&dev, .either.word, 0x0403_0201_u32.to_le());
    assert_eq!(io_read!(&dev, .either.bytes[2]), 3);
    io_write!(&dev, .either.bytes[3], 9);
    assert_eq!(io_read!(&dev, .either.word), 0x0903_0201_u32.to_le());
    assert!(rejected(&dev).is_empty());
}

#[test]
fn memory_accepts_all_widths() {
    let dev = Simulated::<Regs, _>::new(model().memory(field!(.buffer)));
    let bytes: Vec<u8> = (0..0x40).collect();
    let view = io_project!(&dev, .buffer);
    view.copy_write(bytes.clone().try_into().unwrap());
    dev.with(|model| assert_eq!(model.context().bytes(field!(.buffer)), bytes));
    assert_eq!(view.copy_read()[..], bytes);
    dev.with(|model| model.context().bytes(field!(.buffer))[1] = 0xaa);
    assert_eq!(io_read!(&dev, .buffer[1]), 0xaa);
    dev.with(|model| model.context().set(field!(.buffer[1]), 0xbb));
    assert_eq!(io_read!(&dev, .buffer[1]), 0xbb);
    assert!(rejected(&dev).is_empty());
}

#[test]
fn undeclared_memory_rejects_wide_accesses() {
    let dev = Simulated::<Regs, _>::new(model());
    assert_eq!(io_project!(&dev, .buffer).copy_read_as::<u32>(), [0xff; 0x40]);
    assert_eq!(rejected(&dev)[0], "RD dev.buffer[0] 32: the register has 8 bits");
}

#[test]
fn memory_rejects_misaligned_and_outside_accesses() {
    let mut model = model().memory(field!(.buffer));
    let (ones, word) = (u32::MAX.into(), Width::W32);
    assert_eq!(model.read(0x42, word), ones);
    assert_eq!(model.read(0x3c, Width::W64), u64::MAX);
    assert_eq!(model.read(0x40, word), 0);
    assert_eq!(model.read(0x7c, word), 0);
    assert_eq!(model.rejected().len(), 2);
}
