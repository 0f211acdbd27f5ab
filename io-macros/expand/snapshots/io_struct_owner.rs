// #[repr(C)] struct Desc { body: u32, #[io(owner)] flags: Owner<u32> }

const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::layout::IoLayout for Desc {
        const SHAPE: ::io_core::layout::Shape = {
            let () = <Self as ::io_core::IoStruct>::CHECKED;
            ::io_core::layout::Shape::Block {
                fields: <Self as ::io_core::IoStruct>::FIELDS,
            }
        };
    }
    /**

| Offset | Field | Type | Width | Access | |
|---|---|---|---|---|---|
| 0x00 | `body` | `u32` | 32 | read-write |  |
| 0x04 | `flags` | `Owner<u32>` | 32 | hands the block over |  |
*/
    #[automatically_derived]
    unsafe impl ::io_core::IoStruct for Desc {
        const FIELDS: &'static [::io_core::layout::FieldInfo] = &::io_core::__private::fields::<
            Self,
            2usize,
        >([
            ("body", "", <u32 as ::io_core::layout::IoLayout>::INFO),
            ("flags", "", <Owner<u32> as ::io_core::layout::IoLayout>::INFO),
        ]);
    }
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyReadable,
        for<'__io> Owner<u32>: ::io_core::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyWritable,
        for<'__io> Owner<u32>: ::io_core::layout::CopyWritable,
    {}
    #[automatically_derived]
    unsafe impl ::io_core::layout::Handover for Desc {
        type Owner = Owner<u32>;
        const OWNER_AT: usize = ::io_core::__private::core::mem::offset_of!(Self, flags);
    }
    #[automatically_derived]
    impl ::io_core::layout::BodyReadable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::layout::BodyWritable for Desc
    where
        for<'__io> u32: ::io_core::layout::CopyWritable,
    {}
    const _: () = {
        let __fields = <Desc as ::io_core::IoStruct>::FIELDS;
        let __end = 0;
        let __end = ::io_core::__private::check_fields(
            "Desc",
            __fields,
            0usize,
            2usize,
            __end,
        );
        ::io_core::__private::check_size::<
            Desc,
        >("Desc", __end, ::io_core::__private::core::option::Option::None);
        ::io_core::__private::check_no_drop::<Desc>("Desc");
    };
};
