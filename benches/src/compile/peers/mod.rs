//! The contestants, each in a separate file.

mod bare;
mod derive_mmio;
mod ours;
mod reg_map;
mod safe_mmio;
mod tock;
mod zerocopy;

pub use bare::BARE;
pub use derive_mmio::DERIVE_MMIO;
pub use ours::OURS;
pub use reg_map::REG_MAP;
pub use safe_mmio::SAFE_MMIO;
pub use tock::TOCK;
pub use zerocopy::ZEROCOPY;

use super::peer::Peer;

/// All contestants, in the order of the reports.
pub const ALL: [Peer; 7] = [OURS, REG_MAP, BARE, SAFE_MMIO, DERIVE_MMIO, TOCK, ZEROCOPY];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{
        block::{REGISTERS, Register, Use},
        peer::Variant,
    };

    #[test]
    fn uses_add_one_access_per_register_to_the_definitions() {
        for peer in ALL {
            let definitions = peer.source(2 * REGISTERS, Variant::Definitions);
            let uses = peer.source(2 * REGISTERS, Variant::Uses);
            let added = uses.strip_prefix(&definitions);
            let added = added.unwrap_or_else(|| panic!("{} changes the definitions", peer.name));
            assert!(!definitions.contains("fn "), "{}:\n{definitions}", peer.name);
            assert_eq!(added.matches("pub fn use_").count(), 2, "{}:\n{added}", peer.name);
            for register in Register::all() {
                let (access, other) = match register.used() {
                    Use::Read => ((peer.read)(register), (peer.write)(register)),
                    Use::Write => ((peer.write)(register), (peer.read)(register)),
                };
                let count = |text: &str| added.matches(&format!("{text};\n")).count();
                assert_eq!([count(&access), count(&other)], [2, 0], "{} {access}", peer.name);
            }
        }
    }

    #[test]
    fn every_register_is_defined_once_per_block_and_block_names_differ() {
        for peer in ALL {
            let text = peer.source(2 * REGISTERS, Variant::Definitions);
            for register in Register::all() {
                let field = format!("pub {}: ", register.name());
                assert_eq!(text.matches(&field).count(), 2, "{} {field}", peer.name);
            }
            for block in ["Block0 {", "Block1 {"] {
                assert_eq!(text.matches(block).count(), 1, "{} {block}", peer.name);
            }
        }
    }

    #[test]
    fn an_empty_crate_contains_only_imports() {
        for peer in ALL {
            let text = peer.source(0, Variant::Definitions);
            assert!(text.ends_with(peer.head) && !text.contains("Block"), "{text}");
        }
    }
}
