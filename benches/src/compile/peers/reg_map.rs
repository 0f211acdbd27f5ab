//! `reg-map`: a derive that generates a pointer type with a method for each register.

use crate::compile::{
    block::{Access, Register},
    peer::{Peer, repr_c},
    versions,
};

/// The cheapest derive among the peers.
pub const REG_MAP: Peer = Peer {
    name: "reg-map",
    needs: &[versions::REG_MAP],
    head: "use reg_map::RegMap;\n",
    definition: |block| repr_c("#[derive(RegMap)]\n", block, field),
    parameter: |block| format!("io: {}Ptr<'_>", block.name()),
    read: |register| format!("io.{}().read()", register.name()),
    write: |register| format!("io.{}().write(7)", register.name()),
};

fn field(register: Register) -> String {
    let attribute = match register.access() {
        Access::ReadWrite => "",
        Access::ReadOnly => "#[reg(RO)] ",
        Access::WriteOnly => "#[reg(WO)] ",
    };
    format!("{attribute}pub {}: u32", register.name())
}
