//! Faults at each byte of a copy or fill, on each side: unmapped, read-only, and invalid addresses.

use core::ptr;

use io_core::fault::{FaultBackend, RecoveryTable};
use rustix::param::page_size;

use crate::{
    difference::{Case, Difference},
    memory::{Access, Pages, UNTOUCHED, fill, pattern},
};

/// Blocks of every size, singly and combined.
const LENGTHS: [usize; 17] = [1, 2, 3, 7, 8, 15, 17, 31, 33, 64, 65, 127, 128, 129, 200, 256, 300];

/// The longest length, with room after it.
const ROOM: usize = 512;

/// The number of bytes before a destination that must not change.
const BEFORE: usize = 64;

/// Runs [`check`] on the backend of io-core, compiled into this library.
///
/// # Errors
///
/// Returns the first difference.
pub fn check_here() -> Result<usize, Difference> {
    check::<RecoveryTable>()
}

/// Copies and fills through `B` with a fault at each byte of each length.
///
/// # Errors
///
/// Returns the first difference.
pub fn check<B: FaultBackend>() -> Result<usize, Difference> {
    let mut faults = 0;
    for len in LENGTHS {
        for first in 0..=len {
            faults += source::<B>(len, first)?;
        }
        faults += no_address::<B>(len)?;
    }
    for access in [Access::Nothing, Access::Loads] {
        faults += destination::<B>(access)?;
    }
    Ok(faults)
}

fn copy<B: FaultBackend>(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: both ranges belong to the checks, or they fault; the handler is installed.
    unsafe { B::copy(dst, src, len) }
}

fn source<B: FaultBackend>(len: usize, first: usize) -> Result<usize, Difference> {
    let case = Case { what: "copy from an unmapped page", len, first };
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let bytes = pattern(first);
    from.set_before(1, &bytes);
    let mut to = [UNTOUCHED; ROOM];
    let src = from.page(1).wrapping_sub(first);
    case.same(copy::<B>(to[1..].as_mut_ptr(), src, len), first)?;
    case.same(to[0], UNTOUCHED)?;
    case.same_bytes(&to[1..][..first], &bytes)?;
    case.same_bytes(&to[1 + first..], &[UNTOUCHED; ROOM][1 + first..])?;
    Ok(case.faults())
}

fn destination<B: FaultBackend>(access: Access) -> Result<usize, Difference> {
    let to = Pages::new(&[Access::Everything, Access::Everything]);
    fill(to.page(1), UNTOUCHED, page_size());
    to.allow(1, access);
    let bytes = pattern(ROOM);
    let mut faults = 0;
    for len in LENGTHS {
        for first in 0..=len {
            let dst = to.page(1).wrapping_sub(first);
            let what = match access {
                Access::Nothing => ["copy to an unmapped page", "fill of an unmapped page"],
                _ => ["copy to a read-only page", "fill of a read-only page"],
            };
            let [copied, filled] = what.map(|what| Case { what, len, first });
            fill(dst.wrapping_sub(BEFORE), UNTOUCHED, BEFORE + first);
            copied.same(copy::<B>(dst, bytes.as_ptr(), len), first)?;
            copied.same_bytes(to.bytes(dst, first), &bytes[..first])?;
            // SAFETY: the range belongs to the checks and faults at `first`; the handler is
            // installed.
            filled.same(unsafe { B::fill(dst, 0x5a, len) }, first)?;
            filled.same_bytes(to.bytes(dst, first), &[0x5a; ROOM][..first])?;
            for case in [copied, filled] {
                case.same_bytes(to.bytes(dst.wrapping_sub(BEFORE), BEFORE), &[UNTOUCHED; BEFORE])?;
                faults += case.faults();
            }
        }
    }
    to.allow(1, Access::Loads);
    let behind = Case { what: "bytes after a fault", len: ROOM, first: 0 };
    behind.same_bytes(to.bytes(to.page(1), ROOM), &[UNTOUCHED; ROOM])?;
    Ok(faults)
}

/// Addresses that are never mapped: null, and non-canonical ones, which raise #GP on x86-64.
fn no_address<B: FaultBackend>(len: usize) -> Result<usize, Difference> {
    let bytes = pattern(ROOM);
    let addresses = [0, 1 << 63, 0x8000_0000_0000, usize::MAX - ROOM];
    for address in addresses {
        let none = ptr::without_provenance_mut::<u8>(address);
        let mut to = [UNTOUCHED; ROOM];
        let case = |what| Case { what, len, first: 0 };
        let from = case("copy from an invalid address");
        from.same(copy::<B>(to.as_mut_ptr(), none, len), 0)?;
        from.same_bytes(&to, &[UNTOUCHED; ROOM])?;
        case("copy to an invalid address").same(copy::<B>(none, bytes.as_ptr(), len), 0)?;
        // SAFETY: the address is not mapped, so every access faults; the handler is installed.
        case("fill of an invalid address").same(unsafe { B::fill(none, 1, len) }, 0)?;
    }
    Ok(3 * addresses.len())
}
