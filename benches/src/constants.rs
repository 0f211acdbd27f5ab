//! Values of constant size: `copy_read` and `copy_write` of byte arrays.

use core::hint::black_box;

use io_core::prelude::*;

use crate::{
    contestants::{Contestant, Family, Shared, repeat},
    place::Place,
};

/// The sizes.
pub const SIZES: [usize; 4] = [8, 16, 64, 256];

/// Returns all contestants that read a value of `size` bytes; the first is the baseline.
///
/// # Panics
///
/// Panics if `size` is not in [`SIZES`].
pub fn reads(size: usize) -> [Contestant; 2] {
    let [plain, ours]: [fn(&mut Place<'_>, usize); 2] = match size {
        8 => [read::<8>, copy_read::<8>],
        16 => [read::<16>, copy_read::<16>],
        64 => [read::<64>, copy_read::<64>],
        256 => [read::<256>, copy_read::<256>],
        other => panic!("{other} is not one of the constant sizes"),
    };
    [
        Contestant::new("plain read", Family::Plain, Shared::Neither, plain),
        Contestant::new("SysMem copy_read", Family::Ours, Shared::Source, ours),
    ]
}

/// Returns all contestants that write a value of `size` bytes; the first is the baseline.
///
/// # Panics
///
/// Panics if `size` is not in [`SIZES`].
pub fn writes(size: usize) -> [Contestant; 2] {
    let [plain, ours]: [fn(&mut Place<'_>, usize); 2] = match size {
        8 => [write::<8>, copy_write::<8>],
        16 => [write::<16>, copy_write::<16>],
        64 => [write::<64>, copy_write::<64>],
        256 => [write::<256>, copy_write::<256>],
        other => panic!("{other} is not one of the constant sizes"),
    };
    [
        Contestant::new("plain write", Family::Plain, Shared::Neither, plain),
        Contestant::new("SysMem copy_write", Family::Ours, Shared::Destination, ours),
    ]
}

/// Makes each value observable to the compiler, and leaves the last one in the destination.
fn read<const N: usize>(place: &mut Place<'_>, times: usize) {
    assert_eq!(place.size(), N, "the place has another size than the value");
    repeat(place, times, |_, source, _| {
        // SAFETY: `repeat` passes a range of `N` initialised bytes, as just asserted.
        let value = unsafe { source.cast::<[u8; N]>().read() };
        black_box(&value);
    });
    let last: [u8; N] = first_bytes(place);
    place.destination.copy_from_slice(&last);
}

/// Like [`read`], through a view.
fn copy_read<const N: usize>(place: &mut Place<'_>, times: usize) {
    assert_eq!(place.size(), N, "the place has another size than the value");
    repeat(place, times, |_, source, _| {
        // SAFETY: `repeat` passes a range of `N` initialised bytes, as just asserted, and the view
        // is the only access to it.
        let view = unsafe { SysMem::new(source.cast::<[u8; N]>()) };
        black_box(&view.copy_read());
    });
    let source: &mut [u8; N] = place.source.try_into().expect("the place has `N` bytes");
    let last = SysMem::from_mut(source).copy_read();
    place.destination.copy_from_slice(&last);
}

/// The compiler does not know the value that is written.
fn write<const N: usize>(place: &mut Place<'_>, times: usize) {
    assert_eq!(place.size(), N, "the place has another size than the value");
    let value = first_bytes::<N>(place);
    repeat(place, times, |destination, _, _| {
        // SAFETY: `repeat` passes a range of `N` bytes, as just asserted.
        unsafe { destination.cast::<[u8; N]>().write(*black_box(&value)) };
    });
}

/// Like [`write`], through a view.
fn copy_write<const N: usize>(place: &mut Place<'_>, times: usize) {
    assert_eq!(place.size(), N, "the place has another size than the value");
    let value = first_bytes::<N>(place);
    repeat(place, times, |destination, _, _| {
        // SAFETY: `repeat` passes a range of `N` initialised bytes, as just asserted, and the view
        // is the only access to it.
        let view = unsafe { SysMem::new(destination.cast::<[u8; N]>()) };
        view.copy_write(*black_box(&value));
    });
}

fn first_bytes<const N: usize>(place: &Place<'_>) -> [u8; N] {
    *place.source.first_chunk().expect("the place has `N` bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Arena, Layout};

    #[test]
    fn every_contestant_copies_the_value() {
        let mut arena = Arena::default();
        for size in SIZES {
            for contestant in reads(size).into_iter().chain(writes(size)) {
                let mut place = arena.place(Layout::Aligned, size);
                assert_ne!(place.source, place.destination);
                (contestant.run)(&mut place, 2);
                assert_eq!(place.source, place.destination, "{}, {size} B", contestant.name);
            }
        }
    }
}
