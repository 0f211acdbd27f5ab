//! The traits of backends whose accesses recover from faults.

use core::{error, fmt};

use super::Fault;

/// A type that copies and fills memory that may fault.
///
/// A backend is a type without values, like the backends of views. It determines how memory is
/// accessed and how a fault is detected. It must report the exact number of bytes.
///
/// It also determines whether an access may wait for a page. A kernel has two backends for user
/// memory: one whose faults its handler may resolve, and one that disables the handling of page
/// faults around each access (Linux: `pagefault_disable`). Code that runs under a spin lock or with
/// interrupts disabled takes cursors of the second backend, `VmReader<'_, Fallible<NoWait>>`; a
/// cursor of the first backend does not compile there.
///
/// # Safety
///
/// * The returned number must be at most `len`, and must be `len` if no access faulted.
/// * Exactly the first *n* bytes must be copied or filled, each by one store, where *n* is the
///   returned number. No byte after them may be stored to.
/// * Each byte must be accessed as if by a relaxed `AtomicU8`, and the stored byte must be the byte
///   that was loaded. Bytes after a fault may be loaded, but must not be used.
/// * The functions must not panic or unwind.
#[doc(alias("pagefault_disable", "copy_from_user_nofault"))]
pub unsafe trait FaultBackend: 'static {
    /// Copies `len` bytes, up to the first byte that cannot be loaded or stored.
    ///
    /// Returns the number of bytes copied.
    ///
    /// # Safety
    ///
    /// For the duration of the call:
    ///
    /// * A load of each byte of `src` and a store to each byte of `dst` must be permitted, or must
    ///   raise a fault that this backend recovers from.
    /// * Bytes of `src` that do not fault must not be stored to through references, or by Rust
    ///   atomics other than `AtomicU8`.
    /// * Bytes of `dst` that do not fault must not be accessed through references, or by Rust
    ///   atomics other than `AtomicU8`.
    /// * Stores of other Rust code to `src`, and its accesses to `dst`, must not race with the copy,
    ///   unless they are atomic.
    /// * `src` and `dst` must not overlap.
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize;

    /// Stores `byte` to `len` bytes, up to the first byte that cannot be stored.
    ///
    /// Returns the number of bytes stored.
    ///
    /// # Safety
    ///
    /// The requirements of [`copy`](Self::copy) for `dst` must hold.
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize;
}

/// Single accesses of the width of `W` to memory that may fault.
///
/// A backend has one implementation for each width, as with io-core's `IoCapable`. A fault is
/// reported separately from the value, since memory may contain any value.
///
/// # Safety
///
/// * Each access must be a single access of this width, atomic and relaxed.
/// * If a function returns an error, it must not have stored anything.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no single accesses of this width",
    label = "no single access of this width",
    note = "the backend must implement `FaultAtomic<W>` for the integer `W` of this width; \
            without single accesses, only copies and fills are possible"
)]
pub unsafe trait FaultAtomic<W>: FaultBackend {
    /// Loads a value by one access.
    ///
    /// # Errors
    ///
    /// * [`Fault`] if the access faulted.
    ///
    /// # Safety
    ///
    /// * `ptr` must be a multiple of the size of `W`.
    /// * A load of this width must be permitted, or must raise a fault that this backend recovers
    ///   from.
    /// * If the load does not fault, the bytes must not be stored to through references, or by
    ///   accesses of another width, for the duration of the call. A backend may permit stores of
    ///   other widths; [`RecoveryTable`](super::RecoveryTable) documents when it does.
    /// * Stores of other Rust code must not race with the load, unless they are atomic.
    unsafe fn load(ptr: *const W) -> Result<W, Fault>;

    /// Stores a value by one access.
    ///
    /// # Errors
    ///
    /// * [`Fault`] if the access faulted.
    ///
    /// # Safety
    ///
    /// * `ptr` must be a multiple of the size of `W`.
    /// * A store of this width must be permitted, or must raise a fault that this backend recovers
    ///   from.
    /// * If the store does not fault, the bytes must not be accessed through references, or by
    ///   accesses of another width, for the duration of the call. A backend may permit accesses of
    ///   other widths; [`RecoveryTable`](super::RecoveryTable) documents when it does.
    /// * Accesses of other Rust code must not race with the store, unless they are atomic.
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault>;

    /// Stores `new` if the current value is `old`. Returns the previous value, which is `old` if
    /// `new` was stored.
    ///
    /// On read-only memory the access faults if the current value is `old`; if it is not, whether
    /// the access faults depends on the architecture.
    ///
    /// # Errors
    ///
    /// * [`Fault`] if the access faulted.
    ///
    /// # Safety
    ///
    /// The requirements of [`store`](Self::store) must hold, for a load and a store.
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault>;
}

/// The widest single access of this target.
#[cfg(target_pointer_width = "64")]
type Widest = u64;
#[cfg(not(target_pointer_width = "64"))]
type Widest = u32;

/// Single accesses of every width that this target has: 8, 16 and 32 bits, and 64 bits where
/// pointers have 64 bits. Implemented for every backend that has all of these accesses.
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
        f.write_str("memory access faulted")
    }
}

impl error::Error for Fault {}
