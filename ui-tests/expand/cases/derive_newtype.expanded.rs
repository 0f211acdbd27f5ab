//! A newtype that a field can hold.
#[repr(transparent)]
struct Status(u32);
#[allow(deprecated)]
const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::layout::IoLayout for Status {
        const LAYOUT: ::io_core::layout::FieldLayout = <<Status as ::io_core::IoValue>::Repr as ::io_core::layout::IoLayout>::LAYOUT;
        const ANY_BITS: ::io_core::expansion::core::primitive::bool = true;
        const FORMAT: ::io_core::expansion::core::option::Option<
            ::io_core::layout::ValueFormat,
        > = {
            #[allow(unused_imports)]
            use ::io_core::expansion::NoText as _;
            <::io_core::expansion::TextOf<Status>>::FORMAT
        };
    }
    /// A value of 32 bits, accessed as a whole.
    #[automatically_derived]
    unsafe impl ::io_core::IoValue for Status {
        type Repr = <u32 as ::io_core::expansion::Integer>::Bits;
        type Read = Status;
        type Write = Status;
        #[inline(always)]
        fn decode(__io_core_repr: Self::Repr) -> Status {
            Status {
                0: <u32 as ::io_core::expansion::Integer>::decode(__io_core_repr),
            }
        }
        #[inline(always)]
        fn encode(__io_core_value: Status) -> Self::Repr {
            <u32 as ::io_core::expansion::Integer>::encode(__io_core_value.0)
        }
        #[inline(always)]
        fn in_memory(__io_core_value: Status) -> Status {
            __io_core_value
        }
        #[inline(always)]
        fn from_memory(__io_core_memory: Status) -> Status {
            __io_core_memory
        }
    }
    #[automatically_derived]
    unsafe impl ::io_core::expansion::Mask<Status> for Status {}
    #[automatically_derived]
    impl ::io_core::layout::Unswapped for Status {
        #[inline(always)]
        fn repr_of(__io_core_value: Status) -> <Status as ::io_core::IoValue>::Repr {
            <Status as ::io_core::IoValue>::encode(__io_core_value)
        }
    }
    #[automatically_derived]
    unsafe impl ::io_core::layout::InPlace for Status {}
    #[automatically_derived]
    impl ::io_core::layout::Readable for Status {}
    #[automatically_derived]
    impl ::io_core::layout::Writable for Status {}
    #[automatically_derived]
    impl ::io_core::layout::BareValue for Status {}
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Status {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Status {}
    #[automatically_derived]
    impl ::io_core::layout::Plain for Status {}
    #[automatically_derived]
    impl ::io_core::layout::Updatable for Status {}
    #[automatically_derived]
    impl ::io_core::expansion::core::convert::From<::io_core::Le<Status>> for Status {
        #[inline(always)]
        fn from(__io_core_value: ::io_core::Le<Status>) -> Self {
            <::io_core::Le<Status>>::get(__io_core_value)
        }
    }
    #[automatically_derived]
    impl ::io_core::expansion::core::convert::From<::io_core::Be<Status>> for Status {
        #[inline(always)]
        fn from(__io_core_value: ::io_core::Be<Status>) -> Self {
            <::io_core::Be<Status>>::get(__io_core_value)
        }
    }
    const _: () = ::io_core::expansion::check_value::<Status>("Status");
};
fn main() {}
