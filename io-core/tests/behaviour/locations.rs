//! Located registers: elements, arrays with a stride, parts of parts, and their views.

use io_core::{A2, A4, A8, Loc, LocArray, OutOfBound, Overlay, Region, loc, prelude::*};

use crate::support::{
    logger::{
        Access::{R, W},
        Bench, fresh, log, logger,
    },
    panics::message_of,
};

struct Nova;
type Bar = Region<0x100, A4, Nova>;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u16>>,
    status: W1c<Le<u16>>,
    data: [Le<u16>; 4],
}

const SCRATCH: Loc<Bar, [Le<u32>; 8]> = Loc::at(0x80);
const GRID: Loc<Bar, [[Be<u16>; 3]; 4]> = Loc::at(0x20);
const CHANS: Loc<Bar, [Chan; 4]> = Loc::at(0x40);

/// Two arrays that alternate, of different lengths.
const TAIL: LocArray<Bar, Le<u32>, 4> = LocArray::at(0xa0, 0x10);
const HEAD: LocArray<Bar, Ro<Le<u16>>, 3> = LocArray::at(0xa4, 0x10);

/// A part of the device that occurs twice.
struct Processor;
type Cpu = Region<0x20, A4, Processor>;
const CPUS: LocArray<Bar, Cpu, 2> = LocArray::at(0xc0, 0x20);
const CTL: Loc<Cpu, Le<u32>> = Loc::at(0x10);
const TIMER: LocArray<Cpu, u8, 3> = LocArray::at(0x14, 4);

fn bar() -> Bench<Bar> {
    Bench::<Bar>::new_region(logger(0x100), 0x100).unwrap()
}

#[test]
fn elements_of_a_location_are_registers() {
    const FIRST: Loc<Bar, Le<u32>> = SCRATCH.element(0);
    const LAST: Loc<Bar, Le<u32>> = SCRATCH.element(7);
    const CELL: Loc<Bar, Be<u16>> = GRID.element(3).element(2);
    let dev = bar();
    (&dev).write(FIRST, 1);
    (&dev).write(LAST, 2);
    (&dev).write(CELL, 3);
    assert_eq!(log(&dev), [W(0x80, 32, 1), W(0x9c, 32, 2), W(0x36, 16, 0x0300)]);
}

#[test]
fn elements_are_checked_at_run_time() {
    assert_eq!(SCRATCH.get(7).map(Loc::offset), Some(0x9c));
    for index in [8, 9, usize::MAX / 4, usize::MAX] {
        assert!(SCRATCH.get(index).is_none() && TAIL.get(index).is_none(), "{index}");
        let message = format!("index out of bounds: the len is 8 but the index is {index}");
        assert_eq!(message_of(|| SCRATCH.element(index)), message);
        let message = format!("index out of bounds: the len is 4 but the index is {index}");
        assert_eq!(message_of(|| TAIL.element(index)), message);
    }
    let empty: Loc<Bar, [u32; 0]> = Loc::at(0x100);
    assert!(empty.get(0).is_none());
}

#[test]
fn elements_with_a_stride_are_registers() {
    let offsets: Vec<_> = TAIL.iter().map(Loc::offset).collect();
    assert_eq!(offsets, [0xa0, 0xb0, 0xc0, 0xd0]);
    let offsets: Vec<_> = HEAD.iter().rev().map(Loc::offset).collect();
    assert_eq!(offsets, [0xc4, 0xb4, 0xa4]);
    const ADMIN: Loc<Bar, Ro<Le<u16>>> = HEAD.element(0);
    let dev = bar();
    (&dev).write(TAIL.element(3), 5);
    (&dev).read(ADMIN);
    (&dev).read(HEAD.get(2).unwrap());
    assert_eq!(log(&dev), [W(0xd0, 32, 5), fresh(0xa4, 16), fresh(0xc4, 16)]);
}

#[test]
fn elements_without_stride_are_iterated() {
    let offsets: Vec<_> = GRID.iter().flat_map(Loc::iter).map(Loc::offset).collect();
    assert_eq!(offsets, (0x20..0x38).step_by(2).collect::<Vec<_>>());
}

#[test]
fn locations_in_a_part_are_relative_to_it() {
    const CTL0: Loc<Bar, Le<u32>> = CPUS.element(0).join(CTL);
    const LAST: Loc<Bar, u8> = CPUS.element(1).join(TIMER.element(2));
    let dev = bar();
    (&dev).write(CTL0, 1);
    for cpu in CPUS.iter() {
        (&dev).write(cpu.join(CTL), 2);
    }
    (&dev).write(LAST, 3);
    assert_eq!(log(&dev), [W(0xd0, 32, 1), W(0xd0, 32, 2), W(0xf0, 32, 2), W(0xfc, 8, 3)]);
}

#[test]
fn the_view_of_a_located_region_has_its_size() {
    const CPU1: Loc<Bar, Cpu> = CPUS.element(1);
    let dev = bar();
    let cpu = io_project!(&dev, build: CPU1);
    assert_eq!(cpu.size(), 0x20);
    cpu.write(CTL, 1);
    cpu.read_at::<u8>(0x1f);
    assert!(cpu.try_read_at::<u8>(0x20).is_err());
    assert_eq!(log(&dev), [W(0xf0, 32, 1), fresh(0xff, 8)]);
}

#[test]
fn strides_are_checked() {
    fn at<V: io_core::Locatable>(offset: usize, stride: usize) -> LocArray<Bar, V, 4> {
        LocArray::at(offset, stride)
    }
    assert_eq!(format!("{:?}", at::<u32>(0x80, 8)), "LocArray(0x80, 4 x 0x8)");
    assert_eq!(at::<u32>(0xe4, 8).element(3).offset(), 0xfc);
    let outside = |bytes, offset: usize| {
        format!(
            "a register of {bytes} at offset {offset:#x} does not fit into a base of 0x100 bytes"
        )
    };
    assert_eq!(message_of(|| at::<u32>(0xe8, 8)), outside("4 bytes", 0x100));
    assert_eq!(message_of(|| at::<u8>(0x100, 1)), outside("1 byte", 0x100));
    assert_eq!(message_of(|| at::<u32>(0, usize::MAX / 2 + 1)), outside("4 bytes", usize::MAX));
    assert_eq!(message_of(|| at::<u8>(0xff, usize::MAX / 3)), outside("1 byte", usize::MAX));
    assert_eq!(
        message_of(|| at::<Chan>(0, 8)),
        "an element has a size of 0x10 bytes, but the stride is 0x8: the elements would overlap"
    );
    assert_eq!(
        message_of(|| at::<u32>(0, 6)),
        "the stride is 0x6, but the type of the elements requires a multiple of 4"
    );
    assert_eq!(
        message_of(|| at::<u16>(0x3, 4)),
        "the register is at offset 0x3, but its type requires a multiple of 2"
    );
}

#[test]
fn located_regions_are_checked() {
    struct Part;
    fn at<V: ?Sized + io_core::Locatable>(offset: usize) -> Loc<Bar, V> {
        Loc::at(offset)
    }
    assert_eq!(at::<Region<0x10, A2, Part>>(0xf0).offset(), 0xf0);
    assert_eq!(
        message_of(|| at::<Region<0x14, A4, Part>>(0xf0)),
        "a register of 20 bytes at offset 0xf0 does not fit into a base of 0x100 bytes"
    );
    assert_eq!(
        message_of(|| at::<Region<0x10, A8, Part>>(0)),
        "the register requires an alignment of 8, but its base has 4: name the alignment in the \
         type: `Region<SIZE, A8>`"
    );
    // Its view would have a size that no region of this type has.
    assert_eq!(
        message_of(|| at::<Region<6, A4, Part>>(0)),
        "the located region has a size of 0x6 bytes, which must be a multiple of its alignment of 4"
    );
}

#[test]
fn access_kinds_of_elements_are_kept() {
    let dev = bar();
    let chan = io_project!(&dev, build: CHANS.element(2));
    assert_eq!(chan.size(), 0x10);
    io_project!(chan, .status).clear_bits(1);
    io_update!(chan, .data[3], |v| v | 1);
    let old = 0x6f6e & !1;
    assert_eq!(log(&dev), [W(0x66, 16, 1), R(0x6e, 16, old), W(0x6e, 16, old | 1)]);
}

/// The case of a location that is known at run time only.
#[test]
fn a_location_in_a_variable_is_projected() {
    const CHAN1: Loc<Bar, Chan> = CHANS.element(1);
    const CHAN3: Loc<Bar, Chan> = CHANS.element(3);
    struct Port {
        chan: Loc<Bar, Chan>,
    }
    let dev = bar();
    for (second, value) in [(false, 1), (true, 2)] {
        let place = if second { CHAN3 } else { CHAN1 };
        io_write!(io_project!(&dev, build: place), .ctrl, value);
        io_write!(&dev, build: place, .ctrl, value + 2);
        io_write!((&dev).at(place), .ctrl, value + 4);
        let port = Port { chan: place };
        io_read!(&dev, build: port.chan, .data[3]);
        let (reference, ports) = (&place, [port]);
        io_read!(&dev, build: *reference, .data[2]);
        io_read!((&dev).at(ports[0].chan), .data[1]);
    }
    let on = |at, first: u64| {
        let data = [fresh(at + 0xe, 16), fresh(at + 0xc, 16), fresh(at + 0xa, 16)];
        let writes = [0, 2, 4].map(|more| W(at, 32, first + more));
        [&writes[..], &data[..]].concat()
    };
    assert_eq!(log(&dev), [on(0x50, 1), on(0x70, 2)].concat());
}

#[test]
fn registers_in_a_variable_are_read_and_written() {
    let dev = bar();
    for register in SCRATCH.iter().skip(6) {
        (&dev).write(register, 7);
        io_update!(&dev, build: register, |v| v + 1);
        assert_eq!((&dev).at(register).read_val(), 8);
    }
    let each = |at| [W(at, 32, 7), R(at, 32, 7), W(at, 32, 8), R(at, 32, 8)];
    assert_eq!(log(&dev), [each(0x98), each(0x9c)].concat());
}

#[test]
fn steps_of_a_location_lead_to_a_part() {
    const COUNT: Loc<Bar, Ro<Le<u16>>> = loc!(CHANS.element(2), .count);
    const DATA: Loc<Bar, Le<u16>> = loc!(CHANS, [1].data[build: 4 - 1]);
    const PANIC: Loc<Bar, Le<u16>> = loc!(CHANS, [panic: 3].data[panic: 0],);
    const CTL1: Loc<Bar, Le<u32>> = loc!(CPUS.element(1), build: CTL);
    assert_eq!([COUNT.offset(), DATA.offset(), PANIC.offset()], [0x64, 0x5e, 0x78]);
    assert_eq!(CTL1.offset(), 0xf0);
    let dev = bar();
    for chan in CHANS.iter() {
        (&dev).read(loc!(chan, .count));
    }
    assert_eq!(log(&dev), [0x44, 0x54, 0x64, 0x74].map(|at| fresh(at, 16)));
}

#[test]
fn steps_of_a_location_are_checked_at_run_time() {
    fn data(chan: usize, index: usize) -> Result<usize, OutOfBound> {
        Ok(loc!(CHANS, [try: chan].data[try: index]).offset())
    }
    assert_eq!(data(3, 3), Ok(0x7e));
    assert_eq!(data(4, 0), Err(OutOfBound { start: 4, end: 5, len: 4 }));
    assert_eq!(data(0, usize::MAX), Err(OutOfBound { start: usize::MAX, end: 0, len: 4 }));
    let index = 4;
    let message = "index out of bounds: the len is 4 but the index is 4";
    assert_eq!(message_of(|| loc!(CHANS, [panic: index].ctrl)), message);
}

/// An overlay is projected to its value, at its own offset.
#[test]
fn steps_of_a_location_lead_to_overlays() {
    #[io_struct(size = 0x10)]
    struct Uart {
        #[io(at = 0x4)]
        dll: u8,
        #[io(at = 0x8)]
        fr: Ro<Le<u32>>,
        #[io(at = 0x8, overlay)]
        fr_clear: Wo<Le<u32>>,
    }
    const UART: Loc<Bar, Uart> = Loc::at(0xf0);
    const CLEAR: Loc<Bar, Wo<Le<u32>>> = loc!(UART, .fr_clear);
    const _: fn(Uart) -> Overlay<Wo<Le<u32>>> = |uart| uart.fr_clear;
    let dev = bar();
    (&dev).write(CLEAR, 1);
    (&dev).read(loc!(UART, .fr));
    (&dev).write(loc!(UART, .dll), 2);
    assert_eq!(log(&dev), [W(0xf8, 32, 1), R(0xf8, 32, 1), W(0xf4, 8, 2)]);
}
