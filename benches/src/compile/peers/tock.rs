//! `tock-registers`: a `macro_rules!` language in which each register is declared with its offset.

use core::fmt::Write as _;

use crate::compile::{
    block::{Access, Block, REGISTERS, Register},
    peer::Peer,
    versions,
};

/// The peer that checks every offset.
pub const TOCK: Peer = Peer {
    name: "tock-registers",
    needs: &[versions::TOCK_REGISTERS],
    head: "use tock_registers::interfaces::{Readable as _, Writeable as _};\n\
           use tock_registers::registers::{ReadOnly, ReadWrite, WriteOnly};\n\
           use tock_registers::register_structs;\n",
    definition,
    parameter: |block| format!("io: &{}", block.name()),
    read: |register| format!("io.{}.get()", register.name()),
    write: |register| format!("io.{}.set(7)", register.name()),
};

fn definition(block: Block) -> String {
    let mut text = format!("register_structs! {{\n    pub {} {{\n", block.name());
    for register in Register::all() {
        let kind = match register.access() {
            Access::ReadWrite => "ReadWrite",
            Access::ReadOnly => "ReadOnly",
            Access::WriteOnly => "WriteOnly",
        };
        let (at, name) = (register.offset(), register.name());
        let _ = writeln!(text, "        ({at:#04x} => pub {name}: {kind}<u32>),");
    }
    let end = REGISTERS * size_of::<u32>();
    text + &format!("        ({end:#04x} => @END),\n    }}\n}}\n")
}
