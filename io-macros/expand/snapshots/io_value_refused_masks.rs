// #[io(w1t = 1, w1c = "1", ro)] #[repr(u8)] enum Mode { Off }

const _: () = {
    unsafe impl ::io_core::layout::IoLayout for Mode {
        const LAYOUT: ::io_core::layout::FieldLayout = {
            ::io_core::expansion::core::compile_error! {
                "unknown `io` option `w1t` (enum options: crate)"
            }
            ::io_core::expansion::core::compile_error! {
                "unknown `io` option `w1c` (enum options: crate)"
            }
            ::io_core::expansion::core::compile_error! {
                "unknown `io` option `ro` (enum options: crate)"
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
