//! The versions of the compared crates.

use super::peer::Need;

const fn exactly(name: &'static str, version: &'static str) -> Need {
    Need::Registry { name, version, features: &[] }
}

/// `derive-mmio`.
pub const DERIVE_MMIO: Need = exactly("derive-mmio", "0.8.0");
/// `reg-map`.
pub const REG_MAP: Need = exactly("reg-map", "0.1.1");
/// `safe-mmio`.
pub const SAFE_MMIO: Need = exactly("safe-mmio", "0.3.2");
/// `tock-registers`, the newest release.
pub const TOCK_REGISTERS: Need = exactly("tock-registers", "0.10.1");
/// `zerocopy` with its derives.
pub const ZEROCOPY: Need =
    Need::Registry { name: "zerocopy", version: "0.8.63", features: &["derive"] };
