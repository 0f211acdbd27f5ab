// #[repr(C, packed(4))] #[io(size = 8, crate = crate::io)] struct Desc { #[doc = " In bytes."] #[io(at = 4)] len: Le<u32> }

const _: () = {
    #[automatically_derived]
    unsafe impl crate::io::layout::IoLayout for Desc {
        const LAYOUT: crate::io::layout::FieldLayout = {
            let () = <Self as crate::io::IoStruct>::CHECKED;
            crate::io::layout::FieldLayout::Block {
                fields: <Self as crate::io::IoStruct>::FIELDS,
            }
        };
    }
    /**

Fields, with their offsets in bytes:

| Offset | Field | Type | Width (bits) | Access | Description |
|---|---|---|---|---|---|
| 0x04 | `len` | `Le<u32>` | 32 | read-write | In bytes. |
*/
    #[allow(rustdoc::private_intra_doc_links)]
    #[automatically_derived]
    unsafe impl crate::io::IoStruct for Desc {
        const FIELDS: &'static [crate::io::layout::FieldInfo] = {
            let _: fn(Le<u32>) -> Self = |__io_core_0| Self { len: __io_core_0 };
            &crate::io::expansion::fields::<
                Self,
                1usize,
            >([("len", "In bytes.", <Le<u32> as crate::io::layout::IoLayout>::INFO)])
        };
    }
    #[automatically_derived]
    impl crate::io::layout::CopyReadable for Desc
    where
        for<'__io> Le<u32>: crate::io::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl crate::io::layout::CopyWritable for Desc
    where
        for<'__io> Le<u32>: crate::io::layout::CopyWritable,
    {}
    const _: () = {
        let __io_core_fields = <Desc as crate::io::IoStruct>::FIELDS;
        let __io_core_end = 0;
        let __io_core_end = crate::io::expansion::check_field(
            "Desc",
            __io_core_fields,
            0usize,
            __io_core_end,
            crate::io::expansion::core::option::Option::Some(4),
        );
        crate::io::expansion::check_align::<Desc, Le<u32>>("Desc", "len");
        crate::io::expansion::check_size::<
            Desc,
        >("Desc", __io_core_end, crate::io::expansion::core::option::Option::Some(8));
        crate::io::expansion::check_no_drop::<Desc>("Desc");
    };
};
