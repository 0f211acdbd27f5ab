//! The contract of accesses that survive a fault.

use core::{error, fmt};

use super::Fault;

/// Copies of memory that may fault.
///
/// A backend is a type without values, as those of views are. It decides how memory is accessed and
/// how a fault is found out; what it must not do is to lose count.
///
/// It also decides whether a fault may be waited for. A kernel has two backends for a user's memory:
/// one whose faults its handler may mend, and one that tells the handler not to, around each access
/// (Linux: `pagefault_disable`). What runs under a spin lock or with interrupts off takes cursors of
/// the second, `VmReader<'_, Fallible<NoWait>>`; one of the first does not compile there.
///
/// # Safety
///
/// * The number returned is at most `len`, and is `len` if nothing faulted.
/// * So many bytes, the first ones, are copied or filled: each is stored once. Nothing behind them
///   is stored to.
/// * Each byte is accessed as if by a relaxed `AtomicU8`, and a byte that was loaded and stored is
///   the same: what is behind a fault may be loaded, but then it is not used.
/// * Nothing panics or unwinds.
pub unsafe trait FaultBackend: 'static {
    /// Copies `len` bytes, up to the first that cannot be loaded or stored.
    ///
    /// Returns how many bytes were copied.
    ///
    /// # Safety
    ///
    /// * For each byte of the two places a load or store is allowed, or faults.
    /// * What of them does not fault is accessed meanwhile neither by Rust's own atomics of another
    ///   width than a byte, nor by reference: nobody stores to it, or loads from `dst`.
    /// * The two do not overlap.
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize;

    /// Stores `byte` to `len` bytes, up to the first that cannot be stored.
    ///
    /// Returns how many bytes were stored.
    ///
    /// # Safety
    ///
    /// As [`copy`](Self::copy), for `dst`.
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize;
}

/// Single accesses to memory that may fault, of the width of `W`.
///
/// One implementation a width, as with io-core's `IoCapable`. Whether it faulted is said
/// apart from the value: every value may be in memory.
///
/// # Safety
///
/// An access is one access of this width, atomic and relaxed. On an error nothing was stored.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no single accesses of this width",
    label = "only copies and fills",
    note = "a backend has `unsafe impl FaultAtomic<u32> for {Self}`, and so on, for each width that \
            it can access at once"
)]
pub unsafe trait FaultAtomic<W>: FaultBackend {
    /// One load.
    ///
    /// # Errors
    ///
    /// [`Fault`] if it faulted.
    ///
    /// # Safety
    ///
    /// * `ptr` is a multiple of the size of `W`.
    /// * A load there is allowed, or faults; if it does not, the bytes are accessed meanwhile by
    ///   this width alone, and never by reference.
    unsafe fn load(ptr: *const W) -> Result<W, Fault>;

    /// One store.
    ///
    /// # Errors
    ///
    /// [`Fault`] if it faulted.
    ///
    /// # Safety
    ///
    /// As [`load`](Self::load), for a store.
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault>;

    /// Stores `new` if `old` is there, and returns what was there: `old` if it was stored.
    ///
    /// Memory that can only be read is a fault if `old` is there; if not, that depends on the
    /// architecture.
    ///
    /// # Errors
    ///
    /// [`Fault`] if it faulted.
    ///
    /// # Safety
    ///
    /// As [`load`](Self::load), for a load and a store.
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault>;
}

/// The widest single access of this target.
#[cfg(target_pointer_width = "64")]
type Widest = u64;
#[cfg(not(target_pointer_width = "64"))]
type Widest = u32;

/// Single accesses of every width that this target has: 8, 16 and 32 bits, and 64 where pointers
/// are so wide. Every backend that has them has this.
pub trait FaultWords:
    FaultAtomic<u8> + FaultAtomic<u16> + FaultAtomic<u32> + FaultAtomic<Widest>
{
}

impl<B> FaultWords for B where
    B: FaultAtomic<u8> + FaultAtomic<u16> + FaultAtomic<u32> + FaultAtomic<Widest>
{
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the memory cannot be accessed")
    }
}

impl error::Error for Fault {}
