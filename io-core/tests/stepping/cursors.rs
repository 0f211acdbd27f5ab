//! Accesses of cursors, for both kinds of memory: one move where a value is read or written once,
//! one locked instruction where it is exchanged.

use core::hint::black_box;

use io_core::vm::{HasVmReaderWriter, MemoryKind, PodAtomic, VmSpan, WordAccess};

use crate::{
    accesses::Kind::{Load, Store},
    single::is_one_move,
    touches::{Place, Room, Touch, touches},
};

/// Asserts that the accesses are those of one locked exchange. For an unlocked one, `touches`
/// returns an error, since whether it stores depends on the old value.
#[track_caller]
fn is_one_exchange(touched: &[Touch], size: usize) {
    let [load, store] = touched else { panic!("expected a load and a store, found {touched:?}") };
    assert_eq!((load.kind, store.kind, load.code), (Load, Store, store.code));
    for touch in touched {
        assert_eq!((touch.offset, touch.size), (0, size as u64), "{touch:?}");
    }
}

/// Accesses of the cursors to a `T` that fills the place.
fn accesses<T, K>(place: Place<'_>, memory: VmSpan<'_, K>, value: T, other: T)
where
    T: PodAtomic,
    K: MemoryKind + WordAccess<T::Word>,
{
    let size = size_of::<T>();
    let is = |kind, code: &dyn Fn()| {
        let [touched] = touches([place], code).expect("known instructions");
        is_one_move(&touched, 0, size, kind);
    };
    is(Load, &|| drop(black_box(memory.reader().read_once::<T>())));
    is(Load, &|| drop(black_box(memory.reader().atomic_load::<T>())));
    is(Store, &|| drop(black_box(memory.writer().write_once(&value))));
    for old in [value, other, value] {
        let [touched] = touches([place], || {
            let (reader, writer) = (memory.reader(), memory.writer());
            drop(black_box(writer.atomic_compare_exchange(&reader, old, value)));
        })
        .expect("a locked instruction");
        is_one_exchange(&touched, size);
    }
}

macro_rules! each_width {
    ($($number:ty)+) => {$({
        let size = size_of::<$number>();
        let room = Room::new(size);
        let place = room.place(0, size).put(0x5a);
        let (value, other) = (<$number>::MAX / 3, 0);
        // SAFETY: the test owns the memory, which is valid and accessed through the cursors alone.
        let fallible = unsafe { VmSpan::fallible_with(place.ptr(), size) };
        accesses(place, VmSpan::from_slice(place.slice()), value, other);
        accesses::<$number, io_core::vm::Fallible>(place, fallible, value, other);
    })+};
}

#[test]
fn each_access_is_one_instruction() {
    each_width!(u8 u16 u32 u64 i32 usize);
}
