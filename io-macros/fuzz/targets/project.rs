//! Fuzzes `io_project!` and kin.

#![no_main]

io_macros_fuzz::target!(Project, io_macros_expand::project);
