//! The bars for the compile time of io-core, and whether they are reached.

use core::fmt;

use super::{
    cargo::Mode,
    peer::Variant,
    peers,
    rounds::{Measured, Subject},
};

/// The number of registers at which peers are compared.
pub const COMPARED: usize = 2_000;

/// The number of registers at which growth is measured.
pub const LARGE: usize = 10_000;

/// The maximum ratio of the cost of a register among [`LARGE`] to that among [`COMPARED`].
const GROWTH: f64 = 1.15;

/// A bar and the measured figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    what: String,
    most: f64,
    reached: f64,
}

impl Bar {
    /// Returns whether the bar is reached, which is `false` if it was not measured.
    pub fn holds(&self) -> bool {
        self.reached <= self.most
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.holds() { "reached" } else { "**MISSED**" };
        write!(f, "{}: {:.2}, at most {:.2}: {verdict}", self.what, self.reached, self.most)
    }
}

/// Returns all bars: no slower than the cheapest derive among the peers, and linear growth.
pub fn judge(measured: &Measured) -> Vec<Bar> {
    let (ours, theirs) = (peers::OURS.name, peers::REG_MAP.name);
    let mut bars = Vec::new();
    for mode in Mode::ALL {
        for variant in Variant::ALL {
            let subject = Subject { registers: COMPARED, variant, mode };
            let base = measured.seconds(theirs, subject);
            bars.push(Bar {
                what: format!(
                    "`cargo {}`, {} of {COMPARED} registers, ratio to {theirs}",
                    mode.name(),
                    variant.name()
                ),
                most: 1.0,
                reached: measured.seconds(ours, subject).ratios(&base).median,
            });
        }
    }
    for mode in Mode::ALL {
        for variant in Variant::ALL {
            bars.push(Bar {
                what: format!(
                    "`cargo {}`, {}, cost of a register at {LARGE} relative to {COMPARED}",
                    mode.name(),
                    variant.name()
                ),
                most: GROWTH,
                reached: growth(measured, ours, variant, mode),
            });
        }
    }
    bars
}

/// Returns the ratio of the cost of a register among many to that among fewer, both in the same
/// round and without the cost of the empty crate in that round; 1 is linear growth.
pub fn growth(measured: &Measured, peer: &str, variant: Variant, mode: Mode) -> f64 {
    let of = |registers| measured.micros_a_register(peer, Subject { registers, variant, mode });
    of(LARGE).ratios(&of(COMPARED)).median
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::usage::Usage;

    /// Times of io-core and reg-map at all sizes, in microseconds.
    fn measured(ours: [u64; 3], theirs: [u64; 3]) -> Measured {
        let mut measured = Measured::default();
        for (peer, micros) in [(peers::OURS.name, ours), (peers::REG_MAP.name, theirs)] {
            for (registers, micros) in [0, COMPARED, LARGE].into_iter().zip(micros) {
                for variant in Variant::of(registers) {
                    for mode in Mode::ALL {
                        let subject = Subject { registers, variant: *variant, mode };
                        measured.push(peer, subject, Usage { micros, peak_kib: 0 });
                    }
                }
            }
        }
        measured
    }

    fn holds(ours: [u64; 3], theirs: [u64; 3]) -> [usize; 2] {
        let bars = judge(&measured(ours, theirs));
        assert_eq!(bars.len(), 8);
        [&bars[..4], &bars[4..]].map(|bars| bars.iter().filter(|bar| bar.holds()).count())
    }

    #[test]
    fn cost_up_to_that_of_reg_map_passes() {
        assert_eq!(holds([0, 500, 2500], [0, 500, 0]), [4, 4]);
        assert_eq!(holds([0, 501, 2505], [0, 500, 0]), [0, 4]);
    }

    #[test]
    fn growth_excludes_the_cost_of_an_empty_crate() {
        // 1,000 for the start, then 1 for each register: more than linear only if the start
        // counted.
        assert_eq!(holds([1_000, 3_000, 11_000], [0, 9_000, 0]), [4, 4]);
        assert_eq!(holds([1_000, 3_000, 12_600], [0, 9_000, 0]), [4, 0]);
    }

    #[test]
    fn growth_compares_measurements_of_the_same_round() {
        // Everything is ten times slower in the second round, including the empty crate.
        let mut both = measured([10, 2_010, 10_010], [0, 1, 1]);
        for (registers, micros) in [(0, 100), (COMPARED, 20_100), (LARGE, 100_100)] {
            let subject = Subject { registers, variant: Variant::Definitions, mode: Mode::Build };
            both.push(peers::OURS.name, subject, Usage { micros, peak_kib: 0 });
        }
        let growth = growth(&both, peers::OURS.name, Variant::Definitions, Mode::Build);
        assert!((growth - 1.0).abs() < 1e-9, "{growth}");
    }

    #[test]
    fn a_missing_measurement_misses_the_bar() {
        assert!(judge(&Measured::default()).iter().all(|bar| !bar.holds()));
    }
}
