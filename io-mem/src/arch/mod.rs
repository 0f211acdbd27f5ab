//! The instructions of each architecture: the only module with `asm!`.
//!
//! Each architecture has a folder: `mod.rs` contains the accesses and barriers, a separate file the
//! copies if they are long, and `faults.rs` the accesses to memory that may fault. Armv7-M and the
//! portable model, which have no recovery table, are one file each. All provide the same items, so
//! that the rest of the crate uses `arch::copy` and names no architecture:
//!
//! * [`Word`] for its integers: exactly one access, relaxed (Linux `readX_relaxed`), also used for
//!   system memory;
//! * `after_device_read` / `before_device_write`: the barriers that turn a relaxed access into
//!   Linux's ordered `readX` / `writeX`;
//! * `barrier`, which issues one of the six barriers of [`Barrier`], and `io_stop_wc`;
//! * `copy` / `fill`: byte-wise, by the blocks of the architecture and the algorithm of
//!   `unaligned.rs` or `aligned.rs`.
//!
//! `faults.rs` provides the blocks and single accesses for the module `fault`, which contains the
//! algorithm.
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
    "io-mem supports x86_64, aarch64, riscv64 and Armv7-M; for another architecture, add its \
     accesses and barriers to io-mem/src/arch"
);

// Miri interprets neither `asm!` nor device memory: only under Miri, the accesses are relaxed
// atomics. (An unsupported architecture uses them too, so that the error above is the only error.)
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
// The reference model for `differential`.
#[cfg(all(test, not(miri)))]
#[expect(dead_code, unreachable_pub, unused_imports, reason = "Miri uses all of it")]
mod portable;
mod word;

// For `asm!` copies it makes no difference which side is shared.
pub use imp::{after_device_read, barrier, before_device_write, copy, fill, io_stop_wc};
#[cfg(not(miri))]
pub use imp::{copy as copy_from, copy as copy_to};
#[cfg(miri)]
pub use imp::{copy_from, copy_to};
pub use word::{Word, copy_from_device, copy_to_device, fill_device};

/// The accesses that a barrier orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barrier {
    /// Orders all earlier accesses before all later ones, including device accesses.
    Mb,
    /// Orders earlier reads before later reads, including device reads.
    Rmb,
    /// Orders earlier writes before later writes, including device writes.
    Wmb,
    /// Orders all accesses to DMA-coherent memory.
    DmaMb,
    /// Orders reads of DMA-coherent memory: between the read of an ownership bit and the reads of
    /// the descriptor.
    DmaRmb,
    /// Orders writes to DMA-coherent memory: between the writes of a descriptor and the write of
    /// its ownership bit.
    DmaWmb,
}

impl Barrier {
    /// Issues the barrier. Backends over real memory call this.
    #[inline(always)]
    pub fn issue(self) {
        barrier(self);
    }
}

/// Makes the memory at `ptr` visible to others: from this call on, the compiler must assume that
/// others read and write it at every ordered access and barrier. After this
/// call, earlier writes through references are in memory.
#[inline(always)]
pub fn escape(ptr: *mut u8) {
    #[cfg(not(miri))]
    // SAFETY: contains no instruction. Without `nomem` it clobbers memory, and the pointer escapes
    // because it is an operand.
    unsafe {
        core::arch::asm!("/* {0} */", in(reg) ptr, options(nostack, preserves_flags));
    }
    // Miri executes in program order and does not cache values.
    #[cfg(miri)]
    let _ = ptr;
}
