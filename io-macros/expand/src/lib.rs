//! Parsers, model and expansion of io-core's macros, as ordinary code.
//!
//! Each macro is a folder: parse, model, check, expand. A procedural-macro
//! crate can be neither tested nor fuzzed from outside; this one can.

mod attributes;
mod diagnostics;
mod io_struct;
mod io_value;
mod project;
mod spans;

pub use io_struct::expand as io_struct;
pub use io_struct::expand_attribute as io_struct_attribute;
pub use io_value::expand as io_value;
pub use project::expand as project;
