// struct Status([u8]);

::io_core::expansion::core::compile_error! {
    "`#[derive(IoValue)]` requires `#[repr(transparent)]`: without it, the layout is unspecified"
}
::io_core::expansion::core::compile_error! {
    "a value is read and written by one access: use an integer"
}
