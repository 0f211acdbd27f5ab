//! Located registers: in constants, and in variables after an index that is known at run time, each
//! with a handwritten twin.

use io_core::{A4, Loc, LocArray, Region, RelaxedMmio, loc, prelude::*};

use crate::{twin, views};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
    data: [u32; 7],
}

const CHAN: Loc<Bar, Chan> = Loc::at(0x200);
const SCRATCH: Loc<Bar, [u32; 64]> = Loc::at(0x400);
const STATUS: Loc<Bar, u32> = loc!(CHAN, .data[2]);
const BELLS: LocArray<Bar, Wo<u32>, 8> = LocArray::at(0x800, 0x40);

fn bar<'a>(ptr: *mut u8) -> RelaxedMmio<'a, Bar> {
    views::relaxed(Bar::ptr_from_raw_parts_mut(ptr, 0x1000))
}

/// The place `offset` bytes from the start.
fn place(ptr: *mut u8, offset: usize) -> *mut u32 {
    ptr.wrapping_add(offset).cast()
}

#[unsafe(no_mangle)]
extern "C" fn probe_loc_read(ptr: *mut u8) -> u32 {
    bar(ptr).read(STATUS)
}

#[unsafe(no_mangle)]
extern "C" fn twin_loc_read(ptr: *mut u8) -> u32 {
    // SAFETY: twins are only compiled, never called; a caller would have to guarantee this.
    unsafe { twin::relaxed::w32::read(place(ptr, 0x20c)) }
}

#[unsafe(no_mangle)]
extern "C" fn probe_loc_write_element(ptr: *mut u8, index: usize, value: u32) -> bool {
    let Some(word) = SCRATCH.get(index) else { return false };
    bar(ptr).at(word).write_val(value);
    true
}

#[unsafe(no_mangle)]
extern "C" fn twin_loc_write_element(ptr: *mut u8, index: usize, value: u32) -> bool {
    if index >= 64 {
        return false;
    }
    // SAFETY: twins are only compiled, never called; a caller would have to guarantee this.
    unsafe { twin::relaxed::w32::write(place(ptr, 0x400 + index * 4), value) }
    true
}

#[unsafe(no_mangle)]
extern "C" fn probe_loc_write_strided(ptr: *mut u8, index: usize, value: u32) -> bool {
    let Some(bell) = BELLS.get(index) else { return false };
    io_write!(bar(ptr), build: bell, value);
    true
}

#[unsafe(no_mangle)]
extern "C" fn twin_loc_write_strided(ptr: *mut u8, index: usize, value: u32) -> bool {
    if index >= 8 {
        return false;
    }
    // SAFETY: twins are only compiled, never called; a caller would have to guarantee this.
    unsafe { twin::relaxed::w32::write(place(ptr, 0x800 + index * 0x40), value) }
    true
}
