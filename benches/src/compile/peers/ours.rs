//! `#[derive(IoStruct)]` and the accessors of this workspace's io-core.

use crate::compile::{
    block::{Access, Register},
    peer::{Need, Peer, repr_c},
};

/// The contestant that the bars are for.
pub const OURS: Peer = Peer {
    name: "io-core",
    needs: &[Need::IoCore],
    head: "use io_core::prelude::*;\n",
    definition: |block| repr_c("#[derive(IoStruct)]\n", block, field),
    parameter: |block| format!("io: Mmio<'_, {}>", block.name()),
    read: |register| format!("io_read!(io, .{})", register.name()),
    write: |register| format!("io_write!(io, .{}, 7)", register.name()),
};

fn field(register: Register) -> String {
    let kind = match register.access() {
        Access::ReadWrite => "u32",
        Access::ReadOnly => "Ro<u32>",
        Access::WriteOnly => "Wo<u32>",
    };
    format!("pub {}: {kind}", register.name())
}
