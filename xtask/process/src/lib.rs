//! Commands to run: values that can be printed and pasted into a shell, and their output.

mod call;
pub mod run;

pub use call::Call;
