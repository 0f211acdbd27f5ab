//! Rooms of memory, and what code does to them.

use core::{cell::RefCell, ffi::c_void, fmt, ops::Range, ptr};

use iced_x86::Code;
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

use crate::{
    accesses::{Access, Kind, Reader, Refused, Unknown},
    trap::{self, Step},
};

/// Memory on either side of a place, in which every access is seen as well.
pub(crate) const GUARD: usize = 4096;

/// Memory that starts at a page and has a place in it for each case.
pub(crate) struct Room {
    start: *mut u8,
    size: usize,
}

/// Bytes in a room; an access of the room outside of it is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    room: &'a Room,
    at: usize,
    pub(crate) len: usize,
}

impl Room {
    /// With space for places of `space` bytes, alignment included.
    pub(crate) fn new(space: usize) -> Self {
        let size = (space + 2 * GUARD).next_multiple_of(GUARD);
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping where the system chooses.
        let start = unsafe { mmap_anonymous(ptr::null_mut(), size, access, MapFlags::PRIVATE) };
        Room { start: start.expect("memory").cast(), size }
    }

    /// `len` bytes, `offset` behind a page's start.
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
        // SAFETY: mapped so, and places borrow the room.
        unsafe { munmap(self.start.cast::<c_void>(), self.size) }.expect("unmapped");
    }
}

impl<'a> Place<'a> {
    pub(crate) fn ptr(self) -> *mut u8 {
        self.room.start.wrapping_add(self.at)
    }

    /// Bytes that differ from their neighbours, and with `seed`.
    pub(crate) fn put(self, seed: u8) -> Self {
        for i in 0..self.len {
            let byte = (i as u8).wrapping_mul(29).wrapping_add((i >> 8) as u8) ^ seed;
            // SAFETY: inside the place.
            unsafe { self.ptr().wrapping_add(i).write(byte) };
        }
        self
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.slice().to_vec()
    }

    /// The bytes as private memory. Nothing else may use them meanwhile.
    pub(crate) fn slice(self) -> &'a mut [u8] {
        // SAFETY: inside the room, initialised; a test uses one slice at a time.
        unsafe { core::slice::from_raw_parts_mut(self.ptr(), self.len) }
    }

    /// What an access is to this place, if it is one of its room.
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

/// One access of a place's room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touch {
    /// From the start of the place.
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
    /// Kept from case to case: making them costs more than most cases.
    static ORACLE: RefCell<(Vec<Step>, Reader)> = RefCell::new((Vec::new(), Reader::new()));
}

/// The accesses that `code` makes to the rooms of `places`, in their order.
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
