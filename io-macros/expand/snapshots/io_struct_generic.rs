// #[repr(C)] struct Bank<T: Copy, const N: usize>([T; N]) where T: Default;

const _: () = {
    #[automatically_derived]
    unsafe impl<T: Copy, const N: usize> ::io_core::layout::IoLayout for Bank<T, N>
    where
        T: Default,
        [T; N]: ::io_core::layout::IoLayout,
    {
        const LAYOUT: ::io_core::layout::FieldLayout = {
            let () = <Self as ::io_core::IoStruct>::CHECKED;
            ::io_core::layout::FieldLayout::Block {
                fields: <Self as ::io_core::IoStruct>::FIELDS,
            }
        };
    }
    /**

Fields, with their offsets in bytes:

| Offset | Field | Type | Width (bits) | Access | Description |
|---|---|---|---|---|---|
| 0x00 | `0` | `[T; N]` | see `T` | see `T` |  |
*/
    #[allow(rustdoc::private_intra_doc_links)]
    #[automatically_derived]
    unsafe impl<T: Copy, const N: usize> ::io_core::IoStruct for Bank<T, N>
    where
        T: Default,
        [T; N]: ::io_core::layout::IoLayout,
    {
        const FIELDS: &'static [::io_core::layout::FieldInfo] = {
            let _: fn([T; N]) -> Self = |__io_core_0| Self { 0: __io_core_0 };
            &::io_core::expansion::fields::<
                Self,
                1usize,
            >([("0", "", <[T; N] as ::io_core::layout::IoLayout>::INFO)])
        };
        const CHECKED: () = {
            let __io_core_fields = <Bank<T, N> as ::io_core::IoStruct>::FIELDS;
            let __io_core_end = 0;
            let __io_core_end = ::io_core::expansion::check_field(
                "Bank",
                __io_core_fields,
                0usize,
                __io_core_end,
                ::io_core::expansion::core::option::Option::None,
            );
            ::io_core::expansion::check_size::<
                Bank<T, N>,
            >("Bank", __io_core_end, ::io_core::expansion::core::option::Option::None);
            ::io_core::expansion::check_no_drop::<Bank<T, N>>("Bank");
        };
    }
    #[automatically_derived]
    impl<T: Copy, const N: usize> ::io_core::layout::CopyReadable for Bank<T, N>
    where
        T: Default,
        [T; N]: ::io_core::layout::IoLayout,
        for<'__io> [T; N]: ::io_core::expansion::ReadablePart,
    {}
    #[automatically_derived]
    impl<T: Copy, const N: usize> ::io_core::layout::CopyWritable for Bank<T, N>
    where
        T: Default,
        [T; N]: ::io_core::layout::IoLayout,
        for<'__io> [T; N]: ::io_core::expansion::WritablePart,
    {}
};
