//! Barriers for memory and devices, with Linux's names and instructions.
//!
//! These free functions order *real* memory. Code that has a view should use the view's methods
//! (`Io::dma_wmb` of io-core and related methods), which a recorder or a simulated device can
//! observe.
//!
//! | function | x86-64 | aarch64 | riscv64 | Armv7-M |
//! |---|---|---|---|---|
//! | [`mb`] | `mfence` | `dsb sy` | `fence iorw, iorw` | `dsb sy` |
//! | [`rmb`] | `lfence` | `dsb ld` | `fence ir, ir` | `dsb sy` |
//! | [`wmb`] | `sfence` | `dsb st` | `fence ow, ow` | `dsb sy` |
//! | [`dma_mb`] | `mfence` | `dmb osh` | `fence iorw, iorw` | `dmb sy` |
//! | [`dma_rmb`] | compiler only | `dmb oshld` | `fence ir, ir` | `dmb sy` |
//! | [`dma_wmb`] | compiler only | `dmb oshst` | `fence ow, ow` | `dmb sy` |
//! | [`io_stop_wc`] | none | `dgh` | none | none |
//!
//! Source: Linux `Documentation/memory-barriers.txt`. `core::sync::atomic::fence` is not a
//! substitute: on aarch64 it covers only the inner shareable domain, and on RISC-V it does not
//! include the I/O sets.
//!
//! ```
//! use io_mem::barrier;
//!
//! // … fill a descriptor, then publish it:
//! barrier::dma_wmb();
//! // … set the descriptor's ownership bit.
//! ```

use core::fmt;

use crate::arch;

pub use crate::arch::Barrier;

macro_rules! barriers {
    ($($(#[$doc:meta])+ $name:ident $kind:ident;)+) => {$(
        $(#[$doc])+
        #[inline(always)]
        pub fn $name() {
            arch::barrier(Barrier::$kind);
        }
    )+

    /// Formats the name of the function: `dma_wmb`.
    impl fmt::Display for Barrier {
        #[inline]
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                $(Barrier::$kind => stringify!($name),)+
            })
        }
    }};
}

barriers! {
    /// Full barrier: orders all earlier accesses before all later ones, including device accesses.
    mb Mb;
    /// Read barrier: orders earlier reads before later reads, including device reads.
    rmb Rmb;
    /// Write barrier: orders earlier writes before later writes, including device writes.
    wmb Wmb;
    /// Full barrier for DMA-coherent memory: orders all earlier accesses to it before all later
    /// ones.
    dma_mb DmaMb;
    /// Read barrier for DMA-coherent memory: between the read of an ownership bit and the reads of
    /// the descriptor.
    dma_rmb DmaRmb;
    /// Write barrier for DMA-coherent memory: between the writes of a descriptor and the write of
    /// its ownership bit.
    dma_wmb DmaWmb;
}

/// Prevents earlier write-combining writes from being merged with later ones, and lets them be
/// issued soon: `dgh` on aarch64. This is a hint; on processors without such a hint, the function
/// does nothing.
///
/// Source: Linux `Documentation/memory-barriers.txt`, `io_stop_wc`.
#[doc(alias = "dgh")]
#[inline(always)]
pub fn io_stop_wc() {
    arch::io_stop_wc();
}
