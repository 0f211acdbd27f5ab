//! Weakly ordered worlds: each mistake is found in every test run, and what is
//! right is never called wrong.

// Safe code over simulated views, whose own tests run under Miri. Too slow for that:
// a search is some hundred runs.
#![cfg(not(miri))]

mod completion;
mod descriptor;
mod doorbell;
mod double_fetch;
mod explore;
mod handover;
mod loads;
mod memory;
mod restless;
mod scheduler;
mod search;
mod settle;
mod stores;
mod suppression;
