//! A newtype that a field can hold.
#[repr(transparent)]
struct Status(u32);
const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::IoLayout for Status {
        const SHAPE: ::io_core::Shape = <u32 as ::io_core::__private::Integer>::SHAPE;
    }
    #[automatically_derived]
    unsafe impl ::io_core::IoValue for Status {
        type Repr = <u32 as ::io_core::__private::Integer>::Bits;
        type Read = Status;
        type Write = Status;
        #[inline(always)]
        fn decode(repr: <u32 as ::io_core::__private::Integer>::Bits) -> Status {
            Status {
                0: <u32 as ::io_core::__private::Integer>::decode(repr),
            }
        }
        #[inline(always)]
        fn encode(value: Status) -> <u32 as ::io_core::__private::Integer>::Bits {
            <u32 as ::io_core::__private::Integer>::encode(value.0)
        }
    }
    #[automatically_derived]
    impl ::io_core::Readable for Status {}
    #[automatically_derived]
    impl ::io_core::Writable for Status {}
    #[automatically_derived]
    impl ::io_core::Updatable for Status {}
    #[automatically_derived]
    impl ::io_core::CopyReadable for Status {}
    #[automatically_derived]
    impl ::io_core::CopyWritable for Status {}
    #[automatically_derived]
    impl ::io_core::Plain for Status {}
    #[automatically_derived]
    impl ::io_core::Native for Status {}
    #[automatically_derived]
    impl ::io_core::__private::core::convert::From<Status> for ::io_core::Le<Status> {
        #[inline(always)]
        fn from(value: Status) -> Self {
            ::io_core::Le(Status {
                0: <u32 as ::io_core::__private::Integer>::to_le(value.0),
            })
        }
    }
    #[automatically_derived]
    impl ::io_core::__private::core::convert::From<::io_core::Le<Status>> for Status {
        #[inline(always)]
        fn from(value: ::io_core::Le<Status>) -> Self {
            Status {
                0: <u32 as ::io_core::__private::Integer>::to_le(value.0.0),
            }
        }
    }
    #[automatically_derived]
    impl ::io_core::__private::core::convert::From<Status> for ::io_core::Be<Status> {
        #[inline(always)]
        fn from(value: Status) -> Self {
            ::io_core::Be(Status {
                0: <u32 as ::io_core::__private::Integer>::to_be(value.0),
            })
        }
    }
    #[automatically_derived]
    impl ::io_core::__private::core::convert::From<::io_core::Be<Status>> for Status {
        #[inline(always)]
        fn from(value: ::io_core::Be<Status>) -> Self {
            Status {
                0: <u32 as ::io_core::__private::Integer>::to_be(value.0.0),
            }
        }
    }
};
fn main() {}
