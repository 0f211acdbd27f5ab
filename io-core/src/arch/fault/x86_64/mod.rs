//! x86-64: a store that faults has stored nothing, also where it crosses a page.
//!
//! Source: Intel SDM volume 3, "Exception Classifications": a fault leaves the state from before
//! the instruction.

mod blocks;
#[cfg_attr(target_feature = "sse2", path = "vectors.rs")]
#[cfg_attr(not(target_feature = "sse2"), path = "registers.rs")]
mod wide;
pub(super) mod words;

pub(super) use wide::{Job, walk};

super::table::bounds!(
    "lea {start}, [rip + __start_io_core_faults_v1]"
    "lea {end}, [rip + __stop_io_core_faults_v1]"
);
