//! Memory that comes and goes: pages in the last 2 MiB of the address space's lower half.
//!
//! What is in them is also at their frames' own addresses, which are always mapped: so a test sees
//! it whatever the page's state. Neither is memory of Rust's.

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
/// The first address that is none.
pub(super) const CANONICAL_END: usize = 0x8000_0000_0000;
/// How many frames there are: two for the pages at the edge, one for the last page, one behind it
/// that nothing may reach, two for the kernel's buffer.
pub(super) const FRAMES: usize = 6;

const WINDOW: usize = CANONICAL_END - 512 * PAGE;

unsafe extern "C" {
    static window_table: [AtomicU64; 512];
    static frames: [[u8; PAGE]; FRAMES];
}

/// Whether a page is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is not.
    Absent,
    /// Loads are allowed.
    ReadOnly,
    /// Loads and stores are allowed.
    Writable,
    /// The same, for a user's programs.
    User,
}

/// A page of the window, with the frame that is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    index: usize,
    frame: usize,
}

/// The page before the edge.
pub(super) const FIRST: Page = Page { index: 100, frame: 0 };
/// The page behind it, which comes and goes.
pub(super) const SECOND: Page = Page { index: 101, frame: 1 };
/// The last page of all, before addresses that are none.
pub(super) const LAST: Page = Page { index: 511, frame: 2 };
/// Where most tests let memory end.
pub(super) const EDGE: usize = WINDOW + SECOND.index * PAGE;

impl Page {
    /// Changes its state, for the processor too.
    pub(super) fn set(self, state: State) {
        let bits = match state {
            State::Absent => 0,
            State::ReadOnly => 1,
            State::Writable => 3,
            State::User => 7,
        };
        let entry = if bits == 0 { 0 } else { frame(self.frame) | bits };
        // SAFETY: a table of the page tables, accessed by the kernel in this way alone.
        let table = unsafe { &window_table };
        table[self.index].store(entry as u64, Relaxed);
        tlb::flush(VirtAddr::new((WINDOW + self.index * PAGE) as u64));
    }

    /// What is in it, and in the page behind it if that is its neighbour.
    pub(super) const fn bytes(self) -> Bytes {
        Bytes { frame: self.frame }
    }
}

/// The kernel's own buffer of two pages, which does not fault.
pub(super) const BUFFER: Bytes = Bytes { frame: 4 };

/// Memory at its frames' addresses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes {
    frame: usize,
}

impl Bytes {
    /// Gives bytes the values of a function of their offsets.
    pub(super) fn set(self, range: Range<usize>, value: impl Fn(usize) -> u8) {
        for at in range {
            // SAFETY: a byte of the frames, which are accessed by raw pointers alone.
            unsafe { self.at(at).write_volatile(value(at)) };
        }
    }

    /// Panics unless the bytes are those of a function of their offsets.
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

    /// A cursor that does not fault.
    pub(super) fn reader(self, range: Range<usize>) -> VmReader<'static, Infallible> {
        // SAFETY: bytes of the frames, stored to by raw pointers alone.
        unsafe { VmReader::from_raw(self.at(range.start), range.len()) }
    }

    /// A cursor that does not fault.
    pub(super) fn writer(self, range: Range<usize>) -> VmWriter<'static, Infallible> {
        // SAFETY: bytes of the frames, accessed by raw pointers alone.
        unsafe { VmWriter::from_raw(self.at(range.start), range.len()) }
    }

    fn at(self, offset: usize) -> *mut u8 {
        with_exposed_provenance_mut(frame(self.frame) + offset)
    }
}

/// The address of a frame.
fn frame(index: usize) -> usize {
    (&raw const frames).expose_provenance() + index * PAGE
}

/// A cursor over addresses that may be nothing's.
pub(super) fn reader(address: usize, len: usize) -> VmReader<'static> {
    reader_with::<RecoveryTable>(address, len)
}

/// A cursor over addresses that may be nothing's.
pub(super) fn writer(address: usize, len: usize) -> VmWriter<'static> {
    writer_with::<RecoveryTable>(address, len)
}

/// [`reader`], for another backend.
pub(super) fn reader_with<B: FaultBackend>(
    address: usize,
    len: usize,
) -> VmReader<'static, Fallible<B>> {
    // SAFETY: only addresses of the window and ones that are none are handed in, which are nobody
    // else's and wrap nowhere; the handler asks `lookup`.
    unsafe { VmReader::fallible_with(with_exposed_provenance_mut(address), len) }
}

/// [`writer`], for another backend.
pub(super) fn writer_with<B: FaultBackend>(
    address: usize,
    len: usize,
) -> VmWriter<'static, Fallible<B>> {
    // SAFETY: as in `reader_with`.
    unsafe { VmWriter::fallible_with(with_exposed_provenance_mut(address), len) }
}

/// Whether the handler of faults gets the page behind the edge.
static PAGES: AtomicBool = AtomicBool::new(false);

/// Lets the handler of faults get the page behind the edge, or not.
pub(super) fn set_paging(on: bool) {
    PAGES.store(on, Relaxed);
}

/// Makes the page of an address present, if that is asked for.
pub(super) fn page_in(address: usize) -> bool {
    let is_ours = PAGES.load(Relaxed) && (EDGE..EDGE + PAGE).contains(&address);
    if is_ours {
        SECOND.set(State::Writable);
    }
    is_ours
}
