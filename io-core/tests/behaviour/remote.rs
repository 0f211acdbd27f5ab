//! Structs as bindgen generates them, described with `remote`: bit fields, arrays of unknown length
//! and unions.

use io_core::{
    layout::{AccessKind, field_at},
    prelude::*,
};

/// As bindgen generates it.
mod bindings {
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub(crate) struct __BindgenBitfieldUnit<Storage> {
        storage: Storage,
    }

    impl<Storage> __BindgenBitfieldUnit<Storage> {
        pub(crate) fn new(storage: Storage) -> Self {
            Self { storage }
        }

        pub(crate) fn storage(self) -> Storage {
            self.storage
        }
    }

    #[repr(C)]
    pub(crate) struct __IncompleteArrayField<T>(core::marker::PhantomData<T>, [T; 0]);

    impl<T> __IncompleteArrayField<T> {
        pub(crate) fn new() -> Self {
            Self(core::marker::PhantomData, [])
        }
    }

    #[repr(C)]
    pub(crate) struct S0 {
        pub(crate) _bitfield_align_1: [u16; 0],
        pub(crate) _bitfield_1: __BindgenBitfieldUnit<[u8; 3]>,
        pub(crate) b: u8,
    }

    #[repr(C)]
    pub(crate) struct vring_avail {
        pub(crate) flags: u16,
        pub(crate) idx: u16,
        pub(crate) ring: __IncompleteArrayField<u16>,
    }

    #[repr(C)]
    #[derive(Clone, Copy)]
    pub(crate) union desc_u {
        pub(crate) addr: u64,
        pub(crate) words: [u32; 2],
        pub(crate) _align: [u64; 1],
    }

    #[repr(C)]
    pub(crate) struct desc {
        pub(crate) u: desc_u,
        pub(crate) len: u32,
        pub(crate) lock: Lock,
    }

    /// A type that only the bindings know; not every number is a value.
    #[repr(u32)]
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Lock {
        Free = 1,
    }
}

#[io_struct(remote = bindings::S0, size = 4)]
struct S0 {
    _bitfield_align_1: [u16; 0],
    _bitfield_1: bindings::__BindgenBitfieldUnit<[u8; 3]>,
    #[io(at = 3)]
    b: u8,
}

#[io_struct(remote = bindings::vring_avail)]
struct Avail {
    flags: u16,
    idx: u16,
    ring: bindings::__IncompleteArrayField<u16>,
}

#[io_struct(remote = bindings::desc_u)]
union DescU {
    addr: u64,
    words: [u32; 2],
}

#[io_struct(remote = bindings::desc)]
struct Desc {
    u: DescU,
    len: u32,
    #[cfg(any())]
    gone: u32,
    #[io(opaque)]
    lock: bindings::Lock,
}

#[test]
fn fields_beside_a_bit_field_are_accessed() {
    let unit = bindings::__BindgenBitfieldUnit::new([1, 2, 3]);
    let mut s0 = bindings::S0 { _bitfield_align_1: [], _bitfield_1: unit, b: 4 };
    // SAFETY: the exclusive borrow covers an initialised `S0`.
    let view = unsafe { SysMem::new(&raw mut s0) };
    io_write!(view, .b, io_read!(view, .b) + 1);
    assert_eq!((s0._bitfield_1.storage(), s0.b), ([1, 2, 3], 5));
    let unit = field_at(S0::FIELDS, 2).unwrap();
    assert_eq!((unit.name, unit.access()), ("_bitfield_1", Some(AccessKind::Reserved)));
}

#[test]
fn an_array_of_unknown_length_has_no_bytes() {
    let ring = bindings::__IncompleteArrayField::new();
    let mut avail = bindings::vring_avail { flags: 0, idx: 6, ring };
    // SAFETY: the exclusive borrow covers an initialised `Avail`.
    let view: SysMem<'_, Avail> = unsafe { SysMem::new(&raw mut avail) };
    assert_eq!((io_read!(view, .idx), view.size()), (6, 4));
}

#[test]
fn members_of_a_union_are_accessed() {
    let (u, lock) = (bindings::desc_u { addr: 0 }, bindings::Lock::Free);
    let mut desc = bindings::desc { u, len: 0, lock };
    // SAFETY: the exclusive borrow covers an initialised `Desc`.
    let view: SysMem<'_, Desc> = unsafe { SysMem::new(&raw mut desc) };
    io_write!(view, .u.words[1], 7_u32.to_le());
    io_write!(view, .len, 8);
    // `SysMem` has 64-bit accesses where pointers have 64 bits.
    #[cfg(target_pointer_width = "64")]
    assert_eq!(io_read!(view, .u.addr).to_le() >> 32, 7);
    assert_eq!(io_read!(view, .u.words[1]), 7_u32.to_le());
    assert_eq!((desc.len, desc.lock), (8, bindings::Lock::Free));
}
