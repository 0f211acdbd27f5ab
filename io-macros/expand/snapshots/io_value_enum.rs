// #[repr(i8)] enum r#Mode { Off = -1, r#On }

#[allow(deprecated)]
const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::layout::IoLayout for r#Mode {
        const LAYOUT: ::io_core::layout::FieldLayout = <::io_core::expansion::core::primitive::u8 as ::io_core::layout::IoLayout>::LAYOUT;
        const ANY_BITS: ::io_core::expansion::core::primitive::bool = false;
        const FORMAT: ::io_core::expansion::core::option::Option<
            ::io_core::layout::ValueFormat,
        > = {
            #[allow(unused_imports)]
            use ::io_core::expansion::NoText as _;
            <::io_core::expansion::TextOf<r#Mode>>::ENUM_FORMAT
        };
    }
    /// A value of 8 bits, accessed as a whole.
    #[automatically_derived]
    unsafe impl ::io_core::IoValue for r#Mode {
        type Repr = ::io_core::expansion::core::primitive::u8;
        type Read = ::io_core::expansion::core::result::Result<
            r#Mode,
            ::io_core::UnknownValue<r#Mode>,
        >;
        type Write = r#Mode;
        #[allow(unreachable_patterns)]
        #[inline(always)]
        fn decode(
            __io_core_repr: ::io_core::expansion::core::primitive::u8,
        ) -> ::io_core::expansion::core::result::Result<
            r#Mode,
            ::io_core::UnknownValue<r#Mode>,
        > {
            const V0: ::io_core::expansion::core::primitive::u8 = r#Mode::Off
                as ::io_core::expansion::core::primitive::u8;
            const V1: ::io_core::expansion::core::primitive::u8 = r#Mode::r#On
                as ::io_core::expansion::core::primitive::u8;
            match __io_core_repr {
                V0 => ::io_core::expansion::core::result::Result::Ok(r#Mode::Off),
                V1 => ::io_core::expansion::core::result::Result::Ok(r#Mode::r#On),
                _ => {
                    ::io_core::expansion::core::result::Result::Err(
                        ::io_core::UnknownValue::new(__io_core_repr),
                    )
                }
            }
        }
        #[inline(always)]
        fn encode(__io_core_value: r#Mode) -> ::io_core::expansion::core::primitive::u8 {
            __io_core_value as ::io_core::expansion::core::primitive::u8
        }
        #[inline(always)]
        fn in_memory(__io_core_value: r#Mode) -> r#Mode {
            __io_core_value
        }
        #[inline(always)]
        fn from_memory(
            __io_core_memory: r#Mode,
        ) -> ::io_core::expansion::core::result::Result<
            r#Mode,
            ::io_core::UnknownValue<r#Mode>,
        > {
            ::io_core::expansion::core::result::Result::Ok(__io_core_memory)
        }
    }
    #[automatically_derived]
    impl ::io_core::IoEnum for r#Mode {
        const NAME: &'static ::io_core::expansion::core::primitive::str = "Mode";
    }
    #[automatically_derived]
    impl ::io_core::layout::Unswapped for r#Mode {
        #[inline(always)]
        fn repr_of(__io_core_value: r#Mode) -> <r#Mode as ::io_core::IoValue>::Repr {
            <r#Mode as ::io_core::IoValue>::encode(__io_core_value)
        }
    }
    #[automatically_derived]
    unsafe impl ::io_core::layout::InPlace for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Readable for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Writable for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::BareValue for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for r#Mode {}
    #[automatically_derived]
    impl ::io_core::layout::Plain for r#Mode {}
    #[automatically_derived]
    impl ::io_core::expansion::core::convert::TryFrom<::io_core::Le<r#Mode>> for r#Mode {
        type Error = ::io_core::UnknownValue<r#Mode>;
        #[inline(always)]
        fn try_from(
            __io_core_value: ::io_core::Le<r#Mode>,
        ) -> ::io_core::expansion::core::result::Result<
            Self,
            ::io_core::UnknownValue<r#Mode>,
        > {
            <::io_core::Le<r#Mode>>::get(__io_core_value)
        }
    }
    #[automatically_derived]
    impl ::io_core::expansion::core::convert::TryFrom<::io_core::Be<r#Mode>> for r#Mode {
        type Error = ::io_core::UnknownValue<r#Mode>;
        #[inline(always)]
        fn try_from(
            __io_core_value: ::io_core::Be<r#Mode>,
        ) -> ::io_core::expansion::core::result::Result<
            Self,
            ::io_core::UnknownValue<r#Mode>,
        > {
            <::io_core::Be<r#Mode>>::get(__io_core_value)
        }
    }
    const _: () = ::io_core::expansion::check_value::<r#Mode>("Mode");
};
