//! Enums: a read returns a variant or an error with the number, and a write writes the variant's
//! number, with one access each.

use io_core::{
    IoEnum, ReadToClear, RwSideEffect, UnknownValue, Width,
    layout::{FieldLayout, IoLayout},
    prelude::*,
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{
    flaky::{Broken, Flaky},
    logger::{
        Access::{B, R, W},
        bench, log, memory,
    },
};

const BASE: u16 = 0x0100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, IoValue, IntoBytes, Immutable)]
#[repr(u8)]
enum Mode {
    Off,
    On = 0x10,
    Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, IoValue)]
#[repr(u16)]
enum Speed {
    Slow = BASE,
    Fast = BASE << 1 | 1,
}

#[derive(IoStruct)]
#[io(size = 0x10)]
#[repr(C)]
struct Regs {
    mode: Mode,
    rw: Rw<Mode>,
    status: Ro<Mode>,
    start: Wo<Mode>,
    speed: Speed,
    fifo: RwSideEffect<Mode>,
    taken: ReadToClear<Mode>,
    little: Rw<Le<Narrow<Speed, u16>>>,
    modes: [Mode; 2],
    #[io(at = 0x0c)]
    big: Be<Narrow<Speed, u32>>,
}

fn unknown<E: IoEnum>(raw: E::Repr) -> UnknownValue<E> {
    UnknownValue::new(raw)
}

#[test]
fn encode_and_decode_use_the_discriminants() {
    macro_rules! check {
        ($($int:ident as $repr:ident),+) => {$({
            #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
            #[repr($int)]
            enum Edge {
                Min = $int::MIN,
                Below,
                Middle = 0x55,
                Above = $int::MAX - 1,
                Max,
            }
            use Edge::{Above, Below, Max, Middle, Min};

            for edge in [Min, Below, Middle, Above, Max] {
                let bits = edge as $int as $repr;
                assert_eq!((Edge::encode(edge), Edge::decode(bits)), (bits, Ok(edge)));
                for next in [bits.wrapping_sub(1), bits.wrapping_add(1), bits ^ 0x20] {
                    let known = [Min, Below, Middle, Above, Max].iter().find(|e| **e as $int as $repr == next);
                    assert_eq!(Edge::decode(next), known.copied().ok_or(unknown(next)));
                }
            }
            assert_eq!(Edge::LAYOUT, $int::LAYOUT);
            assert_eq!((Edge::ANY_BITS, Edge::NAME), (false, "Edge"));
        })+};
    }
    check!(u8 as u8, u16 as u16, u32 as u32, u64 as u64);
    check!(i8 as u8, i16 as u16, i32 as u32, i64 as u64);
}

#[test]
fn a_read_is_one_access_and_decodes() {
    let dev = bench::<Regs>();
    io_write!(&dev, .mode, Mode::On);
    assert_eq!(io_read!(&dev, .mode), Ok(Mode::On));
    io_write!(&dev, .rw, Mode::Next);
    assert_eq!(io_try_read!(&dev, .rw), Ok(Ok(Mode::Next)));
    assert_eq!(io_read!(&dev, .status), Err(unknown(2)));
    io_write!(&dev, .start, Mode::Off);
    io_write!(&dev, .speed, Speed::Fast);
    assert_eq!(io_read!(&dev, .speed), Ok(Speed::Fast));
    assert_eq!(
        log(&dev),
        [
            W(0, 8, 0x10),
            R(0, 8, 0x10),
            W(1, 8, 0x11),
            R(1, 8, 0x11),
            R(2, 8, 2),
            W(3, 8, 0),
            W(4, 16, u16::to_le(0x201).into()),
            R(4, 16, u16::to_le(0x201).into()),
        ]
    );
}

#[test]
fn enums_are_converted_to_the_byte_order() {
    let dev = bench::<Regs>();
    io_write!(&dev, .little, Speed::Slow);
    io_write!(&dev, .big, Speed::Fast);
    assert_eq!(memory(&dev)[8..], [0, 1, 0xa, 0xb, 0, 0, 2, 1]);
    assert_eq!((io_read!(&dev, .little), io_read!(&dev, .big)), (Ok(Speed::Slow), Ok(Speed::Fast)));
    io_project!(&dev, .big).fill(1);
    assert_eq!(io_read!(&dev, .big).map_err(UnknownValue::raw), Err(0x0101));
    assert_eq!(log(&dev)[..2], [W(8, 16, 0x100), W(0xc, 32, 0x0102_0000)]);
}

#[test]
fn fifos_methods_and_slices_decode() {
    let dev = bench::<Regs>();
    io_project!(&dev, .fifo).write_fifo(&[Mode::On, Mode::Next]);
    let mut values = [Ok(Mode::Off); 2];
    io_project!(&dev, .fifo).read_fifo(&mut values);
    assert_eq!(values, [Ok(Mode::Next); 2]);
    assert_eq!(io_read!(&dev, .taken), Err(unknown(7)));
    let modes = io_project!(&dev, .modes);
    modes.copy_from_slice(&[Mode::On, Mode::Off]);
    assert_eq!(memory(&dev)[0xa..0xc], [0x10, 0]);
    let read: Vec<_> = modes.iter().map(|mode| mode.read_val()).collect();
    assert_eq!(read, [Ok(Mode::On), Ok(Mode::Off)]);
    assert!(!io_project!(&dev, .mode).is_gone());
}

#[test]
fn errors_contain_number_and_enum() {
    let error = unknown::<Speed>(0x7);
    assert_eq!(error.to_string(), "0x7 is not a value of `Speed`");
    assert_eq!(format!("{error:?}"), "UnknownValue::<Speed>(0x7)");
    let boxed: Box<dyn core::error::Error + Send + Sync> = Box::new(error);
    assert_eq!(boxed.downcast_ref(), Some(&error));
    assert_eq!(size_of_val(&error), 2);
}

/// Byte 1 is broken: one `Result` is that of the access, the other that of the value.
#[test]
fn access_and_decoding_errors_are_separate() {
    let dev = Flaky::<Regs>::new(1..2);
    assert_eq!(io_write!(&dev, .mode, Mode::On), Ok(()));
    assert_eq!(io_read!(&dev, .mode), Ok(Ok(Mode::On)));
    assert_eq!(io_read!(&dev, .status), Ok(Err(unknown(2))));
    assert_eq!(io_read!(&dev, .rw), Err(Broken { at: 1 }));
    assert_eq!(io_try_write!(&dev, .rw, Mode::On), Err(Broken { at: 1 }));
}

/// A block of enums is copied in as a whole; it is copied out as bytes that decode.
#[test]
fn structs_with_enums_are_copied_field_by_field() {
    #[derive(Clone, Copy, IoStruct, IntoBytes, Immutable)]
    #[repr(C)]
    struct Command {
        mode: Rw<Command8>,
        _pad: u8,
        speed: Rw<Be<Narrow<Speed, u16>>>,
    }
    #[derive(Clone, Copy, Debug, PartialEq, IoValue, IntoBytes, Immutable)]
    #[repr(u8)]
    enum Command8 {
        Go = 0x80,
    }
    #[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
    #[repr(C)]
    struct Answer {
        mode: Ro<Narrow<Command8, u8>>,
        _pad: u8,
        speed: Be<Narrow<Speed, u16>>,
    }

    let dev = bench::<Command>();
    let command = Command { mode: Rw::new(Command8::Go), _pad: 0, speed: Rw::new(Speed::Fast) };
    (&dev).copy_write(command);
    assert_eq!(log(&dev), [W(0, 8, 0x80), W(1, 8, 0), W(2, 16, 0x0102)]);
    assert_eq!(command.mode.get(), Ok(Command8::Go));

    let mut memory = Answer::read_from_bytes(&[0x80, 0, 2, 1]).unwrap();
    let answer = SysMem::from_mut(&mut memory).copy_read();
    assert_eq!(answer.mode.get(), Ok(Command8::Go));
    assert_eq!(answer.speed.get(), Ok(Speed::Fast));
    let unknown_speed = Answer::read_from_bytes(&[1, 0, 1, 2]).unwrap();
    assert_eq!(unknown_speed.mode.get(), Err(unknown(1)));
    assert_eq!(unknown_speed.speed.get(), Err(unknown(0x102)));
}

/// The ownership field may be an enum; the rest of the descriptor is handed over as usual.
#[test]
fn an_enum_can_be_the_ownership_field() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Desc {
        len: Le<u16>,
        #[io(own_bit)]
        whose: OwnBit<Speed>,
    }

    let dev = bench::<Desc>();
    (&dev).publish_with(Speed::Fast, |desc| io_write!(desc, .len, 7));
    let barrier = io_core::barrier::Barrier::DmaWmb;
    assert_eq!(log(&dev), [W(0, 16, 7), B(barrier), W(2, 16, u16::to_le(0x201).into())]);
    let is_slow = |whose: &Result<Speed, _>| *whose == Ok(Speed::Slow);
    assert_eq!((&dev).consume_with(is_slow, |desc, _| io_read!(desc, .len)), None);
}

#[test]
fn fields_of_enums_do_not_accept_any_bits() {
    let field = |name| Regs::FIELDS.iter().find(|field| field.name == name).unwrap();
    let any = |name| field(name).any_bits;
    assert_eq!((any("mode"), any("status"), any("modes")), (false, false, false));
    assert_eq!((any("little"), any("big"), Regs::ANY_BITS), (true, true, false));
    assert!(matches!(field("big").layout, FieldLayout::Value { width: Width::W32, .. }));
}

/// A type that contains an enum cannot be borrowed; an overlay does not contain its value.
#[test]
fn blocks_with_enums_do_not_accept_any_bits() {
    #[derive(IoStruct)]
    #[repr(C)]
    union Either {
        raw: u16,
        speed: Ro<Speed>,
    }
    #[io_struct(size = 0x10)]
    struct Sparse {
        #[io(at = 0x4)]
        either: [Either; 2],
    }
    #[io_struct(size = 4)]
    struct Over {
        #[io(at = 0)]
        raw: u16,
        #[io(at = 0, overlay)]
        speed: Speed,
    }
    const ANY_BITS: [bool; 4] =
        [Either::ANY_BITS, Sparse::ANY_BITS, Over::ANY_BITS, <[LoHi<u64>; 2]>::ANY_BITS];
    assert_eq!(ANY_BITS, [false, false, true, true]);
    let dev = bench::<Over>();
    io_write!(&dev, .speed, Speed::Fast);
    assert_eq!((io_read!(&dev, .raw), io_read!(&dev, .speed)), (0x201, Ok(Speed::Fast)));
}
