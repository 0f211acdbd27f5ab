// struct Status([u8]);

::core::compile_error! {
    "`#[derive(IoValue)]` needs `#[repr(transparent)]`: without it the type need not have the layout of its integer"
}
::core::compile_error! {
    "one access reads or writes a value: put an integer here"
}
