//! The same device on a big-endian bus.

use io_core::{A8, Region, Width, prelude::*};
use io_sim::{Device, RegisterModel, Simulated, field};

use crate::rejected;

/// The registers as declared by the data sheet; the bus determines the byte order.
#[derive(IoStruct)]
#[repr(C)]
struct Sheet {
    id: Ro<Le<u32>>,
    half: Le<u16>,
    byte: u8,
    _pad: Reserved<1>,
    wide: Le<u64>,
    pending: W1c<Le<u32>>,
    buffer: [u8; 12],
}

/// A driver's declaration: big-endian.
#[derive(IoStruct)]
#[repr(C)]
struct Big {
    id: Ro<Be<u32>>,
    half: Be<u16>,
    byte: u8,
    _pad: Reserved<1>,
    wide: Be<u64>,
    pending: W1c<Be<u32>>,
    buffer: [u8; 12],
}

fn model() -> RegisterModel<Sheet> {
    RegisterModel::<Sheet>::new("dev")
        .reset(field!(.id), 0x1234_5678)
        .reset(field!(.half), 0x1234)
        .reset(field!(.byte), 0x12)
        .reset(field!(.wide), 0x1122_3344_5566_7788)
        .reset(field!(.pending), 0xff)
        .memory(field!(.buffer))
}

const ID: u32 = 0x1234_5678;

/// A driver that probes its device, with either declaration.
macro_rules! probe {
    ($dev:expr) => {
        match io_read!($dev, .id) {
            ID => Ok(()),
            other => Err(other),
        }
    };
}

/// Returns the layout mismatches of a driver as text.
fn layout_mismatches<T: IoStruct, U: IoStruct>(
    dev: &Simulated<T, RegisterModel<U>>,
) -> Vec<String> {
    dev.layout_mismatches().iter().map(ToString::to_string).collect()
}

#[test]
fn a_missing_byte_order_conversion_is_detected() {
    let dev = Simulated::<Sheet, _>::new(model()).on_big_endian_bus();
    assert_eq!(probe!(&dev), Err(0x7856_3412));
    assert_eq!(io_read!(&dev, .half), 0x3412);
    assert_eq!(io_read!(&dev, .byte), 0x12);
    assert_eq!(io_read!(&dev, .wide), 0x8877_6655_4433_2211);
    let wrong = ["id", "half", "wide", "pending"]
        .map(|name| format!("dev.{name} is declared little-endian, but is big-endian here"));
    assert_eq!(layout_mismatches(&dev), wrong);
}

#[test]
fn a_big_endian_driver_passes() {
    let dev = Simulated::<Big, _>::new(model()).on_big_endian_bus();
    assert_eq!(probe!(&dev), Ok(()));
    assert_eq!(io_read!(&dev, .half), 0x1234);
    assert_eq!(io_read!(&dev, .wide), 0x1122_3344_5566_7788);
    io_write!(&dev, .half, 0xabcd);
    io_project!(&dev, .pending).clear_bits(0x0f);
    dev.with(|model| {
        assert_eq!(model.context().get(field!(.half)), 0xabcd);
        assert_eq!(model.context().get(field!(.pending)), 0xf0);
    });
    assert!(rejected(&dev).is_empty());
    assert!(layout_mismatches(&dev).is_empty());
}

#[test]
fn mismatches_of_other_kinds_are_reported() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Declared {
        id: Le<u32>,
        half: [u8; 2],
        byte: u8,
        hole: u8,
        wide: LoHi<Be<u64>>,
        pending: W1c<Be<u32>>,
        buffer: [Be<u32>; 3],
        behind: Wo<u32>,
    }
    let dev = Simulated::<Declared, _>::new(model());
    assert_eq!(
        layout_mismatches(&dev),
        [
            "dev.id is rejected: the register is read-only",
            "dev.half[0] is rejected: the register has 16 bits",
            "dev.half[1] is rejected: the access starts inside the register",
            "dev.hole is rejected: the bytes are reserved",
            "dev.wide.hi is rejected: the register has 64 bits",
            "dev.wide.lo is rejected: the access starts inside the register",
            "dev.pending is declared big-endian, but is little-endian here",
            "dev.behind is rejected: there is no register",
        ]
    );
    assert!(rejected(&dev).is_empty());
}

#[test]
fn a_model_of_big_endian_types_works_on_a_big_endian_bus() {
    let model = RegisterModel::<Big>::new("dev").reset(field!(.id), ID);
    assert_eq!(probe!(&Simulated::<Big, _>::new(model).on_big_endian_bus()), Ok(()));
    // The types define how the registers are stored on a little-endian bus.
    let model = RegisterModel::<Big>::new("dev").reset(field!(.id), ID);
    assert_eq!(probe!(&Simulated::<Big, _>::new(model)), Ok(()));
    let model = RegisterModel::<Big>::new("dev").reset(field!(.id), ID);
    assert!(probe!(&Simulated::<Sheet, _>::new(model)).is_err());
}

#[test]
fn memory_has_the_same_bytes_on_both_buses() {
    let bytes: [u8; 12] = core::array::from_fn(|i| i as u8 + 1);
    for big in [false, true] {
        let mut dev = Simulated::<Sheet, _>::new(model());
        if big {
            dev = dev.on_big_endian_bus();
        }
        let view = io_project!(&dev, .buffer);
        view.copy_write(bytes);
        dev.with(|model| assert_eq!(model.context().bytes(field!(.buffer)), bytes));
        assert_eq!(view.copy_read(), bytes);
        assert_eq!(io_read!(&dev, .buffer[1]), 2);
    }
}

/// A model of plain numbers.
struct Numbers(Vec<(usize, Width, u64)>);

impl Device for Numbers {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.0.push((offset, width, 0));
        // More bits than the access has.
        0xffff_ffff_0000_0000 | 0x0102_0304
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.0.push((offset, width, value));
    }
}

#[test]
fn every_model_works_on_a_big_endian_bus() {
    let boxed: Box<dyn Device + Send> = Box::new(Numbers(Vec::new()));
    let dev = Simulated::<Region<0x20>, _>::new_region(boxed, 0x20).unwrap().on_big_endian_bus();
    assert_eq!((&dev).read_at::<u32>(0).to_ne_bytes(), [1, 2, 3, 4]);
    assert_eq!((&dev).read_at::<u16>(0).to_ne_bytes(), [3, 4]);
    assert_eq!((&dev).read_at::<u8>(0), 4);
}

#[test]
fn writes_reach_the_model_as_numbers() {
    let dev = Simulated::<Region<0x20, A8>, _>::new_region(Numbers(Vec::new()), 0x20).unwrap();
    let dev = dev.on_big_endian_bus();
    (&dev).write_at::<u32>(0x4, u32::from_ne_bytes([1, 2, 3, 4]));
    (&dev).write_at::<u64>(0x8, u64::from_ne_bytes([1, 2, 3, 4, 5, 6, 7, 8]));
    (&dev).write_at::<u8>(0x1, 9);
    let seen = dev.into_inner().0;
    assert_eq!(
        seen,
        [
            (0x4, Width::W32, 0x0102_0304),
            (0x8, Width::W64, 0x0102_0304_0506_0708),
            (0x1, Width::W8, 9)
        ]
    );
}

#[test]
fn a_boxed_register_model_works_on_a_big_endian_bus() {
    let boxed: Box<dyn Device + Send> =
        Box::new(RegisterModel::<Big>::new("dev").reset(field!(.id), ID));
    assert_eq!(probe!(&Simulated::<Big, _>::new(boxed).on_big_endian_bus()), Ok(()));
}
