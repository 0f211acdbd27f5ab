//! The contestants, one file each.

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

/// All, in the order of the reports.
pub const ALL: [Peer; 7] = [OURS, REG_MAP, BARE, SAFE_MMIO, DERIVE_MMIO, TOCK, ZEROCOPY];
