//! Errors, with the numbers that explain them.

use core::{convert::Infallible, error, fmt, time::Duration};

use crate::Width;

/// An error of an access, a copy, a cursor or an allocation. Contains the numbers that explain it,
/// in bytes unless stated otherwise.
///
/// ```
/// use io_mem::{Error, vm::VmReader};
///
/// let error = VmReader::from(&[1, 2][..]).read_val::<u32>().unwrap_err();
/// assert_eq!(error, Error::OutOfRange { offset: 0, size: 4, limit: 2 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The requested bytes are not inside the region.
    OutOfRange {
        /// Offset of the first byte.
        offset: usize,
        /// Number of bytes.
        size: usize,
        /// Size of the region.
        limit: usize,
    },
    /// An address is not a multiple of the alignment that the access requires.
    Misaligned {
        /// The address, or the offset for a backend that counts from zero.
        address: usize,
        /// The required alignment, in bytes.
        align: usize,
    },
    /// Two lengths that must be equal are different (bytes, or elements of slices).
    Length {
        /// The required length.
        expected: usize,
        /// The length that was passed in.
        found: usize,
    },
    /// The bytes of a copy belong to several fields, those of a union or an overlay.
    Shared {
        /// The offset of the first of these bytes.
        offset: usize,
        /// The number of these bytes.
        size: usize,
    },
    /// An index is outside a slice or array.
    Index(OutOfBound),
    /// The condition did not become true in time.
    Timeout(Timeout),
    /// Reads return all ones: the device has been removed.
    Gone,
    /// Memory of this size could not be allocated.
    NoMemory {
        /// The requested size in bytes.
        size: usize,
        /// The requested alignment in bytes.
        align: usize,
    },
    /// An allocation or mapping of 0 bytes was requested.
    Empty,
    /// Two cursors that must be at the same address are at different addresses.
    Apart {
        /// The address of the next byte that the reader reads.
        reader: usize,
        /// The address of the next byte that the writer writes.
        writer: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Error::OutOfRange { offset, size, limit } => {
                write!(f, "offset {offset:#x} + {size} bytes exceeds region of {limit:#x}")
            }
            Error::Misaligned { address, align } => {
                write!(f, "address {address:#x} is not a multiple of {align}")
            }
            Error::Length { expected, found } => {
                write!(f, "length {found} does not match the expected length {expected}")
            }
            Error::Shared { offset, size } => {
                let bytes = if size == 1 { "byte" } else { "bytes" };
                write!(f, "several fields share the {size} {bytes} at offset {offset:#x}: ")?;
                f.write_str("copy one of these fields by name")
            }
            Error::Index(error) => error.fmt(f),
            Error::Timeout(error) => error.fmt(f),
            Error::Gone => f.write_str("the device was removed: reads return all ones"),
            Error::NoMemory { size, align } => {
                write!(f, "allocation of {size:#x} bytes with an alignment of {align} failed")
            }
            Error::Empty => f.write_str("an allocation or mapping must have at least 1 byte"),
            Error::Apart { reader, writer } => {
                write!(f, "the reader is at address {reader:#x}, but the writer is at {writer:#x}")
            }
        }
    }
}

impl error::Error for Error {}

impl From<Infallible> for Error {
    #[inline]
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// An index or range outside its slice or array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBound {
    /// The first requested element.
    pub start: usize,
    /// The index after the last requested element; smaller than `start` for a reversed range.
    pub end: usize,
    /// The number of elements of the slice or array.
    pub len: usize,
}

impl fmt::Display for OutOfBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OutOfBound { start, end, len } = *self;
        if end == start.wrapping_add(1) {
            write!(f, "index out of bounds: the len is {len} but the index is {start}")
        } else if start > len {
            write!(f, "range start index {start} out of range for slice of length {len}")
        } else if end > len {
            write!(f, "range end index {end} out of range for slice of length {len}")
        } else {
            write!(f, "slice index starts at {start} but ends at {end}")
        }
    }
}

impl error::Error for OutOfBound {}

impl From<OutOfBound> for Error {
    #[inline]
    fn from(error: OutOfBound) -> Self {
        Error::Index(error)
    }
}

/// A deadline passed before the condition became true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    /// The time that was spent waiting.
    pub after: Duration,
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timed out after {:?}", self.after)
    }
}

impl error::Error for Timeout {}

impl From<Timeout> for Error {
    #[inline]
    fn from(error: Timeout) -> Self {
        Error::Timeout(error)
    }
}

/// The error of an access by offset, where accesses can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessError<E> {
    /// The place is out of range or misaligned; no access was made.
    Place(Error),
    /// The access failed.
    Io(E),
}

impl<E: fmt::Display> fmt::Display for AccessError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccessError::Place(error) => error.fmt(f),
            AccessError::Io(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> error::Error for AccessError<E> {}

/// The error of a copy, with the number of bytes that were copied.
///
/// `E` is the backend's error. Where accesses cannot fail, it converts to [`Error`].
///
/// ```
/// use io_mem::{CopyError, vm::{VmIo, VmSpan}};
///
/// let mut memory = [0_u8; 4];
/// let error = VmSpan::from_slice(&mut memory).read_bytes(2, &mut [0; 4]).unwrap_err();
/// assert_eq!(error, CopyError::OutOfRange { offset: 2, size: 4, limit: 4 });
/// assert_eq!(error.done(), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyError<E> {
    /// The slice and the view have different lengths; nothing was copied.
    Length {
        /// The number of elements of the view.
        expected: usize,
        /// The number of elements of the slice.
        found: usize,
    },
    /// The address or the size is not a multiple of the access width; nothing was copied.
    Width {
        /// The requested width.
        width: Width,
        /// The address of the first byte.
        address: usize,
        /// The number of bytes to copy.
        size: usize,
    },
    /// The requested bytes are not inside the region; nothing was copied.
    OutOfRange {
        /// The offset of the first byte.
        offset: usize,
        /// The number of bytes to copy.
        size: usize,
        /// The size of the region.
        limit: usize,
    },
    /// The bytes belong to several fields, those of a union or an overlay, so that the width of the
    /// accesses is not defined; nothing was copied.
    Shared {
        /// The offset of the first of these bytes.
        offset: usize,
        /// The number of these bytes.
        size: usize,
    },
    /// An access failed.
    Io {
        /// The backend's error.
        error: E,
        /// The number of bytes copied before the error.
        done: usize,
    },
}

impl<E> CopyError<E> {
    /// Returns the number of bytes copied before the error.
    #[inline]
    pub const fn done(&self) -> usize {
        match self {
            CopyError::Io { done, .. } => *done,
            CopyError::Length { .. }
            | CopyError::Width { .. }
            | CopyError::OutOfRange { .. }
            | CopyError::Shared { .. } => 0,
        }
    }
}

impl<E> CopyError<E> {
    /// Returns the same error as part of a larger copy, of which `bytes` bytes were copied before
    /// this part.
    #[inline]
    #[must_use]
    pub fn after(self, bytes: usize) -> Self {
        match self {
            CopyError::Io { error, done } => CopyError::Io { error, done: bytes + done },
            other => other,
        }
    }
}

impl CopyError<Infallible> {
    #[cold]
    #[track_caller]
    pub(crate) fn fail(self) -> ! {
        panic!("{self}")
    }
}

impl<E: fmt::Display> fmt::Display for CopyError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            CopyError::Length { expected, found } => {
                write!(f, "slice length ({found}) does not match view length ({expected})")
            }
            CopyError::Width { width, address, size } => {
                let (bits, bytes) = (width.bits(), width.bytes());
                if (address | size).is_multiple_of(bytes) {
                    return write!(f, "{bits}-bit accesses are not supported by the backend");
                }
                write!(f, "address {address:#x} and size {size:#x} must be multiples of {bytes} ")?;
                write!(f, "for {bits}-bit accesses")
            }
            CopyError::OutOfRange { offset, size, limit } => {
                Error::OutOfRange { offset, size, limit }.fmt(f)
            }
            CopyError::Shared { offset, size } => Error::Shared { offset, size }.fmt(f),
            CopyError::Io { ref error, done } => write!(f, "{error} after {done} bytes"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> error::Error for CopyError<E> {}

impl From<CopyError<Infallible>> for Error {
    #[inline]
    fn from(error: CopyError<Infallible>) -> Self {
        match error {
            CopyError::Length { expected, found } => Error::Length { expected, found },
            CopyError::OutOfRange { offset, size, limit } => {
                Error::OutOfRange { offset, size, limit }
            }
            CopyError::Width { width, address, .. } => {
                Error::Misaligned { address, align: width.bytes() }
            }
            CopyError::Shared { offset, size } => Error::Shared { offset, size },
        }
    }
}
