//! Single accesses and exchanges of every width: faults and values are never confused.

use core::{fmt, ptr};

use io_core::fault::{Fault, FaultAtomic, FaultBackend, FaultWords};

use crate::{
    difference::{Case, Difference},
    memory::{Access, Pages},
};

/// Checks single accesses through `B`, to memory that is accessible, read-only or unmapped.
///
/// # Errors
///
/// Returns the first difference.
pub fn check<B: FaultWords + FaultAtomic<u64>>() -> Result<usize, Difference> {
    Ok(of_width::<u8, B>([0, 0x5a, u8::MAX])?
        + of_width::<u16, B>([0, 0x5aa5, u16::MAX])?
        + of_width::<u32, B>([0, 1 << 31, u32::MAX])?
        + of_width::<u64, B>([0, 1 << 63, u64::MAX])?)
}

fn of_width<W, B>(values: [W; 3]) -> Result<usize, Difference>
where
    W: Copy + fmt::Debug + PartialEq,
    B: FaultBackend + FaultAtomic<W>,
{
    let pages = Pages::new(&[Access::Everything, Access::Loads, Access::Nothing]);
    let last = |page: usize| pages.page(page + 1).wrapping_sub(size_of::<W>()).cast::<W>();
    let [there, readable, gone] = [0, 1, 2].map(last);
    let nowhere = ptr::without_provenance_mut(1 << 63);
    // SAFETY: addresses are multiples of the size; they belong to the checks, or they fault; the
    // handler is installed.
    let load = |ptr: *mut W| unsafe { B::load(ptr) };
    // SAFETY: as above.
    let store = |ptr, value| unsafe { B::store(ptr, value) };
    // SAFETY: as above.
    let exchange = |ptr, old, new| unsafe { B::compare_exchange(ptr, old, new) };

    let mut faults = 0;
    for (i, value) in values.into_iter().enumerate() {
        let other = values[(i + 1) % values.len()];
        let case = |what, first| Case { what, len: size_of::<W>(), first };

        let good = |what| case(what, size_of::<W>());
        good("store").same(store(there, value), Ok(()))?;
        good("load").same(load(there), Ok(value))?;
        good("exchange of another value").same(exchange(there, other, value), Ok(value))?;
        good("exchange").same(exchange(there, value, other), Ok(value))?;
        good("load of the exchanged value").same(load(there), Ok(other))?;

        pages.allow(1, Access::Everything);
        good("store to a restored page").same(store(readable, value), Ok(()))?;
        pages.allow(1, Access::Loads);
        case("store, read-only", 0).same(store(readable, other), Err(Fault))?;
        case("exchange, read-only", 0).same(exchange(readable, value, other), Err(Fault))?;
        good("load of a read-only page").same(load(readable), Ok(value))?;
        faults += 2;

        for place in [gone, nowhere] {
            case("load, unmapped", 0).same(load(place), Err(Fault))?;
            case("store, unmapped", 0).same(store(place, value), Err(Fault))?;
            case("exchange, unmapped", 0).same(exchange(place, value, other), Err(Fault))?;
            faults += 3;
        }
    }
    Ok(faults)
}
