//! The accesses of the table "Instructions" in the README. `cargo xtask codegen` compares the
//! table with the code of these functions.
//!
//! The only functions that are also compiled for Armv7-M, where no rule checks them.

use io_core::prelude::*;

/// A register or a word of memory.
#[derive(IoStruct)]
#[repr(C)]
struct Block {
    word: u32,
}

/// A descriptor that is handed over by its ownership field.
#[derive(IoStruct)]
#[repr(C)]
struct Descriptor {
    len: u32,
    #[io(own_bit)]
    flags: OwnBit<u32>,
}

#[inline(always)]
fn registers<'a>(ptr: *mut Block) -> Mmio<'a, Block> {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(ptr)) }
}

#[inline(always)]
fn memory<'a, T>(ptr: *mut T) -> SysMem<'a, T> {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { SysMem::new(ptr) }
}

#[unsafe(no_mangle)]
extern "C" fn shown_ordered_read(ptr: *mut Block) -> u32 {
    io_read!(registers(ptr), .word)
}

#[unsafe(no_mangle)]
extern "C" fn shown_ordered_write(ptr: *mut Block, value: u32) {
    io_write!(registers(ptr), .word, value);
}

#[unsafe(no_mangle)]
extern "C" fn shown_ordered_update(ptr: *mut Block) {
    io_update!(registers(ptr), .word, |value| value | 1);
}

#[unsafe(no_mangle)]
extern "C" fn shown_relaxed_read(ptr: *mut Block) -> u32 {
    io_read!(registers(ptr).relaxed(), .word)
}

#[unsafe(no_mangle)]
extern "C" fn shown_relaxed_write(ptr: *mut Block, value: u32) {
    io_write!(registers(ptr).relaxed(), .word, value);
}

#[unsafe(no_mangle)]
extern "C" fn shown_memory_read(ptr: *mut Block) -> u32 {
    io_read!(memory(ptr), .word)
}

#[unsafe(no_mangle)]
extern "C" fn shown_memory_write(ptr: *mut Block, value: u32) {
    io_write!(memory(ptr), .word, value);
}

#[unsafe(no_mangle)]
extern "C" fn shown_publish(ptr: *mut Descriptor, len: u32, flags: u32) {
    memory(ptr).publish_with(flags, |descriptor| io_write!(descriptor, .len, len));
}

#[unsafe(no_mangle)]
extern "C" fn shown_dma_wmb(ptr: *mut Block) {
    memory(ptr).dma_wmb();
}

#[unsafe(no_mangle)]
extern "C" fn shown_dma_rmb(ptr: *mut Block) {
    memory(ptr).dma_rmb();
}

#[unsafe(no_mangle)]
extern "C" fn shown_wmb(ptr: *mut Block) {
    memory(ptr).wmb();
}
