//! Fuzzes `#[derive(IoValue)]`.

#![no_main]

io_macros_fuzz::target!(IoValue, io_macros_expand::io_value);
