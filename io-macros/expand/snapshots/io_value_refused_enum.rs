// #[io(bits = u8)] #[repr(C)] enum Mode { Off, #[io(at = 0)] On(u8) }

const _: () = {
    unsafe impl ::io_core::layout::IoLayout for Mode {
        const LAYOUT: ::io_core::layout::FieldLayout = {
            ::io_core::expansion::core::compile_error! {
                "the width of `C` depends on the target: use the integer of the register's width, such as `u32`"
            }
            ::io_core::expansion::core::compile_error! {
                "`#[io(…)]` is not allowed on a variant: remove it"
            }
            ::io_core::expansion::core::compile_error! {
                "a variant of an `IoValue` enum cannot have fields: for a register with several values, use a newtype: `#[repr(transparent)] struct Mode(u32);`"
            }
            ::io_core::expansion::core::compile_error! {
                "unknown `io` option `bits` (enum options: crate)"
            }
        };
    }
    unsafe impl ::io_core::IoValue for Mode {
        type Repr = ::io_core::expansion::core::primitive::u8;
        type Read = ::io_core::expansion::core::result::Result<
            Mode,
            ::io_core::UnknownValue<Mode>,
        >;
        type Write = Self;
        fn decode(
            _: ::io_core::expansion::core::primitive::u8,
        ) -> ::io_core::expansion::core::result::Result<
            Mode,
            ::io_core::UnknownValue<Mode>,
        > {
            loop {}
        }
        fn encode(_: Self) -> ::io_core::expansion::core::primitive::u8 {
            loop {}
        }
        fn in_memory(__io_core_value: Self) -> Self {
            __io_core_value
        }
        fn from_memory(
            _: Self,
        ) -> ::io_core::expansion::core::result::Result<
            Mode,
            ::io_core::UnknownValue<Mode>,
        > {
            loop {}
        }
    }
    impl ::io_core::layout::Unswapped for Mode {
        fn repr_of(_: Self) -> ::io_core::expansion::core::primitive::u8 {
            loop {}
        }
    }
    unsafe impl ::io_core::layout::InPlace for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Readable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Writable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::BareValue for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Plain for Mode {}
    impl ::io_core::IoEnum for Mode {
        const NAME: &'static ::io_core::expansion::core::primitive::str = "Mode";
    }
};
