//! Cursors for memory that is shared with untrusted parties, or that may fault.
//!
//! [`VmReader`] and [`VmWriter`] are cursors over raw memory: memory of a kernel, a user, a guest
//! or a mapped file. Their type states whether an access may fault:
//!
//! | memory | `read_val` returns | copies return | example |
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
//! accesses are one instruction each. Values have the processor's byte order; for other byte
//! orders, use the value types `Le` and `Be`. Accesses that are out of range or misaligned return
//! errors; only `skip` panics, and `try_skip` is its variant without panics.
//!
//! [`VmIo`] and the related traits are the same accesses by offset, for objects.
//!
//! A [`VmSpan`] is a handle to such memory that can be copied. A `Mapping` (Linux, feature `std`)
//! owns mapped memory of the program or of a file.
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
