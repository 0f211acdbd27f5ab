//! The grammar of the projection macros (rows of `docs/src/kernel-rows.md`), on a device that logs
//! accesses and whose byte at offset `i` has the value `i`.

mod chains;
mod fields;
mod index;
mod location;
mod order;
mod panics;
mod ranges;
mod trailing;

use io_core::prelude::*;

use crate::support::logger::{Access, Bench, bench, log};

#[derive(IoStruct)]
#[io(size = 0x10)]
#[repr(C)]
struct Chan {
    #[io(at = 0x0)]
    ctrl: Le<u32>,
    #[io(at = 0x4)]
    count: Ro<Le<u32>>,
    #[io(at = 0x8)]
    data: [Le<u16>; 4],
}

#[derive(IoStruct)]
#[repr(C)]
struct Inner(Le<u16>, Le<u16>);

#[derive(IoStruct)]
#[repr(C)]
struct Outer(Le<u32>, Inner, [Inner; 2]);

#[derive(IoStruct)]
#[io(size = 0x80)]
#[repr(C)]
struct Regs {
    #[io(at = 0x00)]
    id: Ro<Le<u32>>,
    #[io(at = 0x04)]
    word: Le<u32>,
    #[io(at = 0x08)]
    bytes: [u8; 8],
    #[io(at = 0x10)]
    chan: [Chan; 4],
    #[io(at = 0x50)]
    tuple: Outer,
    #[io(at = 0x60)]
    grid: [[Le<u16>; 4]; 2],
    #[io(at = 0x70)]
    long: Le<u64>,
    #[io(at = 0x78)]
    half: Le<u16>,
    #[io(at = 0x7a)]
    byte: u8,
    r#type: u8,
    #[io(at = 0x7c)]
    number: Be<u32>,
}

fn regs() -> Bench<Regs> {
    bench()
}

/// Returns the accesses of `f` to a fresh device.
fn seen(f: impl FnOnce(&Bench<Regs>)) -> Vec<Access> {
    let dev = regs();
    f(&dev);
    log(&dev)
}

/// The offset of the field `bytes`.
const BYTES: usize = 0x8;
