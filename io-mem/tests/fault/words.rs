//! Single accesses of every width: values and faults are never mistaken for each other.

use io_core::fault::{Fault, FaultAtomic, RecoveryTable};

use crate::memory::{Access, Pages};

/// Returns the address `size` bytes before the end of a page.
fn last(pages: &Pages, page: usize, size: usize) -> *mut u8 {
    pages.page(page + 1).wrapping_sub(size)
}

fn check<W>(values: [W; 5])
where
    W: Copy + core::fmt::Debug + PartialEq,
    RecoveryTable: FaultAtomic<W>,
{
    let pages = Pages::new(&[Access::Everything, Access::Loads, Access::Nothing]);
    let [there, readable, gone] = [0, 1, 2].map(|page| last(&pages, page, size_of::<W>()).cast());
    // SAFETY: the pages are the test's, the addresses are multiples of the size, and the handler is
    // installed.
    let load = |ptr: *mut W| unsafe { RecoveryTable::load(ptr) };
    // SAFETY: as above.
    let store = |ptr, value| unsafe { RecoveryTable::store(ptr, value) };
    // SAFETY: as above.
    let exchange = |ptr, old, new| unsafe { RecoveryTable::compare_exchange(ptr, old, new) };

    for (i, value) in values.into_iter().enumerate() {
        let other = values[(i + 1) % values.len()];
        assert_eq!(store(there, value), Ok(()));
        assert_eq!(load(there), Ok(value));
        assert_eq!(exchange(there, other, value), Ok(value), "the memory contains another value");
        assert_eq!(exchange(there, value, other), Ok(value));
        assert_eq!(load(there), Ok(other));

        pages.allow(1, Access::Everything);
        assert_eq!(store(readable, value), Ok(()));
        pages.allow(1, Access::Loads);
        assert_eq!(load(readable), Ok(value));
        assert_eq!(store(readable, other), Err(Fault));
        assert_eq!(exchange(readable, value, other), Err(Fault));
        assert_eq!(load(readable), Ok(value), "nothing was stored");

        assert_eq!(load(gone), Err(Fault));
        assert_eq!(store(gone, value), Err(Fault));
        assert_eq!(exchange(gone, value, other), Err(Fault));
    }
}

#[test]
fn values_and_faults_are_distinguished_at_every_width() {
    check([0, 1, 0x5a, u8::MAX - 1, u8::MAX]);
    check([0, 1, 0x5a5a, u16::MAX - 1, u16::MAX]);
    check([0, 1, 0x8000_0000, u32::MAX - 1, u32::MAX]);
    check([0, 1, 0x8000_0000_0000_0000, u64::MAX - 1, u64::MAX]);
}

/// An access accesses exactly the bytes of its width, at every position.
#[test]
fn neighbouring_bytes_are_unchanged() {
    let mut words = [u64::MAX / 3; 2];
    let words = &raw mut words;
    macro_rules! check {
        ($($word:ident)+) => {$(
            for at in (0..16).step_by(size_of::<$word>()) {
                let place = words.cast::<u8>().wrapping_add(at).cast::<$word>();
                // SAFETY: the address is inside the array and a multiple of the size.
                assert_eq!(unsafe { RecoveryTable::store(place, 0) }, Ok(()));
                let new = $word::MAX - 1;
                // SAFETY: as above.
                assert_eq!(unsafe { RecoveryTable::compare_exchange(place, 0, new) }, Ok(0));
                let mut expected = [0x55; 16];
                expected[at..][..size_of::<$word>()].copy_from_slice(&new.to_ne_bytes());
                // SAFETY: the array has sixteen bytes, which nothing else accesses.
                assert_eq!(unsafe { words.cast::<[u8; 16]>().read() }, expected, "{at}");
                // SAFETY: as above.
                unsafe { words.write([u64::MAX / 3; 2]) };
            }
        )+};
    }
    check!(u8 u16 u32 u64);
}

/// Exchanges are atomic: no exchange is lost.
#[test]
fn concurrent_exchanges_are_atomic() {
    /// The number of exchanges, which is large enough for threads to compete.
    const EACH: u32 = 200_000;
    let pages = Pages::new(&[Access::Everything]);
    let place = last(&pages, 0, 4).cast::<u32>();
    let address = place.expose_provenance();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(move || {
                let place = core::ptr::with_exposed_provenance_mut::<u32>(address);
                for _ in 0..EACH {
                    // SAFETY: the address is in a page of the test.
                    let mut seen = unsafe { RecoveryTable::load(place) }.unwrap();
                    loop {
                        // SAFETY: as above.
                        let found =
                            unsafe { RecoveryTable::compare_exchange(place, seen, seen + 1) }
                                .unwrap();
                        if found == seen {
                            break;
                        }
                        seen = found;
                    }
                }
            });
        }
    });
    // SAFETY: the address is in a page of the test.
    assert_eq!(unsafe { RecoveryTable::load(place) }, Ok(4 * EACH));
}
