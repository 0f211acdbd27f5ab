//! Accesses that io-core must never make, written by hand: the rules must refuse each.
//!
//! Each mutant is checked against the rule of the probe that it imitates.

use core::sync::atomic::{Ordering::SeqCst, fence};

unsafe extern "C" {
    fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8;
}

/// A descriptor whose ownership word comes last.
#[derive(Clone, Copy)]
#[repr(C)]
struct Descriptor {
    words: [u64; 7],
    owner: u64,
}

/// The obvious way to copy: removed, because the result is not used.
#[unsafe(no_mangle)]
extern "C" fn mutant_copy_dead(ptr: *const u8) {
    let mut private = [0_u8; 16];
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(ptr, private.as_mut_ptr(), 16) };
}

/// Two copies are merged into one.
#[unsafe(no_mangle)]
extern "C" fn mutant_copy_twice(ptr: *const u8) -> bool {
    let (mut first, mut second) = ([0_u8; 16], [0_u8; 16]);
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(ptr, first.as_mut_ptr(), 16) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(ptr, second.as_mut_ptr(), 16) };
    first == second
}

/// A call of `memcpy` by name is not opaque either.
#[unsafe(no_mangle)]
extern "C" fn mutant_memcpy_twice(ptr: *const u8) -> bool {
    let (mut first, mut second) = ([0_u8; 16], [0_u8; 16]);
    // SAFETY: mutants are only compiled, never called.
    unsafe { memcpy(first.as_mut_ptr(), ptr, 16) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { memcpy(second.as_mut_ptr(), ptr, 16) };
    first == second
}

/// Validates the shared bytes, then fetches them again.
#[unsafe(no_mangle)]
extern "C" fn mutant_copy_forward(ptr: *const u8, out: *mut u8) -> bool {
    let mut private = [0_u8; 16];
    // SAFETY: mutants are only compiled, never called.
    unsafe { memcpy(private.as_mut_ptr(), ptr, 16) };
    if private[0] > 8 || private[15] != private[1] {
        return false;
    }
    // SAFETY: mutants are only compiled, never called.
    unsafe { memcpy(out, private.as_ptr(), 16) };
    true
}

/// The first of two values is never stored.
#[unsafe(no_mangle)]
extern "C" fn mutant_copy_write_twice(
    ptr: *mut [u8; 16],
    first: *const [u8; 16],
    second: *const [u8; 16],
) {
    // SAFETY: mutants are only compiled, never called.
    let first = unsafe { first.read() };
    // SAFETY: mutants are only compiled, never called.
    let second = unsafe { second.read() };
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(&raw const first, ptr, 1) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(&raw const second, ptr, 1) };
}

/// A copy of unknown length calls the C library.
#[unsafe(no_mangle)]
extern "C" fn mutant_slice_read(ptr: *const u8, private: *mut u8, len: usize) {
    // SAFETY: mutants are only compiled, never called.
    unsafe { core::ptr::copy_nonoverlapping(ptr, private, len) };
}

/// A volatile aggregate: its fields are stored in an unspecified order.
#[unsafe(no_mangle)]
extern "C" fn mutant_volatile_struct(ptr: *mut u8, private: *const u8) {
    // SAFETY: mutants are only compiled, never called.
    let descriptor = unsafe { private.cast::<Descriptor>().read() };
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.cast::<Descriptor>().write_volatile(descriptor) };
}

/// A fence between processors instead of one for devices.
#[unsafe(no_mangle)]
extern "C" fn mutant_fence() {
    fence(SeqCst);
}

/// An ordered write without its fence.
#[unsafe(no_mangle)]
extern "C" fn mutant_unordered_write(ptr: *mut u32, value: u32) {
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.write_volatile(value) };
}

/// A doorbell that does not wait for the descriptor: even on x86-64, the compiler may move the
/// store to memory after it.
#[unsafe(no_mangle)]
extern "C" fn mutant_doorbell(ptr: *mut u32, descriptor: *mut u32, value: u32) {
    // SAFETY: mutants are only compiled, never called.
    unsafe { descriptor.write(value) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.write_volatile(1) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { descriptor.write(value) };
}

/// A plain volatile load is folded into the instruction that uses it.
#[unsafe(no_mangle)]
extern "C" fn mutant_folded_add(ptr: *const u32, to: u32) -> u32 {
    // SAFETY: mutants are only compiled, never called.
    to.wrapping_add(unsafe { ptr.wrapping_add(5).read_volatile() })
}

/// The same with a bit test in a polling loop.
#[unsafe(no_mangle)]
extern "C" fn mutant_folded_test(ptr: *const u32) {
    // SAFETY: mutants are only compiled, never called.
    while unsafe { ptr.wrapping_add(5).read_volatile() } & 8 == 0 {}
}

/// A volatile loop uses post-indexed addresses on aarch64.
#[unsafe(no_mangle)]
extern "C" fn mutant_loop_write(ptr: *mut u32, value: u32, len: usize) {
    for i in 0..len {
        // SAFETY: mutants are only compiled, never called.
        unsafe { ptr.wrapping_add(i).write_volatile(value) };
    }
}

/// A 128-bit access becomes two accesses, or a pair.
#[unsafe(no_mangle)]
extern "C" fn mutant_wide_write(ptr: *mut u8, low: u64, high: u64) {
    let value = u128::from(low) | u128::from(high) << 64;
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.cast::<u128>().write_volatile(value) };
}

/// Two bytes instead of a 16-bit access.
#[unsafe(no_mangle)]
extern "C" fn mutant_split_write(ptr: *mut u8, value: u16) {
    let [low, high] = value.to_le_bytes();
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.write_volatile(low) };
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.wrapping_add(1).write_volatile(high) };
}

/// An ordinary load: the second reuses the value of the first.
#[unsafe(no_mangle)]
extern "C" fn mutant_two_loads(ptr: *const u32) -> bool {
    // SAFETY: mutants are only compiled, never called.
    let first = unsafe { ptr.wrapping_add(1).read() };
    // SAFETY: mutants are only compiled, never called.
    first == unsafe { ptr.wrapping_add(1).read() }
}

/// An access to the wrong register.
#[unsafe(no_mangle)]
extern "C" fn mutant_wrong_place(ptr: *mut u32, value: u32) {
    // SAFETY: mutants are only compiled, never called.
    unsafe { ptr.wrapping_add(1).write_volatile(value) };
}

/// A copy as a whole, with vector registers where the processor has them.
#[unsafe(no_mangle)]
extern "C" fn mutant_device_read(ptr: *const [u32; 8], private: *mut [u32; 8]) {
    // SAFETY: mutants are only compiled, never called.
    let value = unsafe { ptr.read() };
    // SAFETY: mutants are only compiled, never called.
    unsafe { private.write(value) };
}
