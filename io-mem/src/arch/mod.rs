//! Which instructions run: one file an architecture, the only module with `asm!`.
//!
//! Every file provides the same items, so that the rest of the crate names
//! `arch::copy` and never an architecture:
//!
//! * [`Word`] for its integers: exactly one access, relaxed (Linux
//!   `readX_relaxed`), also used for system memory;
//! * `after_device_read` / `before_device_write`: what turns a relaxed access
//!   into Linux' ordered `readX` / `writeX`;
//! * `copy` / `fill`: byte-wise, by the blocks of the file and the algorithm of
//!   `unaligned.rs` or `aligned.rs`;
//! * `fault`: the same for memory that may fault;
//! * `barrier`: the six barriers of [`Barrier`](crate::barrier::Barrier).
//!
//! Sources: Linux `Documentation/memory-barriers.txt` ("Kernel I/O barrier
//! effects") and the `io.h`/`barrier.h` of each architecture.

// Miri interprets neither `asm!` nor device memory: there, and only there, the
// accesses are relaxed atomics.
#[cfg_attr(miri, path = "portable/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "x86_64"), path = "x86_64/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "aarch64"), path = "aarch64/mod.rs")]
#[cfg_attr(all(not(miri), target_arch = "riscv64"), path = "riscv64.rs")]
#[cfg_attr(all(not(miri), target_arch = "arm"), path = "armv7m.rs")]
#[cfg_attr(
    not(any(
        miri,
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64",
        target_arch = "arm"
    )),
    path = "unsupported.rs"
)]
mod imp;

#[cfg(not(miri))]
mod block;
#[cfg(all(
    not(miri),
    any(
        target_arch = "riscv64",
        target_arch = "arm",
        all(target_arch = "aarch64", target_os = "none")
    )
))]
mod byte_loop;
mod device;
#[cfg(all(test, not(miri)))]
mod differential;
mod escape;
pub(crate) mod fault;
// The reference for `differential`.
#[cfg(all(test, not(miri)))]
#[expect(dead_code, unreachable_pub, unused_imports, reason = "public and complete for Miri")]
mod portable;
mod word;

pub use device::{copy_from_device, copy_to_device, fill_device};
pub use escape::escape;
// In instructions of ours it makes no difference which side is shared.
pub use imp::{after_device_read, barrier, before_device_write, copy, fill, io_stop_wc};
#[cfg(not(miri))]
pub use imp::{copy as copy_from, copy as copy_to};
#[cfg(miri)]
pub use imp::{copy_from, copy_to};
pub use word::Word;

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
