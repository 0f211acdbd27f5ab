//! Fuzzes `#[derive(IoStruct)]`.

#![no_main]

io_macros_fuzz::target!(IoStruct, io_macros_expand::io_struct);
