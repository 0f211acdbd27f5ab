//! Access kinds: each operation that a kind allows, on a device that implements the kind, with
//! exactly the accesses of the operation.
//!
//! | kind | operations | test |
//! |---|---|---|
//! | plain, `Rw` | read, write, update, flush | `rw_registers_are_read_written_and_updated` |
//! | `Ro` | read | `ro_registers_are_read` |
//! | `Wo` | write | `wo_registers_are_written` |
//! | `W1c` | read, `clear_bits` | `clear_bits_writes_only_the_given_bits` |
//! | `W1s` | read, `set_bits` | `set_bits_writes_only_the_given_bits` |
//! | `WoW1c`, `WoW1s` | `clear_bits`; `set_bits` | `wow1c_and_wow1s_registers_are_not_read` |
//! | `ReadToClear` | read | `reading_a_read_to_clear_register_is_one_load` |
//! | `RoSideEffect`, `RwSideEffect` | read; read, write | `each_fifo_access_transfers_one_value` |
//! | the same | `read_fifo`, `write_fifo` | `fifo_slices_make_one_access_per_value` |
//! | `SelfClearing` | read, write | `self_clearing_registers_are_read_and_written` |

extern crate alloc;

use alloc::collections::VecDeque;
use core::mem;

use io_core::{
    ReadToClear, RoSideEffect, RwSideEffect, SelfClearing, W0c, Width, WoW1c, WoW1s, prelude::*,
};
use io_sim::{Device, RegisterModel, Simulated, field};
use zerocopy::{FromBytes, IntoBytes};

use crate::support::logger::{
    Access::{self, R, W},
    bench, log as bench_log,
};

#[derive(IoStruct)]
#[io(size = 0x30)]
#[repr(C)]
struct Regs {
    #[io(at = 0x00)]
    plain: Le<u32>,
    #[io(at = 0x04)]
    rw: Rw<Le<u32>>,
    #[io(at = 0x08)]
    id: Ro<Le<u32>>,
    #[io(at = 0x0c)]
    bell: Wo<Le<u32>>,
    #[io(at = 0x10)]
    pending: W1c<Le<u32>>,
    #[io(at = 0x14)]
    enabled: W1s<Le<u32>>,
    #[io(at = 0x18)]
    events: ReadToClear<Le<u32>>,
    #[io(at = 0x1c)]
    head: RoSideEffect<Le<u32>>,
    #[io(at = 0x20)]
    data: RwSideEffect<Le<u32>>,
    #[io(at = 0x24)]
    start: SelfClearing<Le<u32>>,
    #[io(at = 0x28)]
    ack: WoW1c<Le<u32>>,
    #[io(at = 0x2c)]
    raise: WoW1s<Le<u32>>,
}

/// Registers that behave as their access kinds specify.
#[derive(Default)]
struct Model {
    words: [u64; 12],
    fifo: VecDeque<u64>,
    log: Vec<Access>,
}

impl Device for Model {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let word = &mut self.words[offset / 4];
        let value = match offset {
            0x0c => 0xdead_dead,
            0x18 => mem::take(word),
            0x1c | 0x20 => self.fifo.pop_front().unwrap_or(0),
            _ => *word,
        };
        self.log.push(R(offset, width.bits(), value));
        value
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        // The clear and set registers of the register at 0x10.
        let at = if offset >= 0x28 { 0x10 } else { offset };
        let word = &mut self.words[at / 4];
        match offset {
            0x08 | 0x18 | 0x1c => {}
            0x10 | 0x28 => *word &= !value,
            0x14 | 0x2c => *word |= value,
            0x20 => self.fifo.push_back(value),
            0x24 => *word = 0,
            _ => *word = value,
        }
        self.log.push(W(offset, width.bits(), value));
    }
}

fn device(words: [u64; 12]) -> Simulated<Regs, Model> {
    Simulated::new(Model { words, fifo: [11, 12, 13].into(), log: Vec::new() })
}

fn log(dev: &Simulated<Regs, Model>) -> Vec<Access> {
    dev.with(|model| mem::take(&mut model.log))
}

#[test]
fn rw_registers_are_read_written_and_updated() {
    let dev = device([5; 12]);
    io_write!(&dev, .plain, io_read!(&dev, .plain) + 1);
    io_update!(&dev, .plain, |v| v << 1);
    io_update!(&dev, .rw, |v| v | 0x10);
    io_project!(&dev, .rw).write_flush(7);
    assert_eq!(
        log(&dev),
        [
            R(0x0, 32, 5),
            W(0x0, 32, 6),
            R(0x0, 32, 6),
            W(0x0, 32, 12),
            R(0x4, 32, 5),
            W(0x4, 32, 0x15),
            W(0x4, 32, 7),
            R(0x4, 32, 7),
        ]
    );
}

#[test]
fn ro_registers_are_read() {
    let dev = device([5; 12]);
    assert_eq!(io_read!(&dev, .id), 5);
    assert_eq!(io_project!(&dev, .id).read_val(), 5);
    assert!(!io_project!(&dev, .id).is_gone());
    assert_eq!(io_project!(&dev, .id).copy_read().get(), 5);
    assert_eq!(log(&dev), [R(0x8, 32, 5); 4]);
}

#[test]
fn wo_registers_are_written() {
    let dev = device([5; 12]);
    io_write!(&dev, .bell, 1);
    io_project!(&dev, .bell).write_val(2);
    assert_eq!(io_try_write!(&dev, .bell, 3), Ok(()));
    io_project!(&dev, .bell).copy_write(Wo::from(Le::<u32>::new(4)));
    io_project!(&dev, .bell).fill(0);
    let written = [1, 2, 3, 4, 0].map(|value| W(0xc, 32, value));
    assert_eq!(log(&dev), written);
}

#[test]
fn clear_bits_writes_only_the_given_bits() {
    let dev = device([0xff; 12]);
    io_project!(&dev, .pending).clear_bits(0x0f);
    // Only the given bits are written, and nothing is read: bits that the device sets in the
    // meantime are kept.
    assert_eq!(log(&dev), [W(0x10, 32, 0x0f)]);
    assert_eq!(io_read!(&dev, .pending), 0xf0);
    assert_eq!(io_project!(&dev, .pending).try_clear_bits(0x10), Ok(()));
    assert_eq!(io_project!(&dev, .pending).copy_read().get(), 0xe0);
    assert_eq!(log(&dev), [R(0x10, 32, 0xf0), W(0x10, 32, 0x10), R(0x10, 32, 0xe0)]);
    // The usual acknowledgement of all pending bits.
    io_project!(&dev, .pending).clear_bits(io_read!(&dev, .pending));
    assert_eq!(log(&dev), [R(0x10, 32, 0xe0), W(0x10, 32, 0xe0)]);
    assert_eq!(io_read!(&dev, .pending), 0);
}

#[test]
fn set_bits_writes_only_the_given_bits() {
    let dev = device([0x80; 12]);
    io_project!(&dev, .enabled).set_bits(0x01);
    assert_eq!(log(&dev), [W(0x14, 32, 0x01)]);
    assert_eq!(io_project!(&dev, .enabled).try_set_bits(0x02), Ok(()));
    assert_eq!(io_read!(&dev, .enabled), 0x83);
    assert_eq!(log(&dev), [W(0x14, 32, 0x02), R(0x14, 32, 0x83)]);
}

#[test]
fn wow1c_and_wow1s_registers_are_not_read() {
    let dev = device([0xff; 12]);
    io_project!(&dev, .ack).clear_bits(0x0f);
    io_project!(&dev, .raise).set_bits(0x03);
    assert_eq!(io_project!(&dev, .ack).try_clear_bits(0x01), Ok(()));
    assert_eq!(io_project!(&dev, .raise).try_set_bits(0x04), Ok(()));
    assert_eq!(io_read!(&dev, .pending), 0xf6);
    assert_eq!(
        log(&dev),
        [W(0x28, 32, 0xf), W(0x2c, 32, 3), W(0x28, 32, 1), W(0x2c, 32, 4), R(0x10, 32, 0xf6)]
    );
}

#[test]
fn reading_a_read_to_clear_register_is_one_load() {
    let dev = device([0x33; 12]);
    assert_eq!(io_read!(&dev, .events), 0x33);
    assert_eq!(log(&dev), [R(0x18, 32, 0x33)]);
    assert_eq!(io_try_read!(&dev, .events), Ok(0));
    assert!(!io_project!(&dev, .events).is_gone());
    assert_eq!(log(&dev), [R(0x18, 32, 0), R(0x18, 32, 0)]);
}

#[test]
fn each_fifo_access_transfers_one_value() {
    let dev = device([0; 12]);
    assert_eq!((io_read!(&dev, .head), io_read!(&dev, .head)), (11, 12));
    io_write!(&dev, .data, 14);
    assert_eq!((io_read!(&dev, .data), io_read!(&dev, .data)), (13, 14));
    assert_eq!(
        log(&dev),
        [R(0x1c, 32, 11), R(0x1c, 32, 12), W(0x20, 32, 14), R(0x20, 32, 13), R(0x20, 32, 14),]
    );
}

/// Many values through one register, one access each, at one address.
#[test]
fn fifo_slices_make_one_access_per_value() {
    let dev = device([0; 12]);
    let mut out = [0; 2];
    io_project!(&dev, .head).read_fifo(&mut out);
    assert_eq!((out, log(&dev)), ([11, 12], vec![R(0x1c, 32, 11), R(0x1c, 32, 12)]));
    io_project!(&dev, .data).write_fifo(&[21, 22, 23]);
    assert_eq!(log(&dev), [21, 22, 23].map(|value| W(0x20, 32, value)));
    assert_eq!(io_project!(&dev, .data).try_read_fifo(&mut out), Ok(()));
    assert_eq!((out, log(&dev).len()), ([13, 21], 2));
    assert_eq!(io_project!(&dev, .data).try_write_fifo(&[]), Ok(()));
    io_project!(&dev, .head).read_fifo(&mut []);
    io_project!(&dev, .bell).write_fifo(&[1, 1]);
    assert_eq!(log(&dev), [W(0xc, 32, 1); 2]);
}

#[test]
fn self_clearing_registers_are_read_and_written() {
    let dev = device([1; 12]);
    assert_eq!(io_read!(&dev, .start), 1);
    io_write!(&dev, .start, 3);
    assert_eq!(io_read!(&dev, .start), 0);
    assert_eq!(io_project!(&dev, .start).copy_read().get(), 0);
    assert_eq!(log(&dev), [R(0x24, 32, 1), W(0x24, 32, 3), R(0x24, 32, 0), R(0x24, 32, 0)]);
}

/// Access kinds work in arrays and in copies of whole structs as well.
#[test]
fn access_kinds_do_not_change_copies() {
    #[derive(IoStruct, FromBytes, IntoBytes, zerocopy::Immutable)]
    #[repr(C)]
    struct Status {
        id: Ro<Le<u16>>,
        pending: [W1c<u8>; 2],
    }
    #[derive(IoStruct, FromBytes, IntoBytes, zerocopy::Immutable)]
    #[repr(C)]
    struct Command {
        bell: Wo<Le<u16>>,
        code: Rw<Be<u16>>,
    }
    let dev = bench::<Status>();
    let status = (&dev).copy_read();
    assert_eq!((status.id.get(), status.pending[1].get()), (0x0100, 3));
    io_project!(&dev, .pending[1]).clear_bits(7);
    assert_eq!(bench_log(&dev), [R(0, 16, 0x0100), R(2, 8, 2), R(3, 8, 3), W(3, 8, 7)]);
    let dev = bench::<Command>();
    (&dev).copy_write(Command {
        bell: Le::<u16>::new(0x0102).into(),
        code: Be::<u16>::new(0x0304).into(),
    });
    assert_eq!(bench_log(&dev), [W(0, 16, 0x0102), W(2, 16, 0x0403)]);
}

/// A flag that comes up between a read and a write is kept.
#[test]
fn write_zero_to_clear_writes_the_complement_without_a_read() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Timer {
        status: W0c<Le<u16>>,
        big: W0c<Be<u16>>,
        wide: W0c<HiLo<Le<u64>>>,
        low: W0c<Le<Narrow<u8, u32>>>,
    }
    let dev = bench::<Timer>();
    io_project!(&dev, .status).clear_bits(0x0001);
    io_project!(&dev, .big).clear_bits(0x0001);
    io_project!(&dev, .wide).clear_bits(0x1_0000_0002);
    io_project!(&dev, .low).try_clear_bits(0x80).unwrap();
    assert_eq!(
        bench_log(&dev),
        [
            W(0, 16, 0xfffe),
            W(2, 16, 0xfeff),
            W(8, 32, 0xffff_fffe),
            W(4, 32, 0xffff_fffd),
            W(12, 32, 0x7f),
        ]
    );
    let model = RegisterModel::<Timer>::new("timer").reset(field!(.status), 7);
    let timer = Simulated::<Timer, _>::new(model);
    io_project!(&timer, .status).clear_bits(2);
    assert_eq!(io_read!(&timer, .status), 5);
}
