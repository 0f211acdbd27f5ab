//! Telling the compiler that a device knows an address.

/// From here on the compiler must assume that others read and write the memory
/// behind `ptr` at every ordered access and barrier; what was written to it by
/// reference before is in memory.
#[inline(always)]
pub fn escape(ptr: *mut u8) {
    #[cfg(not(miri))]
    // SAFETY: no instruction; without `nomem` it clobbers memory, and as its
    // operand the pointer has escaped.
    unsafe {
        core::arch::asm!("/* {0} */", in(reg) ptr, options(nostack, preserves_flags));
    }
    // Miri executes in program order and forgets nothing.
    #[cfg(miri)]
    let _ = ptr;
}
