//! Pages that can be made absent: the last 2 MiB of the lower half of the address space.
//!
//! Their contents are also accessible at the addresses of their frames, which are always mapped, so
//! that a test can check them in any state of the page. Neither range contains Rust objects.

use core::{
    ops::Range,
    ptr::with_exposed_provenance_mut,
    sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
};

use io_core::{
    fault::{FaultBackend, RecoveryTable},
    vm::{Fallible, Infallible, VmReader, VmWriter},
};
use x86_64::{VirtAddr, instructions::tlb};

pub(super) const PAGE: usize = 4096;
/// The first non-canonical address.
pub(super) const CANONICAL_END: usize = 0x8000_0000_0000;
/// The number of frames: two for the pages at the edge, one for the last page, one after it that no
/// access may reach, two for the kernel's buffer.
pub(super) const FRAMES: usize = 6;

const WINDOW: usize = CANONICAL_END - 512 * PAGE;

unsafe extern "C" {
    static window_table: [AtomicU64; 512];
    static frames: [[u8; PAGE]; FRAMES];
}

/// The state of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not mapped.
    Absent,
    /// Loads are allowed.
    ReadOnly,
    /// Loads and stores are allowed.
    Writable,
    /// Loads and stores are allowed, also for user programs.
    User,
}

/// A page of the window, with the frame that it is mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    index: usize,
    frame: usize,
}

/// The page before the edge.
pub(super) const FIRST: Page = Page { index: 100, frame: 0 };
/// The page after the edge, whose state changes.
pub(super) const SECOND: Page = Page { index: 101, frame: 1 };
/// The last page, before the non-canonical addresses.
pub(super) const LAST: Page = Page { index: 511, frame: 2 };
/// The end of accessible memory in most tests.
pub(super) const EDGE: usize = WINDOW + SECOND.index * PAGE;

impl Page {
    /// Changes the state of the page, and flushes its TLB entry.
    pub(super) fn set(self, state: State) {
        let bits = match state {
            State::Absent => 0,
            State::ReadOnly => 1,
            State::Writable => 3,
            State::User => 7,
        };
        let entry = if bits == 0 { 0 } else { frame(self.frame) | bits };
        // SAFETY: the table is part of the page tables, and the kernel accesses it only through
        // these atomics.
        let table = unsafe { &window_table };
        table[self.index].store(entry as u64, Relaxed);
        tlb::flush(VirtAddr::new((WINDOW + self.index * PAGE) as u64));
    }

    /// Returns the contents of the page, and of the next page if their frames are adjacent.
    pub(super) const fn bytes(self) -> Bytes {
        Bytes { frame: self.frame }
    }
}

/// The kernel's own buffer of two pages, which does not fault.
pub(super) const BUFFER: Bytes = Bytes { frame: 4 };

/// Memory at the addresses of its frames.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes {
    frame: usize,
}

impl Bytes {
    /// Sets bytes to a function of their offsets.
    pub(super) fn set(self, range: Range<usize>, value: impl Fn(usize) -> u8) {
        for at in range {
            // SAFETY: the byte is in the frames, which are accessed only through raw pointers.
            unsafe { self.at(at).write_volatile(value(at)) };
        }
    }

    /// Panics unless the bytes equal a function of their offsets.
    #[track_caller]
    pub(super) fn check(self, what: &str, range: Range<usize>, value: impl Fn(usize) -> u8) {
        for at in range {
            // SAFETY: as above.
            let found = unsafe { self.at(at).read_volatile() };
            assert!(
                found == value(at),
                "{what}: at offset {at} is {found:#04x}, expected {:#04x}",
                value(at)
            );
        }
    }

    /// Returns an infallible cursor.
    pub(super) fn reader(self, range: Range<usize>) -> VmReader<'static, Infallible> {
        // SAFETY: the bytes are in the frames, which are always mapped and are stored to only
        // through raw pointers.
        unsafe { VmReader::from_raw(self.at(range.start), range.len()) }
    }

    /// Returns an infallible cursor.
    pub(super) fn writer(self, range: Range<usize>) -> VmWriter<'static, Infallible> {
        // SAFETY: the bytes are in the frames, which are always mapped and are accessed only
        // through raw pointers.
        unsafe { VmWriter::from_raw(self.at(range.start), range.len()) }
    }

    fn at(self, offset: usize) -> *mut u8 {
        with_exposed_provenance_mut(frame(self.frame) + offset)
    }
}

/// Returns the address of a frame.
fn frame(index: usize) -> usize {
    (&raw const frames).expose_provenance() + index * PAGE
}

/// Returns a cursor over addresses that may be unmapped.
pub(super) fn reader(address: usize, len: usize) -> VmReader<'static> {
    reader_with::<RecoveryTable>(address, len)
}

/// Returns a cursor over addresses that may be unmapped.
pub(super) fn writer(address: usize, len: usize) -> VmWriter<'static> {
    writer_with::<RecoveryTable>(address, len)
}

/// Like [`reader`], with another backend.
pub(super) fn reader_with<B: FaultBackend>(
    address: usize,
    len: usize,
) -> VmReader<'static, Fallible<B>> {
    // SAFETY: callers pass only addresses of the window and non-canonical ones. They contain no
    // other memory of this program, and the ranges do not wrap around. The exception handler calls
    // `lookup`.
    unsafe { VmReader::fallible_with(with_exposed_provenance_mut(address), len) }
}

/// Like [`writer`], with another backend.
pub(super) fn writer_with<B: FaultBackend>(
    address: usize,
    len: usize,
) -> VmWriter<'static, Fallible<B>> {
    // SAFETY: as in `reader_with`.
    unsafe { VmWriter::fallible_with(with_exposed_provenance_mut(address), len) }
}

/// `true` if the handler makes the page after the edge present when it faults.
static PAGES: AtomicBool = AtomicBool::new(false);

/// Sets whether the handler makes the page after the edge present when it faults.
pub(super) fn set_paging(on: bool) {
    PAGES.store(on, Relaxed);
}

/// Makes the page of an address present if that is enabled; returns whether it did.
pub(super) fn page_in(address: usize) -> bool {
    let is_ours = PAGES.load(Relaxed) && (EDGE..EDGE + PAGE).contains(&address);
    if is_ours {
        SECOND.set(State::Writable);
    }
    is_ours
}
