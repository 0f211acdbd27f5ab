//! Rooms: memory in which the accesses of code are recorded.

use core::{cell::RefCell, ffi::c_void, fmt, ops::Range, ptr};

use iced_x86::Code;
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

use crate::{
    accesses::{Access, Kind, Reader, Refused, Unknown},
    trap::{self, Step},
};

/// The size of the memory before and after a place, in which accesses are recorded as well.
pub(crate) const GUARD: usize = 4096;

/// Page-aligned memory that contains a place for each case.
pub(crate) struct Room {
    start: *mut u8,
    size: usize,
}

/// Some bytes of a room. An access to the room outside of them is an error.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    room: &'a Room,
    at: usize,
    pub(crate) len: usize,
}

impl Room {
    /// Creates a room for places of up to `space` bytes, including alignment.
    pub(crate) fn new(space: usize) -> Self {
        let size = (space + 2 * GUARD).next_multiple_of(GUARD);
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping at an address chosen by the system.
        let start = unsafe { mmap_anonymous(ptr::null_mut(), size, access, MapFlags::PRIVATE) };
        Room { start: start.expect("memory").cast(), size }
    }

    /// Returns the place of `len` bytes, at `offset` from the start of a page.
    #[track_caller]
    pub(crate) fn place(&self, offset: usize, len: usize) -> Place<'_> {
        let at = GUARD + offset;
        assert!(at + len + GUARD <= self.size, "no room for {len} bytes");
        Place { room: self, at, len }
    }

    fn addresses(&self) -> Range<u64> {
        let start = self.start.expose_provenance() as u64;
        start..start + self.size as u64
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // SAFETY: mapped with this size. Places borrow the room, so none exists.
        unsafe { munmap(self.start.cast::<c_void>(), self.size) }.expect("unmapped");
    }
}

impl<'a> Place<'a> {
    pub(crate) fn ptr(self) -> *mut u8 {
        self.room.start.wrapping_add(self.at)
    }

    /// Writes bytes that differ from their neighbours and depend on `seed`.
    pub(crate) fn put(self, seed: u8) -> Self {
        for i in 0..self.len {
            let byte = (i as u8).wrapping_mul(29).wrapping_add((i >> 8) as u8) ^ seed;
            // SAFETY: the byte lies inside the place.
            unsafe { self.ptr().wrapping_add(i).write(byte) };
        }
        self
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.slice().to_vec()
    }

    /// Returns the bytes as private memory. No other code may use them at the same time.
    pub(crate) fn slice(self) -> &'a mut [u8] {
        // SAFETY: the bytes lie inside the room and are initialised. A test uses one slice at a
        // time.
        unsafe { core::slice::from_raw_parts_mut(self.ptr(), self.len) }
    }

    /// Converts an access to one relative to this place, or `None` if it is not in its room.
    fn touch(self, access: &Access) -> Result<Option<Touch>, Refused> {
        let (room, end) = (self.room.addresses(), access.address.wrapping_add(access.size));
        let Access { address, size, kind, code, is_exact } = *access;
        if address >= room.end || end <= room.start {
            return Ok(None);
        }
        if !is_exact {
            return Err(Refused { code, why: Unknown::Condition });
        }
        let offset = address.wrapping_sub(self.ptr().addr() as u64).cast_signed();
        Ok(Some(Touch { offset, size, kind, code }))
    }
}

/// One access to the room of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touch {
    /// The offset from the start of the place.
    pub(crate) offset: i64,
    pub(crate) size: u64,
    pub(crate) kind: Kind,
    pub(crate) code: Code,
}

impl fmt::Debug for Touch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {} at {} by {:?}", self.kind, self.size, self.offset, self.code)
    }
}

thread_local! {
    /// Reused for all cases, since creating them takes longer than most cases.
    static ORACLE: RefCell<(Vec<Step>, Reader)> = RefCell::new((Vec::new(), Reader::new()));
}

/// Returns the accesses of `code` to the rooms of `places`, in the order of the places.
pub(crate) fn touches<const N: usize>(
    places: [Place<'_>; N],
    code: impl FnOnce(),
) -> Result<[Vec<Touch>; N], Refused> {
    ORACLE.with_borrow_mut(|(steps, reader)| {
        trap::record(steps, code);
        let mut touches = [const { Vec::new() }; N];
        for pair in steps.windows(2) {
            for access in reader.accesses(&pair[0], &pair[1])? {
                for (place, touches) in places.iter().zip(&mut touches) {
                    touches.extend(place.touch(&access)?);
                }
            }
        }
        Ok(touches)
    })
}
