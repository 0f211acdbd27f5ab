//! zerocopy's four derives, which copies of whole values require; uses are plain accesses.

use crate::compile::{
    peer::{Peer, repr_c},
    versions,
};

/// Derives that a register block does not need.
pub const ZEROCOPY: Peer = Peer {
    name: "zerocopy's derives",
    needs: &[versions::ZEROCOPY],
    head: "use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};\n",
    definition: |block| {
        repr_c("#[derive(FromBytes, Immutable, IntoBytes, KnownLayout)]\n", block, |register| {
            format!("pub {}: u32", register.name())
        })
    },
    parameter: |block| format!("io: &mut {}", block.name()),
    read: |register| format!("io.{}", register.name()),
    write: |register| format!("io.{} = 7", register.name()),
};
