//! A crate that forbids `unsafe` can use everything: no user token is inside generated `unsafe`
//! code, and generated `unsafe` does not count as the user's.

#![forbid(unsafe_code)]

use io_core::{Error, prelude::*};
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(transparent)]
struct Control(u32);

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Chan {
    addr: Le<u32>,
    count: u32,
}

#[derive(IoStruct)]
#[io(size = 0x24)]
#[repr(C)]
struct Regs {
    id: Ro<u32>,
    #[io(at = 0x04)]
    ctrl: Control,
    chan: [Chan; 2],
    pair: Pair,
    mode: Narrow<Mode, u32>,
}

#[derive(IoStruct)]
#[repr(C, packed(4))]
struct Pair(u32, W1c<u32>);

fn all_macros<'a>(
    regs: impl Io<'a, Target = Regs, Backend: Bus32>,
    i: usize,
) -> Result<u32, Error> {
    io_write!(regs, .ctrl, Control(2));
    io_update!(regs, .ctrl, |v| Control(v.0 + 1));
    io_write!(regs, .mode, Mode::On);
    assert_eq!(io_read!(regs, .mode), Ok(Mode::On));
    io_try_write!(regs, .chan[0].addr, 9)?;
    io_try_update!(regs, .chan[build: 0].addr, |v| v + 1)?;
    io_project!(regs, .pair.1).clear_bits(1);
    io_project!(regs, .chan[1]).copy_write(Chan { addr: 4.into(), count: 5 });
    let copied = io_project!(regs, .chan[try: i]).copy_read().count;
    let parts: u32 = io_project!(regs, .chan[build: ..]).iter().map(|c| io_read!(c, .count)).sum();
    Ok(copied + parts + io_read!(regs, .id) + io_try_read!(regs, .chan[panic: 0].addr)?)
}

#[test]
fn crates_that_forbid_unsafe_can_use_every_macro() {
    let chan = Chan { addr: 0.into(), count: 1 };
    let (pair, mode) = (Pair(0, 0.into()), Narrow::new(Mode::Off));
    let mut memory = Regs { id: 7.into(), ctrl: Control(0), chan: [chan; 2], pair, mode };
    let regs = SysMem::from_mut(&mut memory);
    assert_eq!(all_macros(regs, 1), Ok(5 + 6 + 7 + 10));
    assert!(all_macros(regs, 2).is_err());
    assert_eq!(memory.ctrl, Control(3));
}
