// enum Mode { Off, On }

::core::compile_error! {
    "`#[derive(IoValue)]` is for newtypes: `#[repr(transparent)] struct Mode(u32);`, with a constant for each value"
}
