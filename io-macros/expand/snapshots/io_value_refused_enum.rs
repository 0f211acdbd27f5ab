// #[io(bits = u8)] #[repr(C)] enum Mode { Off, #[io(at = 0)] On(u8) }

const _: () = {
    unsafe impl ::io_core::layout::IoLayout for Mode {
        const LAYOUT: ::io_core::layout::FieldLayout = <::io_core::expansion::core::primitive::u8 as ::io_core::layout::IoLayout>::LAYOUT;
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
        fn in_memory(value: Self) -> Self {
            value
        }
    }
    #[automatically_derived]
    impl ::io_core::layout::Readable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Writable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Plain for Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Unswapped for Mode {}
    impl ::io_core::IoEnum for Mode {
        const NAME: &'static ::io_core::expansion::core::primitive::str = "Mode";
    }
};
::core::compile_error! {
    "`C` leaves the width to the compiler: write that of the register, such as `u32`"
}
::core::compile_error! {
    "a variant takes no `#[io(…)]` options"
}
::core::compile_error! {
    "a variant stands for one number, so it has no fields; bits that stand beside others are a newtype's: `#[repr(transparent)] struct Mode(u32);`"
}
::core::compile_error! {
    "unknown `io` option `bits` (enum options: crate)"
}
