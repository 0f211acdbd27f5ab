//! What the tests of each macro share: its expansions as readable files, and
//! token streams that nobody would write.

mod snapshot;
mod tokens;

pub(crate) use snapshot::assert_snapshots;
pub(crate) use tokens::{assert_never_panics, parse};
