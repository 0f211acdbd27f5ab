//! Which instructions run: the only module with `asm!`.
//!
//! Each architecture has a folder: `mod.rs` with the accesses and barriers, a file for the copies
//! if they are long, and `faults.rs` for memory that may fault. Armv7-M and the portable model,
//! which have no recovery table, are one file each. All provide the same items, so that the rest of
//! the crate names `arch::copy` and never an architecture:
//!
//! * [`Word`] for its integers: exactly one access, relaxed (Linux `readX_relaxed`), also used for
//!   system memory;
//! * `after_device_read` / `before_device_write`: what turns a relaxed access into Linux' ordered
//!   `readX` / `writeX`;
//! * `barrier`, the six barriers of [`Barrier`], and `io_stop_wc`;
//! * `copy` / `fill`: byte-wise, by the blocks of the architecture and the algorithm of
//!   `unaligned.rs` or `aligned.rs`.
//!
//! `faults.rs` provides the blocks and single accesses of `fault`, which has the algorithm.
//!
//! Sources: Linux `Documentation/memory-barriers.txt` ("Kernel I/O barrier effects") and the
//! `io.h`/`barrier.h` of each architecture.

#[cfg(not(any(
    miri,
    target_arch = "x86_64",
    target_arch = "aarch64",
    target_arch = "riscv64",
    target_arch = "arm"
)))]
compile_error!(
    "io-mem knows the accesses and barriers of x86_64, aarch64, riscv64 and Armv7-M; \
     for another architecture add a file to io-mem/src/arch"
);

// Miri interprets neither `asm!` nor device memory: there, and only there, the
// accesses are relaxed atomics. (An unknown architecture has them too, so that the
// error above is the only one.)
#[cfg_attr(all(not(miri), target_arch = "x86_64"), path = "x86_64/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "aarch64"), path = "aarch64/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "riscv64"), path = "riscv64/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "arm"), path = "armv7m.rs")]
#[cfg_attr(
    any(
        miri,
        not(any(
            target_arch = "x86_64",
            target_arch = "aarch64",
            target_arch = "riscv64",
            target_arch = "arm"
        ))
    ),
    path = "portable.rs"
)]
mod imp;

#[cfg(not(miri))]
mod blocks;
#[cfg(all(test, not(miri)))]
mod differential;
pub(crate) mod fault;
// The reference for `differential`.
#[cfg(all(test, not(miri)))]
#[expect(dead_code, unreachable_pub, unused_imports, reason = "public and complete for Miri")]
mod portable;
mod word;

// In instructions of ours it makes no difference which side is shared.
pub use imp::{after_device_read, barrier, before_device_write, copy, fill, io_stop_wc};
#[cfg(not(miri))]
pub use imp::{copy as copy_from, copy as copy_to};
#[cfg(miri)]
pub use imp::{copy_from, copy_to};
pub use word::{Word, copy_from_device, copy_to_device, fill_device};

/// Which accesses a barrier orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barrier {
    /// Everything before against everything after, devices included.
    Mb,
    /// Reads before against reads after, devices included.
    Rmb,
    /// Writes before against writes after, devices included.
    Wmb,
    /// Everything, among accesses to DMA-coherent memory.
    DmaMb,
    /// Reads of DMA-coherent memory: between "the device is done" and the rest.
    DmaRmb,
    /// Writes of DMA-coherent memory: between a descriptor and its owner bit.
    DmaWmb,
}

impl Barrier {
    /// Issues the barrier: what a backend over real memory does when asked.
    #[inline(always)]
    pub fn issue(self) {
        barrier(self);
    }
}

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
