//! Memory that untrusted parties share, or that may fault, read and written front to back.
//!
//! [`VmReader`] and [`VmWriter`] are cursors over raw memory: a kernel's own, a user's, a guest's, a
//! mapped file's. Whether an access may fault is in their type:
//!
//! | memory | `read_val` gives | copies give | example |
//! |---|---|---|---|
//! | [`Infallible`] | `Result<T, Error>` | `usize` | a `&[u8]`, a [`SharedPage`] |
//! | [`Fallible<B>`](Fallible) | `Result<T, AccessError<Fault>>` | `Result<usize, CopyError<Fault>>` | a user's buffer |
//!
//! ```
//! use io_mem::vm::{VmReader, VmWriter};
//!
//! let packet = [2, 0, b'h', b'i', b'!'];
//! let mut reader = VmReader::from(&packet[..]);
//! let len = u16::from_le(reader.read_val()?);
//! let mut text = [0; 8];
//! let copied = reader.limit(len.into()).read(&mut VmWriter::from(&mut text[..]));
//! assert_eq!(&text[..copied], b"hi");
//! # Ok::<(), io_mem::Error>(())
//! ```
//!
//! Copies are byte-wise ([`bytewise`](crate::bytewise)); `read_once`, `write_once` and the atomic
//! accesses are one instruction each. Values cross in the processor's byte order; `Le` and `Be` are
//! values, too. Out of range and misaligned are errors; only `skip` panics, beside `try_skip`.
//!
//! [`VmIo`] and its kin are the same by offset, for objects.
//!
//! A [`VmSpan`] is such memory as a handle that can be copied. A program's `Mapping` (Linux, feature
//! `std`) owns memory of its own or of a file.
//!
//! Source of the semantics: the module `mm::io` of Asterinas' OSTD.

mod access;
mod atomic;
mod cursor;
#[cfg(feature = "std")]
mod file;
mod io;
#[cfg(all(feature = "std", target_os = "linux"))]
mod mapping;
mod memory;
mod object;
#[cfg(feature = "alloc")]
mod page;
mod pod;
mod reader;
mod span;
mod writer;

pub use access::WordAccess;
#[cfg(feature = "std")]
pub use file::VmFile;
pub use io::{VmIo, VmIoFill, VmIoOnce};
#[cfg(all(feature = "std", target_os = "linux"))]
pub use mapping::Mapping;
pub use memory::{
    CopyInto, CountOutput, Fallible, Infallible, MemoryKind, NeverFaults, PlaceErrorOf,
};
pub use object::HasVmReaderWriter;
#[cfg(feature = "alloc")]
pub use page::SharedPage;
pub use pod::{Pod, PodAtomic, PodOnce};
pub use reader::VmReader;
pub use span::VmSpan;
pub use writer::VmWriter;
