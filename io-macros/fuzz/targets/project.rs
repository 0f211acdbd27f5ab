//! Fuzzes `io_project!` and related macros.

#![no_main]

use io_macros_oracle::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| io_macros_fuzz::judge(Language::Project, bytes));
