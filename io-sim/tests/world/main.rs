//! Weakly ordered worlds: each error is found in every test run, and correct drivers always pass.

// Safe code over simulated views, whose own tests run under Miri. These tests are too slow for
// Miri: a search takes several hundred runs.
#![cfg(not(miri))]

mod busy_devices;
mod completion;
mod descriptor;
mod doorbell;
mod double_fetch;
mod explore;
mod handover;
mod loads;
mod memory;
mod scheduler;
mod search;
mod settle;
mod stores;
mod suppression;
