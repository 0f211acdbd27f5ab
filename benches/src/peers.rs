//! Other crates that copy memory which others may access.

use core::{mem::MaybeUninit, sync::atomic::Ordering::Relaxed};

use vm_memory::{Bytes, VolatileSlice};

use crate::{
    contestants::{Contestant, Family, Shared, repeat},
    place::Place,
    sizes::with_constant,
};

/// The copies of `atomic-memcpy` and `vm-memory`.
///
/// `atomic-memcpy` copies values, so the size is a constant. The values are arrays of words where
/// they are aligned, which is its fastest form, and arrays of bytes otherwise. `vm-memory` copies
/// slices.
pub const COPIES: [Contestant; 6] = [
    Contestant::new("atomic-memcpy load", Family::AtomicMemcpy, Shared::Source, |place, times| {
        with_constant!(place.size(), load, (place, times));
    }),
    Contestant::new(
        "atomic-memcpy store",
        Family::AtomicMemcpy,
        Shared::Destination,
        |place, times| with_constant!(place.size(), store, (place, times)),
    ),
    Contestant::new("vm-memory copy_to", Family::VmMemory, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` bytes that do not overlap, and nothing else
            // accesses them during the copy.
            let shared = unsafe { VolatileSlice::new(source, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts_mut(destination, size) };
            shared.copy_to(private);
        });
    }),
    Contestant::new("vm-memory read_slice", Family::VmMemory, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` bytes that do not overlap, and nothing else
            // accesses them during the copy.
            let shared = unsafe { VolatileSlice::new(source, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts_mut(destination, size) };
            shared.read_slice(private, 0).expect("the slices have one size");
        });
    }),
    Contestant::new(
        "vm-memory copy_from",
        Family::VmMemory,
        Shared::Destination,
        |place, times| {
            repeat(place, times, |destination, source, size| {
                // SAFETY: `repeat` passes ranges of `size` bytes that do not overlap, and nothing
                // else accesses them during the copy.
                let shared = unsafe { VolatileSlice::new(destination, size) };
                // SAFETY: as above.
                let private = unsafe { core::slice::from_raw_parts(source, size) };
                shared.copy_from(private);
            });
        },
    ),
    Contestant::new(
        "vm-memory write_slice",
        Family::VmMemory,
        Shared::Destination,
        |place, times| {
            repeat(place, times, |destination, source, size| {
                // SAFETY: `repeat` passes ranges of `size` bytes that do not overlap, and nothing
                // else accesses them during the copy.
                let shared = unsafe { VolatileSlice::new(destination, size) };
                // SAFETY: as above.
                let private = unsafe { core::slice::from_raw_parts(source, size) };
                shared.write_slice(private, 0).expect("the slices have one size");
            });
        },
    ),
];

/// `N` bytes that start at a multiple of 8.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
struct Words<const N: usize>([u8; N]);

fn load<const N: usize>(place: &mut Place<'_>, times: usize) {
    if place.layout.is_word_aligned() {
        repeat(place, times, load_one::<Words<N>>);
    } else {
        repeat(place, times, load_one::<[u8; N]>);
    }
}

fn store<const N: usize>(place: &mut Place<'_>, times: usize) {
    if place.layout.is_word_aligned() {
        repeat(place, times, store_one::<Words<N>>);
    } else {
        repeat(place, times, store_one::<[u8; N]>);
    }
}

/// Called by `repeat` for a place with the size and alignment of `T`.
#[inline(always)]
fn load_one<T>(destination: *mut u8, source: *mut u8, _: usize) {
    // SAFETY: the source is valid for loads of `T`, aligned, and not accessed by other threads.
    let value = unsafe { atomic_memcpy::atomic_load(source.cast::<T>(), Relaxed) };
    // SAFETY: the destination is valid for writes of `T` and aligned.
    unsafe { destination.cast::<MaybeUninit<T>>().write(value) };
}

/// Called by `repeat` for a place with the size and alignment of `T`, for which any bytes are
/// valid.
#[inline(always)]
fn store_one<T>(destination: *mut u8, source: *mut u8, _: usize) {
    // SAFETY: the source is valid for reads of `T` and aligned.
    let value = unsafe { source.cast::<T>().read() };
    // SAFETY: the destination is valid for stores of `T`, aligned, and not accessed by other
    // threads.
    unsafe { atomic_memcpy::atomic_store(destination.cast::<T>(), value, Relaxed) };
}
