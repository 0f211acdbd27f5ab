//! The document in the editor: registers, and drivers for each kind of view.
//!
//! The bodies are the same, so that each query can be made in each of them. The file is also a
//! module of the test program, so it is known to compile.

use io_core::{OutOfBound, prelude::*};

/// One channel of the engine.
#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    /// Starts a transfer.
    ctrl: u32,
    /// Bytes that are left.
    count: Ro<u32>,
    /// From where to where.
    pair: Pair,
}

/// Two addresses.
#[derive(IoStruct)]
#[repr(C)]
struct Pair(u32, Le<u32>);

mod timer {
    use io_core::prelude::*;

    /// The data sheet leaves gaps between the registers; the reserved fields are private.
    #[io_struct(size = 0x20)]
    pub(super) struct Timer {
        /// Counts down.
        #[io(at = 0x04)]
        pub(super) left: Ro<u32>,
        /// Where it starts.
        #[io(at = 0x10)]
        pub(super) load: u32,
    }
}

/// The engine.
#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    /// Resets the engine.
    ctrl: u32,
    /// A channel of its own.
    one: Chan,
    /// The other channels.
    chan: [Chan; 4],
    /// The time limit of the engine.
    timer: timer::Timer,
}

/// Not a register block.
struct Limits {
    burst: u32,
}

const LIMITS: Limits = Limits { burst: 4 };

const LAST: usize = 3;

fn concrete(m: Mmio<'_, Regs>, i: usize) -> Result<u32, OutOfBound> {
    io_write!(m, .one.ctrl, 1);
    io_update!(m, .chan[1].ctrl, |v| v | 2);
    io_write!(m, .chan[panic: i].pair.1, 3);
    io_update!(m, .ctrl, |v| v & !1);
    io_write!(m, .timer.load, 9);
    let part = io_project!(m, .chan[build: LAST]);
    let value = io_read!(m, .chan[try: i].ctrl) + io_read!(m, .one.pair.0);
    Ok(value + io_read!(part, .count))
}

fn any_view<'a>(
    m: impl Io<'a, Target = Regs, Backend: Bus32>,
    i: usize,
) -> Result<u32, OutOfBound> {
    io_write!(m, .one.ctrl, 1);
    io_update!(m, .chan[1].ctrl, |v| v | 2);
    io_write!(m, .chan[panic: i].pair.1, 3);
    io_update!(m, .ctrl, |v| v & !1);
    io_write!(m, .timer.load, 9);
    let part = io_project!(m, .chan[build: LAST]);
    let value = io_read!(m, .chan[try: i].ctrl) + io_read!(m, .one.pair.0);
    Ok(value + io_read!(part, .count))
}

fn view_of_backend<'a, B: Bus32>(m: B::View<'a, Regs>, i: usize) -> Result<u32, OutOfBound> {
    io_write!(m, .one.ctrl, 1);
    io_update!(m, .chan[1].ctrl, |v| v | 2);
    io_write!(m, .chan[panic: i].pair.1, 3);
    io_update!(m, .ctrl, |v| v & !1);
    io_write!(m, .timer.load, 9);
    let part = io_project!(m, .chan[build: LAST]);
    let value = io_read!(m, .chan[try: i].ctrl) + io_read!(m, .one.pair.0);
    Ok(value + io_read!(part, .count))
}
