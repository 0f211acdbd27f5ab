//! `derive-mmio`: a derive that generates a handle with methods for each register.

use crate::compile::{
    block::{Access, Register},
    peer::{Peer, repr_c},
    versions,
};

/// The peer whose derive is most similar in form.
pub const DERIVE_MMIO: Peer = Peer {
    name: "derive-mmio",
    needs: &[versions::DERIVE_MMIO],
    head: "",
    definition: |block| repr_c("#[derive(derive_mmio::Mmio)]\n", block, field),
    parameter: |block| format!("io: &mut Mmio{}<'_>", block.name()),
    read: |register| format!("io.read_{}()", register.name()),
    write: |register| format!("io.write_{}(7)", register.name()),
};

fn field(register: Register) -> String {
    let attribute = match register.access() {
        Access::ReadWrite => "",
        Access::ReadOnly => "#[mmio(PureRead)] ",
        Access::WriteOnly => "#[mmio(Write)] ",
    };
    format!("{attribute}pub {}: u32", register.name())
}
