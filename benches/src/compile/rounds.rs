//! The measurement of every peer in every round, and its results.

use std::path::Path;

use super::{
    cargo::{Cargo, Mode},
    generated::Generated,
    peer::{Peer, Variant},
    usage::Usage,
};
use crate::statistics::Times;

/// Sizes in registers, each with its number of rounds. 0 is the empty crate, whose cost is that of
/// starting the compiler.
pub type Plan = &'static [(usize, usize)];

/// The plan for the figures in the book.
pub const FULL: Plan = &[(0, 5), (200, 5), (2_000, 5), (10_000, 3)];

/// The plan for checking that the benchmark runs.
pub const QUICK: Plan = &[(0, 1), (200, 1)];

/// The subject of a compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The number of registers.
    pub registers: usize,
    /// Definitions, or definitions and uses.
    pub variant: Variant,
    /// Code or metadata.
    pub mode: Mode,
}

/// The costs of compiling one subject for one peer, in every round.
#[derive(Clone, Debug)]
pub struct Series {
    peer: &'static str,
    subject: Subject,
    usages: Vec<Usage>,
}

/// All measurements.
#[derive(Clone, Debug, Default)]
pub struct Measured(Vec<Series>);

impl Measured {
    /// Measures all peers, writing their crates below `root`.
    ///
    /// # Errors
    ///
    /// Returns an error if a crate cannot be written or compiled.
    pub fn take(root: &Path, peers: &[Peer], plan: Plan) -> Result<Self, String> {
        let cargo = Cargo::below(root)?;
        let mut measured = Self::default();
        for peer in peers {
            // Downloads and builds the dependencies of its crates.
            let empty = Generated::write(root, peer, 0, Variant::Definitions)?;
            for mode in Mode::ALL {
                cargo.compile(&empty, mode)?;
            }
        }
        // A round contains all sizes, so that growth is also a ratio within one round.
        for round in 0..plan.iter().map(|(_, rounds)| *rounds).max().unwrap_or_default() {
            for (registers, rounds) in plan.iter().filter(|(_, rounds)| round < *rounds) {
                eprintln!("{registers} registers, round {} of {rounds}", round + 1);
                for turn in 0..peers.len() {
                    let peer = &peers[(round + turn) % peers.len()];
                    measured.once(root, &cargo, peer, *registers)?;
                }
            }
        }
        Ok(measured)
    }

    /// Compiles the crates of one peer and size once each.
    fn once(
        &mut self,
        root: &Path,
        cargo: &Cargo,
        peer: &Peer,
        registers: usize,
    ) -> Result<(), String> {
        for variant in Variant::of(registers) {
            let generated = Generated::write(root, peer, registers, *variant)?;
            for mode in Mode::ALL {
                let usage = cargo.compile(&generated, mode)?;
                self.push(peer.name, Subject { registers, variant: *variant, mode }, usage);
            }
        }
        Ok(())
    }

    /// Adds the cost of one compilation.
    pub fn push(&mut self, peer: &'static str, subject: Subject, usage: Usage) {
        let known = self.0.iter_mut().find(|one| one.peer == peer && one.subject == subject);
        match known {
            Some(series) => series.usages.push(usage),
            None => self.0.push(Series { peer, subject, usages: vec![usage] }),
        }
    }

    fn usages(&self, peer: &str, subject: Subject) -> &[Usage] {
        let found = self.0.iter().find(|one| one.peer == peer && one.subject == subject);
        found.map_or(&[], |series| &series.usages)
    }

    /// Returns the processor seconds of every round; empty if the subject was not measured.
    pub fn seconds(&self, peer: &str, subject: Subject) -> Times {
        self.usages(peer, subject).iter().map(|usage| usage.micros as f64 / 1e6).collect()
    }

    /// Returns the maximum memory of all rounds, in MiB.
    pub fn peak_mib(&self, peer: &str, subject: Subject) -> Option<u64> {
        self.usages(peer, subject).iter().map(|usage| usage.peak_kib / 1024).max()
    }

    /// Returns the microseconds for each register beyond the cost of the empty crate, for every
    /// round.
    pub fn micros_a_register(&self, peer: &str, subject: Subject) -> Times {
        let empty = Subject { registers: 0, variant: Variant::Definitions, mode: subject.mode };
        let pairs = self.usages(peer, subject).iter().zip(self.usages(peer, empty));
        let beyond = pairs.map(|(whole, empty)| whole.micros as f64 - empty.micros as f64);
        beyond.map(|micros| micros / subject.registers as f64).collect()
    }

    /// Returns the microseconds for each access: the cost of uses beyond that of the definitions.
    /// Returns NaN if that was not measured.
    pub fn micros_a_use(&self, peer: &str, registers: usize, mode: Mode) -> f64 {
        let of = |variant| {
            let subject = Subject { registers, variant, mode };
            self.micros_a_register(peer, subject).summary().median
        };
        of(Variant::Uses) - of(Variant::Definitions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(registers: usize, variant: Variant) -> Subject {
        Subject { registers, variant, mode: Mode::Build }
    }

    #[test]
    fn register_cost_excludes_the_empty_crate() {
        let mut measured = Measured::default();
        let mut push = |registers, variant, micros| {
            let usage = Usage { micros, peak_kib: 2048 };
            measured.push("one", subject(registers, variant), usage);
        };
        push(0, Variant::Definitions, 30_000);
        push(200, Variant::Definitions, 50_000);
        push(200, Variant::Uses, 110_000);
        let definitions = subject(200, Variant::Definitions);
        let field = measured.micros_a_register("one", definitions).summary().median;
        assert!((field - 100.0).abs() < 1e-6);
        assert!((measured.micros_a_use("one", 200, Mode::Build) - 300.0).abs() < 1e-6);
        assert_eq!(measured.peak_mib("one", definitions), Some(2));
        assert!(measured.micros_a_use("one", 200, Mode::Check).is_nan(), "never measured");
        assert_eq!(measured.peak_mib("another", definitions), None);
    }
}
