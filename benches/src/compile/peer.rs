//! A way to describe registers, as a generator of crates.

use core::fmt::Write as _;

use super::block::{Block, REGISTERS, Register, Use};

/// One contestant: what its crates depend on, and how it writes definitions and uses.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// What reports call it.
    pub name: &'static str,
    /// What its crates depend on.
    pub needs: &'static [Need],
    /// The head of its crates: imports and attributes.
    pub head: &'static str,
    /// The definition of one block.
    pub definition: fn(Block) -> String,
    /// The parameter `io` through which a function reaches a block.
    pub parameter: fn(Block) -> String,
    /// An expression that reads a register through the parameter `io`.
    pub read: fn(Register) -> String,
    /// An expression that writes 7 to a register through the parameter `io`.
    pub write: fn(Register) -> String,
}

/// A dependency of a generated crate.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// A crate of the registry.
    Registry {
        /// Its name there.
        name: &'static str,
        /// The one version.
        version: &'static str,
        /// Its features beside the default ones.
        features: &'static [&'static str],
    },
    /// This workspace's `io-core`.
    IoCore,
}

/// What of the blocks stands in the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The definitions alone.
    Definitions,
    /// And a function a block that accesses each of its registers once.
    Uses,
}

impl Variant {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Definitions, Self::Uses];

    /// Those that a crate of this size has: an empty one uses nothing.
    pub fn of(registers: usize) -> &'static [Self] {
        if registers == 0 { &[Self::Definitions] } else { &[Self::Definitions, Self::Uses] }
    }

    /// What reports call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Definitions => "definitions",
            Self::Uses => "uses",
        }
    }
}

impl Peer {
    /// The source of a crate with `registers` registers, a multiple of a block's.
    ///
    /// # Panics
    ///
    /// If they do not fill blocks.
    pub fn source(&self, registers: usize, variant: Variant) -> String {
        assert!(registers.is_multiple_of(REGISTERS), "{registers} registers do not fill blocks");
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

    /// A function that accesses every register of a block once.
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

/// A `repr(C)` struct with these attributes, and a field a register as `field` writes it.
pub fn repr_c(attributes: &str, block: Block, field: fn(Register) -> String) -> String {
    let mut text = format!("{attributes}#[repr(C)]\npub struct {} {{\n", block.name());
    for register in Register::all() {
        let _ = writeln!(text, "    {},", field(register));
    }
    text + "}\n"
}
