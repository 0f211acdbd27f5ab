//! `Le<T>` and `Be<T>` as field types. No backend ever swaps bytes; they do.

use endian_num::{Be, Le};

use super::{
    CopyReadable, CopyWritable, Endian, IoLayout, IoValue, Native, Plain, Readable, Repr, Shape,
    Show, Updatable, Writable,
};

macro_rules! endian {
    ($($wrapper:ident $endian:ident $swap:ident),+) => {$(
        // SAFETY: `repr(transparent)` over `T`, whose shape this is.
        unsafe impl<T: Native> IoLayout for $wrapper<T> {
            const SHAPE: Shape = T::SHAPE.with_endian(Endian::$endian);
            const ANY_BITS: bool = T::ANY_BITS;
            const SHOW: Option<Show> = T::SHOW;
        }

        // SAFETY: `repr(transparent)` over `T`, which is one word.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: Native> IoValue for $wrapper<T> {
            type Repr = T::Repr;
            type Read = T::Read;
            type Write = T::Write;

            #[inline(always)]
            fn decode(repr: T::Repr) -> T::Read {
                T::decode(repr.$swap())
            }

            #[inline(always)]
            fn encode(value: T::Write) -> T::Repr {
                T::encode(value).$swap()
            }

            #[inline(always)]
            fn in_memory(value: T::Write) -> Self {
                Self(T::from_repr(Self::encode(value)))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Native> Readable for $wrapper<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Native> Writable for $wrapper<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Native + Updatable> Updatable for $wrapper<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Native> CopyReadable for $wrapper<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Native> CopyWritable for $wrapper<T> {}
        impl<T: Native> Plain for $wrapper<T> {}
    )+};
}

endian!(Le Little to_le, Be Big to_be);
