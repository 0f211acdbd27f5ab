//! Accesses that the device does not support.

use io_core::{A8, Region, Width, prelude::*};
use io_sim::{Device, RegisterModel, RejectReason, Simulated, field};

use crate::rejected;

#[io_struct(size = 0x20)]
struct Uart {
    #[io(at = 0x00)]
    dr: Le<u32>,
    #[io(at = 0x04)]
    fr: Ro<Le<u32>>,
    #[io(at = 0x08)]
    half: Le<u16>,
    #[io(at = 0x0a)]
    next: Le<u16>,
}

fn uart() -> Simulated<Region<0x20, A8>, RegisterModel<Uart>> {
    let model = RegisterModel::<Uart>::new("uart").reset(field!(.dr), 0x1234_5678);
    Simulated::new_region(model, 0x40).unwrap()
}

#[test]
fn accesses_of_the_wrong_width_are_rejected() {
    let dev = uart();
    (&dev).write_at::<u8>(0x0, 7);
    assert_eq!((&dev).read_at::<u16>(0x0), 0xffff);
    assert_eq!((&dev).read_at::<u32>(0x8), u32::MAX);
    assert_eq!((&dev).read_at::<u32>(0x0).to_le(), 0x1234_5678);
    assert_eq!(
        rejected(&dev),
        [
            "WR uart.dr 8: the register has 32 bits",
            "RD uart.dr 16: the register has 32 bits",
            "RD uart.half 32: the register has 16 bits",
        ]
    );
}

#[test]
fn accesses_inside_a_register_are_rejected() {
    let dev = uart();
    assert_eq!((&dev).read_at::<u8>(0x2), 0xff);
    (&dev).write_at::<u16>(0x6, 1);
    assert_eq!(
        rejected(&dev),
        [
            "RD uart.dr+0x2 8: the access starts inside the register",
            "WR uart.fr+0x2 16: the access starts inside the register",
        ]
    );
}

#[test]
fn misaligned_accesses_are_rejected() {
    let mut model = RegisterModel::<Uart>::new("uart");
    assert_eq!(model.read(0x2, Width::W32), 0xffff_ffff);
    assert_eq!(model.rejected()[0].reason, RejectReason::Inside);
}

#[test]
fn accesses_without_a_register_are_rejected() {
    let dev = uart();
    assert_eq!((&dev).read_at::<u32>(0x10), u32::MAX);
    (&dev).write_at::<u32>(0x3c, 1);
    assert_eq!((&dev).read_at::<u64>(0x38), u64::MAX);
    let texts = rejected(&dev);
    assert!(texts[0].ends_with("32: the bytes are reserved"), "{}", texts[0]);
    assert_eq!(texts[1], "WR uart+0x3c 32: there is no register");
    assert_eq!(texts[2], "RD uart+0x38 64: there is no register");
}

#[test]
fn rejected_accesses_contain_address_width_and_reason() {
    let dev = uart();
    (&dev).write_at::<u8>(0x0, 7);
    let rejected = dev.with(|model| model.rejected()[0]);
    assert_eq!((rejected.addr.offset, rejected.width, rejected.write), (0, Width::W8, true));
    assert_eq!(rejected.reason, RejectReason::Width(Width::W32));
}

#[test]
fn the_largest_offsets_are_rejected() {
    let mut model = RegisterModel::<Uart>::new("uart").memory(field!(.dr));
    assert_eq!(model.read(usize::MAX, Width::W8), 0xff);
    model.write(usize::MAX - 7, Width::W64, 1);
    assert_eq!(model.rejected().len(), 2);
}

#[test]
fn the_value_of_rejected_reads_is_configurable() {
    let mut model = RegisterModel::<Uart>::new("uart").unmapped_read_value(0x1_0002);
    let read = [(0x0, Width::W8), (0x10, Width::W16), (0x3c, Width::W32)]
        .map(|(offset, width)| model.read(offset, width));
    assert_eq!(read, [2, 2, 0x1_0002]);
    assert_eq!(model.rejected().len(), 3);
}
