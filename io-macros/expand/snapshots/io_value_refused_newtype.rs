// struct Status<T>(T, #[io] u8);

const _: () = {
    unsafe impl<T> ::io_core::layout::IoLayout for Status<T> {
        const LAYOUT: ::io_core::layout::FieldLayout = {
            ::io_core::expansion::core::compile_error! {
                "`#[derive(IoValue)]` requires `#[repr(transparent)]`: without it, the layout is unspecified"
            }
            ::io_core::expansion::core::compile_error! {
                "`#[io(…)]` is not allowed on the field of a newtype: remove it"
            }
            ::io_core::expansion::core::compile_error! {
                "a struct with `#[derive(IoValue)]` must have exactly one field, an integer"
            }
            ::io_core::expansion::core::compile_error! {
                "`#[derive(IoValue)]` does not support generic parameters: remove them"
            }
        };
    }
    unsafe impl<T> ::io_core::IoValue for Status<T> {
        type Repr = ::io_core::expansion::core::primitive::u8;
        type Read = Status<T>;
        type Write = Self;
        fn decode(_: ::io_core::expansion::core::primitive::u8) -> Status<T> {
            loop {}
        }
        fn encode(_: Self) -> ::io_core::expansion::core::primitive::u8 {
            loop {}
        }
        fn in_memory(__io_core_value: Self) -> Self {
            __io_core_value
        }
        fn from_memory(_: Self) -> Status<T> {
            loop {}
        }
    }
    impl<T> ::io_core::layout::Unswapped for Status<T> {
        fn repr_of(_: Self) -> ::io_core::expansion::core::primitive::u8 {
            loop {}
        }
    }
    unsafe impl<T> ::io_core::layout::InPlace for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::Readable for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::Writable for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::BareValue for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::CopyReadable for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::CopyWritable for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::Plain for Status<T> {}
    #[automatically_derived]
    impl<T> ::io_core::layout::Updatable for Status<T> {}
};
