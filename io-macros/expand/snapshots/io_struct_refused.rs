// #[io(sise = 8)] struct Regs { #[io(at)] ctrl: u32 }

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
            ::io_core::expansion::core::compile_error! {
                "`#[derive(IoStruct)]` requires `#[repr(C)]`: without it, offsets are unspecified"
            }
            ::io_core::expansion::core::compile_error! {
                "unknown `io` option `sise`; did you mean `size`? (struct options: size, crate)"
            }
            ::io_core::expansion::core::compile_error! {
                "`at` requires a value: `at = 0x10`"
            }
        };
    }
};
