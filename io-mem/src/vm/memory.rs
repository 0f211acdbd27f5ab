//! The kinds of memory: memory that does not fault, and memory that may fault.

use core::{convert, fmt, marker::PhantomData};

use crate::{
    CopyError, ErrorMode, arch,
    fault::{Fault, FaultBackend, RecoveryTable},
};

mod sealed {
    pub trait Sealed {}
}

/// Memory that does not fault.
#[derive(Debug)]
pub enum Infallible {}

/// Memory that may fault, accessed through `B`.
///
/// ```
/// use io_mem::{AccessError, fault::Fault, vm::{Fallible, VmReader}};
///
/// /// Returns the first word of a user's buffer.
/// fn word(buffer: &mut VmReader<'_, Fallible>) -> Result<u32, AccessError<Fault>> {
///     buffer.read_val()
/// }
///
/// // Memory that does not fault can be passed, too.
/// let mut buffer = VmReader::from(&[0xff; 4][..]).to_fallible();
/// assert_eq!(word(&mut buffer), Ok(u32::MAX));
/// ```
pub struct Fallible<B: FaultBackend = RecoveryTable> {
    _never: convert::Infallible,
    _backend: PhantomData<B>,
}

impl<B: FaultBackend> fmt::Debug for Fallible<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fallible")
    }
}

/// [`Infallible`] or [`Fallible`]. Sealed.
pub trait MemoryKind: sealed::Sealed + 'static {
    /// The error mode: whether accesses can fail.
    type Fail: ErrorMode;
    /// The backend that accesses this memory where it is treated as memory that may fault.
    type Backend: FaultBackend;

    /// Copies `len` bytes, where one or both sides are memory of this kind.
    ///
    /// # Errors
    ///
    /// * The fault, and the number of bytes before it.
    ///
    /// # Safety
    ///
    /// * The requirements of [`FaultBackend::copy`] must hold.
    /// * [`Infallible`] memory must not fault.
    #[doc(hidden)]
    unsafe fn copy(
        dst: *mut u8,
        src: *const u8,
        len: usize,
    ) -> Result<(), Stop<<Self::Fail as ErrorMode>::Error>>;

    /// Stores `byte` to `len` bytes.
    ///
    /// # Errors
    ///
    /// * The fault, and the number of bytes before it.
    ///
    /// # Safety
    ///
    /// * The requirements of [`FaultBackend::fill`] must hold.
    /// * [`Infallible`] memory must not fault.
    #[doc(hidden)]
    unsafe fn fill(
        dst: *mut u8,
        byte: u8,
        len: usize,
    ) -> Result<(), Stop<<Self::Fail as ErrorMode>::Error>>;
}

/// Memory that does not fault: [`Infallible`]. Sealed.
///
/// Copies between such memory cannot fail: [`read`](super::VmReader::read) and
/// [`write`](super::VmWriter::write).
#[diagnostic::on_unimplemented(
    message = "memory of the kind `{Self}` may fault, but this copy cannot report a fault",
    label = "may fault",
    note = "if one side may fault, use `read_fallible` or `write_fallible`, which return a `Result`"
)]
pub trait NeverFaults: MemoryKind<Fail = convert::Infallible> {}

impl NeverFaults for Infallible {}

/// Memory that can be copied to memory of the kind `D`, where one of them may fault. Sealed.
///
/// If both may fault, they must have the same backend.
///
/// ```
/// use io_mem::{CopyError, fault::Fault, vm::{CopyInto, Fallible, MemoryKind, VmReader, VmWriter}};
///
/// /// Copies from a reader of any kind.
/// fn reply<K>(text: &mut VmReader<'_, K>, user: &mut VmWriter<'_>) -> Result<usize, CopyError<Fault>>
/// where
///     K: CopyInto<Fallible>,
/// {
///     text.read_fallible(user)
/// }
///
/// let mut buffer = [0; 8];
/// let mut user = VmWriter::from(&mut buffer[..]).to_fallible();
/// assert_eq!(reply(&mut VmReader::from(&b"yes"[..]), &mut user), Ok(3));
/// ```
///
/// Between memory that does not fault, [`read`](super::VmReader::read) copies:
///
/// ```compile_fail,E0277
/// # use io_mem::vm::{VmReader, VmWriter};
/// let mut buffer = [0; 8];
/// let _ = VmReader::from(&b"yes"[..]).read_fallible(&mut VmWriter::from(&mut buffer[..]));
/// ```
#[diagnostic::on_unimplemented(
    message = "no fallible copy from memory of the kind `{Self}` into memory of the kind `{D}`",
    label = "no fallible copy between these cursors",
    note = "between two `Infallible` cursors nothing can fault: use `read` or `write`, or convert one \
            with `to_fallible`",
    note = "two `Fallible` cursors must have the same backend: see `to_fallible_with`"
)]
pub trait CopyInto<D: MemoryKind>: MemoryKind {
    /// The kind that performs the copy: the kind that may fault.
    type Through: MemoryKind<Fail = crate::MayFail<Fault>>;
}

impl<B: FaultBackend> CopyInto<Fallible<B>> for Fallible<B> {
    type Through = Self;
}

impl<B: FaultBackend> CopyInto<Infallible> for Fallible<B> {
    type Through = Self;
}

impl<B: FaultBackend> CopyInto<Fallible<B>> for Infallible {
    type Through = Fallible<B>;
}

// Never applies. With a second impl for `Infallible`, rustc does not infer from the only one that
// the other cursor must be fallible, and reports the missing impl instead of a mismatched type.
#[diagnostic::do_not_recommend]
impl<D: NeverFaults + NeverMet> CopyInto<D> for Infallible {
    type Through = Fallible;
}

/// A condition that no kind of memory meets.
pub trait NeverMet {}

impl NeverMet for () {}

/// The error of one access of `K`: [`Error`](crate::Error), or
/// [`AccessError<Fault>`](crate::AccessError) if `K` may fault.
pub type PlaceErrorOf<K> = <<K as MemoryKind>::Fail as ErrorMode>::PlaceError;

/// The number of bytes of a copy or fill of `K`: `usize`, or `Result<usize, CopyError<Fault>>` if
/// `K` may fault.
pub type CountOutput<K> = <<K as MemoryKind>::Fail as ErrorMode>::CopyOutput<usize>;

pub(super) type FaultOf<K> = <<K as MemoryKind>::Fail as ErrorMode>::Error;

/// The error of a copy that ended early.
#[derive(Debug)]
pub struct Stop<E> {
    pub(super) error: E,
    pub(super) done: usize,
}

impl<E> From<Stop<E>> for CopyError<E> {
    #[inline(always)]
    fn from(stop: Stop<E>) -> Self {
        CopyError::Io { error: stop.error, done: stop.done }
    }
}

impl sealed::Sealed for Infallible {}
impl MemoryKind for Infallible {
    type Fail = convert::Infallible;
    type Backend = RecoveryTable;

    #[inline(always)]
    unsafe fn copy(
        dst: *mut u8,
        src: *const u8,
        len: usize,
    ) -> Result<(), Stop<convert::Infallible>> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { arch::copy(dst, src, len) };
        Ok(())
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> Result<(), Stop<convert::Infallible>> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { arch::fill(dst, byte, len) };
        Ok(())
    }
}

impl<B: FaultBackend> sealed::Sealed for Fallible<B> {}
impl<B: FaultBackend> MemoryKind for Fallible<B> {
    type Fail = crate::MayFail<Fault>;
    type Backend = B;

    #[inline(always)]
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> Result<(), Stop<Fault>> {
        // SAFETY: the caller guarantees what the callee requires.
        count(unsafe { B::copy(dst, src, len) }, len)
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> Result<(), Stop<Fault>> {
        // SAFETY: the caller guarantees what the callee requires.
        count(unsafe { B::fill(dst, byte, len) }, len)
    }
}

/// Converts a backend's count to a result.
#[inline(always)]
fn count(done: usize, len: usize) -> Result<(), Stop<Fault>> {
    if done < len { Err(Stop { error: Fault, done }) } else { Ok(()) }
}
