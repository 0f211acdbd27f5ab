//! Paths and expressions that come from a user's own `macro_rules!`.

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
    pair: Pair,
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair(u16, u16);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [Chan; 3],
}

macro_rules! chan {
    ($io:expr, [$i:literal].$field:ident) => {
        io_read!($io, .chan[$i].$field)
    };
    ($io:expr, [$i:literal].$field:ident = $value:expr) => {
        io_write!($io, .chan[$i].$field, $value)
    };
    ($io:expr, $policy:ident[$i:expr].$field:ident) => {
        io_read!($io, .chan[$policy: $i].$field)
    };
    ($io:expr, try [$i:expr].$field:ident) => {
        io_read!($io, .chan[try: $i].$field)
    };
}

macro_rules! by_token {
    ($io:tt, $i:tt, $field:tt) => {
        io_read!($io, .chan[$i].$field)
    };
    ($io:tt, $i:tt, $field:tt, $member:tt) => {
        io_read!($io, .chan[$i].$field.$member)
    };
}

macro_rules! by_path {
    ($io:ident, $($path:tt)+) => {
        io_read!($io, $($path)+)
    };
}

macro_rules! update {
    ($io:expr, $i:expr, $f:expr) => {
        io_update!($io, .chan[panic: $i].ctrl, $f)
    };
}

macro_rules! range {
    ($io:expr, $from:literal, $to:expr) => {
        io_project!($io, .chan[build: $from..$to]).len()
    };
}

macro_rules! block {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $ty:ty $(= $at:expr)?),+ $(,)? }) => {
        #[derive(IoStruct)]
        #[repr(C)]
        $(#[$meta])*
        struct $name {
            $($(#[io(at = $at)])? $field: $ty,)+
        }
    };
}

macro_rules! newtype {
    ($name:ident($inner:ty)) => {
        #[derive(IoValue)]
        #[repr(transparent)]
        struct $name($inner);
    };
}

const WORD: usize = 4;

block! {
    #[io(size = 3 * WORD)]
    Generated { ctrl: Ctrl = 0, status: Ro<u32> = WORD, data: u32 = 2 * WORD }
}
newtype!(Ctrl(u32));

fn regs() -> Regs {
    Regs { chan: [0, 10, 20].map(|n| Chan { ctrl: n, pair: Pair(n as u16 + 1, n as u16 + 2) }) }
}

fn checked(regs: SysMem<'_, Regs>, i: usize) -> Result<u32, io_core::Error> {
    Ok(chan!(regs, try [i + 1].ctrl))
}

#[test]
fn fragments_can_be_steps_and_indices() -> Result<(), io_core::Error> {
    let mut memory = regs();
    let regs = SysMem::from_mut(&mut memory);
    assert_eq!(chan!(regs, [1].ctrl), 10);
    chan!(regs, [1].ctrl = 3 + 4);
    assert_eq!(chan!(regs, build[WORD - 3].ctrl), 7);
    assert_eq!(chan!(regs, panic[2].ctrl), 20);
    assert_eq!(checked(regs, 1)?, 20);
    assert!(checked(regs, 2).is_err());
    assert_eq!(by_token!(regs, 2, ctrl), 20);
    assert_eq!(by_token!(regs, 2, pair, 1), 22);
    assert_eq!(by_path!(regs, .chan[1].pair.0), 11);
    update!(regs, 2, |v| v + 1);
    assert_eq!(by_path!(regs, .chan[build: 2].ctrl), 21);
    assert_eq!(range!(regs, 1, WORD - 1), 2);
    Ok(())
}

#[test]
fn derives_accept_fragments() {
    let mut memory = Generated { ctrl: Ctrl(1), status: 2.into(), data: 3 };
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .ctrl, Ctrl(4));
    assert_eq!(io_read!(view, .ctrl).0 + io_read!(view, .status) + io_read!(view, .data), 9);
}
