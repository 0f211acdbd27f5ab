// #[repr(C)] struct Desc { body: u32, #[io(own_bit)] flags: OwnBit<u32> }

const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::layout::IoLayout for Desc {
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
| 0x00 | `body` | `u32` | 32 | read-write |  |
| 0x04 | `flags` | `OwnBit<u32>` | 32 | ownership field |  |
*/
    #[allow(rustdoc::private_intra_doc_links)]
    #[automatically_derived]
    unsafe impl ::io_core::IoStruct for Desc {
        const FIELDS: &'static [::io_core::layout::FieldInfo] = {
            let _: fn(u32, OwnBit<u32>) -> Self = |__io_core_0, __io_core_1| Self {
                body: __io_core_0,
                flags: __io_core_1,
            };
            &::io_core::expansion::fields::<
                Self,
                2usize,
            >([
                ("body", "", <u32 as ::io_core::layout::IoLayout>::INFO),
                ("flags", "", <OwnBit<u32> as ::io_core::layout::IoLayout>::INFO),
            ])
        };
    }
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyReadable,
        for<'__io> OwnBit<u32>: ::io_core::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyWritable,
        for<'__io> OwnBit<u32>: ::io_core::layout::CopyWritable,
    {}
    #[automatically_derived]
    unsafe impl ::io_core::layout::Descriptor for Desc {
        type OwnBit = OwnBit<u32>;
        const OWN_BIT_OFFSET: ::io_core::expansion::core::primitive::usize = ::io_core::expansion::core::mem::offset_of!(
            Self, flags
        );
    }
    #[automatically_derived]
    impl ::io_core::layout::DescriptorReadable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::layout::DescriptorWritable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyWritable,
    {}
    const _: () = {
        let __io_core_fields = <Desc as ::io_core::IoStruct>::FIELDS;
        let __io_core_end = 0;
        let __io_core_end = ::io_core::expansion::check_fields(
            "Desc",
            __io_core_fields,
            0usize,
            2usize,
            __io_core_end,
        );
        ::io_core::expansion::check_size::<
            Desc,
        >("Desc", __io_core_end, ::io_core::expansion::core::option::Option::None);
        ::io_core::expansion::check_no_drop::<Desc>("Desc");
    };
};
