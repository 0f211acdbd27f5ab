//! A register block of one field.
#[repr(C)]
struct Regs {
    ctrl: u32,
}
const _: () = {
    #[automatically_derived]
    unsafe impl ::io_core::layout::IoLayout for Regs {
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
| 0x00 | `ctrl` | `u32` | 32 | read-write |  |
*/
    #[allow(rustdoc::private_intra_doc_links)]
    #[automatically_derived]
    unsafe impl ::io_core::IoStruct for Regs {
        const FIELDS: &'static [::io_core::layout::FieldInfo] = {
            let _: fn(u32) -> Self = |__io_core_0| Self { ctrl: __io_core_0 };
            &::io_core::expansion::fields::<
                Self,
                1usize,
            >([("ctrl", "", <u32 as ::io_core::layout::IoLayout>::INFO)])
        };
    }
    #[automatically_derived]
    impl ::io_core::layout::CopyReadable for Regs
    where
        for<'__io> u32: ::io_core::layout::CopyReadable,
    {}
    #[automatically_derived]
    impl ::io_core::layout::CopyWritable for Regs
    where
        for<'__io> u32: ::io_core::layout::CopyWritable,
    {}
    const _: () = {
        let __io_core_fields = <Regs as ::io_core::IoStruct>::FIELDS;
        let __io_core_end = 0;
        let __io_core_end = ::io_core::expansion::check_fields(
            "Regs",
            __io_core_fields,
            0usize,
            1usize,
            __io_core_end,
        );
        ::io_core::expansion::check_size::<
            Regs,
        >("Regs", __io_core_end, ::io_core::expansion::core::option::Option::None);
        ::io_core::expansion::check_no_drop::<Regs>("Regs");
    };
};
fn main() {}
