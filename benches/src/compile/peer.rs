//! Ways to describe registers, as generators of crates.

use core::fmt::Write as _;

use super::block::{Block, REGISTERS, Register, Use};

/// A contestant: the dependencies of its crates, and how it writes definitions and uses.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Its name in reports.
    pub name: &'static str,
    /// The dependencies of its crates.
    pub needs: &'static [Need],
    /// The start of its crates: imports and attributes.
    pub head: &'static str,
    /// Returns the definition of a block.
    pub definition: fn(Block) -> String,
    /// Returns the parameter `io` through which a function accesses a block.
    pub parameter: fn(Block) -> String,
    /// Returns an expression that reads a register through the parameter `io`.
    pub read: fn(Register) -> String,
    /// Returns an expression that writes 7 to a register through the parameter `io`.
    pub write: fn(Register) -> String,
}

/// A dependency of a generated crate.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// A crate of the registry.
    Registry {
        /// The name of the crate.
        name: &'static str,
        /// The exact version.
        version: &'static str,
        /// Its features in addition to the default ones.
        features: &'static [&'static str],
    },
    /// This workspace's `io-core`.
    IoCore,
}

/// The parts of the blocks that a crate contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Only the definitions.
    Definitions,
    /// The definitions, and for each block a function that accesses each of its registers once.
    Uses,
}

impl Variant {
    /// Both variants.
    pub const ALL: [Self; 2] = [Self::Definitions, Self::Uses];

    /// Returns the variants for a crate of this size: an empty one has no uses.
    pub fn of(registers: usize) -> &'static [Self] {
        if registers == 0 { &[Self::Definitions] } else { &[Self::Definitions, Self::Uses] }
    }

    /// Returns its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Definitions => "definitions",
            Self::Uses => "uses",
        }
    }
}

impl Peer {
    /// Returns the source of a crate with `registers` registers.
    ///
    /// # Panics
    ///
    /// Panics if `registers` is not a multiple of the number of registers in a block.
    pub fn source(&self, registers: usize, variant: Variant) -> String {
        assert!(
            registers.is_multiple_of(REGISTERS),
            "{registers} registers are not a multiple of a block"
        );
        let blocks = || (0..registers / REGISTERS).map(Block);
        let mut text = "#![allow(unused_imports, unused_mut)]\n".to_owned() + self.head;
        for block in blocks() {
            text.push_str(&(self.definition)(block));
        }
        if variant == Variant::Uses {
            for block in blocks() {
                text.push_str(&self.function(block));
            }
        }
        text
    }

    /// Returns a function that accesses every register of a block once.
    fn function(&self, block: Block) -> String {
        let parameter = (self.parameter)(block);
        let mut text = format!("pub fn use_{}({parameter}) -> u32 {{\n", block.0);
        text.push_str("    let mut sum = 0_u32;\n");
        for register in Register::all() {
            let _ = match register.used() {
                Use::Read => writeln!(text, "    sum ^= {};", (self.read)(register)),
                Use::Write => writeln!(text, "    {};", (self.write)(register)),
            };
        }
        text + "    sum\n}\n"
    }
}

/// Returns a `repr(C)` struct with these attributes; `field` formats the field of each register.
pub fn repr_c(attributes: &str, block: Block, field: fn(Register) -> String) -> String {
    let mut text = format!("{attributes}#[repr(C)]\npub struct {} {{\n", block.name());
    for register in Register::all() {
        let _ = writeln!(text, "    {},", field(register));
    }
    text + "}\n"
}
