//! User-defined names that generated code uses as well.

use io_core::prelude::*;

/// Items with the names of items that generated code refers to.
mod shadows {
    #![expect(dead_code, reason = "only their names matter")]

    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod io_core {}
    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Result;
    pub(super) struct From;
    pub(super) struct FieldInfo;
    pub(super) struct Shape;
    pub(super) fn offset() {}
    pub(super) fn start() {}
    pub(super) fn shape() {}

    #[derive(::io_core::IoStruct)]
    #[io(size = 8)]
    #[repr(C, packed(4))]
    pub(super) struct Regs {
        #[io(at = 0)]
        pub(super) view: u32,
        pub(super) field: u32,
    }

    #[derive(::io_core::IoValue)]
    #[repr(transparent)]
    struct Value(u32);

    pub(super) fn all_macros(regs: ::io_core::SysMem<'_, Regs>) -> u32 {
        ::io_core::io_write!(regs, .view, 1);
        ::io_core::io_update!(regs, .view, |v| v + 1);
        ::io_core::io_try_write!(regs, .field, 3).unwrap_or(());
        ::io_core::io_read!(regs, .view) + ::io_core::io_read!(regs, .field)
    }
}

/// Methods with the names of those that generated code calls, on every type.
mod methods {
    #[expect(dead_code, reason = "only their names matter")]
    pub(super) trait Everywhere: Sized {
        fn base(self) {}
        fn field(self) {}
        fn at(self) {}
        fn index(self) {}
        fn try_index(self) {}
        fn check(self) {}
        fn locate(self) {}
        fn view(self) {}
        fn read_val(self) {}
        fn write_val(self) {}
        fn update_val(self) {}
    }

    impl<T> Everywhere for T {}

    pub(super) fn all_macros(regs: io_core::SysMem<'_, super::Regs>) -> Option<u32> {
        io_core::io_write!(regs, .ctrl[0], 1);
        io_core::io_update!(regs, .ctrl[build: 0], |v| v + 1);
        let ctrl = io_core::io_project!(regs, .ctrl);
        let sum = || Ok::<_, io_core::Error>(io_core::io_read!(ctrl, [try: 0]));
        Some(sum().ok()? + io_core::io_read!(ctrl, [panic: 0]))
    }
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: [u32; 4],
}

#[test]
fn user_methods_do_not_conflict() {
    let mut memory = Regs { ctrl: [0; 4] };
    assert_eq!(methods::all_macros(SysMem::from_mut(&mut memory)), Some(4));
}

#[test]
fn user_items_do_not_conflict() {
    let mut memory = shadows::Regs { view: 0, field: 0 };
    assert_eq!(shadows::all_macros(SysMem::from_mut(&mut memory)), 5);
}

#[test]
fn user_variables_do_not_conflict() {
    let mut memory = Regs { ctrl: [10, 11, 12, 13] };
    let __p = SysMem::from_mut(&mut memory);
    let (__s, __b, __a) = (0, 1, 2);
    let (offset, field, io) = (3, 4, 5);
    assert_eq!(io_read!(__p, .ctrl[panic: __s]), 10);
    assert_eq!(io_read!(__p, .ctrl[panic: __b + __a]), 13);
    io_write!(__p, .ctrl[panic: __b], io_read!(__p, .ctrl[panic: __a]));
    io_write!(__p, .ctrl[0], offset + field + io);
    io_update!(__p, .ctrl[2], |__p| __p + field + offset);
    assert_eq!(memory.ctrl, [12, 12, 12 + 4 + 3, 13]);
}
