//! `safe-mmio`: plain structs of wrapper types, and a macro for each use.

use crate::compile::{
    block::{Access, Register},
    peer::{Peer, repr_c},
    versions,
};

/// The peer whose definitions cost nothing.
pub const SAFE_MMIO: Peer = Peer {
    name: "safe-mmio",
    needs: &[versions::SAFE_MMIO],
    head: "use safe_mmio::fields::{ReadPure, ReadPureWrite, WriteOnly};\n\
           use safe_mmio::{UniqueMmioPointer, field};\n",
    definition: |block| repr_c("", block, field),
    parameter: |block| format!("mut io: UniqueMmioPointer<'_, {}>", block.name()),
    read: |register| format!("field!(io, {}).read()", register.name()),
    write: |register| format!("field!(io, {}).write(7)", register.name()),
};

fn field(register: Register) -> String {
    let kind = match register.access() {
        Access::ReadWrite => "ReadPureWrite",
        Access::ReadOnly => "ReadPure",
        Access::WriteOnly => "WriteOnly",
    };
    format!("pub {}: {kind}<u32>", register.name())
}
