//! Helpers for the tests of each macro: expansions as readable files, and random token streams.

mod snapshot;
mod tokens;

pub(crate) use snapshot::assert_snapshots;
pub(crate) use tokens::{assert_never_panics, parse};
