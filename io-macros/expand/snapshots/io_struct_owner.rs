// #[repr(C)] struct Desc { body: u32, #[io(owner)] flags: Owner<u32> }

const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::IoLayout for Desc {
        const SHAPE: ::io_core::Shape = {
            let () = <Self as ::io_core::IoStruct>::CHECKED;
            ::io_core::Shape::Block {
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
        const FIELDS: &'static [::io_core::FieldInfo] = &::io_core::__private::fields::<
            Self,
            2usize,
        >([
            ("body", "", <u32 as ::io_core::IoLayout>::INFO),
            ("flags", "", <Owner<u32> as ::io_core::IoLayout>::INFO),
        ]);
    }
    #[automatically_derived]
    impl ::io_core::CopyReadable for Desc
    where
        for<'__io> u32: ::io_core::CopyReadable,
        for<'__io> Owner<u32>: ::io_core::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::CopyWritable for Desc
    where
        for<'__io> u32: ::io_core::CopyWritable,
        for<'__io> Owner<u32>: ::io_core::CopyWritable,
    {}
    #[automatically_derived]
    unsafe impl ::io_core::Handover for Desc {
        type Owner = Owner<u32>;
        const OWNER_AT: usize = ::io_core::__private::core::mem::offset_of!(Self, flags);
    }
    #[automatically_derived]
    impl ::io_core::BodyReadable for Desc
    where
        for<'__io> u32: ::io_core::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::BodyWritable for Desc
    where
        for<'__io> u32: ::io_core::CopyWritable,
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
