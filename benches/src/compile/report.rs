//! The figures as tables, for both the terminal and the book.

use super::{
    bars::{self, Bar, COMPARED, LARGE},
    cargo::Mode,
    peer::{Need, Peer, Variant},
    peers,
    rounds::{Measured, Plan, Subject},
};
use crate::{
    statistics::Summary,
    table::{head, row},
};

/// The absolute figures that the project's design once required for uses and definitions.
const INITIAL_LIMITS: &str = "2,000 registers in at most 1.0 s for definitions and 2.5 s for uses, \
                              where plain structs take 0.1 and 0.5";

/// Returns all tables of a run.
pub fn tables(measured: &Measured, peers: &[Peer], plan: Plan, level: &str) -> String {
    let sizes = || plan.iter().map(|(registers, _)| *registers).filter(|size| *size > 0);
    let mut text = String::new();
    for registers in sizes() {
        text += &format!("{level} {registers} registers\n\n");
        text += &format!(
            "{}\n{}\n",
            costs(measured, peers, registers),
            each(measured, peers, registers)
        );
    }
    if sizes().any(|size| size == LARGE) {
        text += &format!("{level} Growth from {COMPARED} to {LARGE} registers\n\n");
        text += &growth(measured, peers);
    }
    text
}

/// Returns the bars as a list.
pub fn bars(bars: &[Bar]) -> String {
    let mut text: String = bars.iter().map(|bar| format!("* {bar}\n")).collect();
    let held = bars.iter().filter(|bar| bar.holds()).count();
    text += &format!("\n{held} of {} bars are reached. ", bars.len());
    text + &format!("The initial design had these absolute limits: {INITIAL_LIMITS}.\n")
}

/// Returns the versions in one line.
pub fn versions(peers: &[Peer]) -> String {
    let named: Vec<String> = peers
        .iter()
        .flat_map(|peer| peer.needs)
        .filter_map(|need| match need {
            Need::Registry { name, version, .. } => Some(format!("{name} {version}")),
            Need::IoCore => None,
        })
        .collect();
    named.join(", ")
}

/// Returns seconds and memory of whole crates, with the ratios to two peers.
fn costs(measured: &Measured, peers: &[Peer], registers: usize) -> String {
    let mut columns: Vec<String> =
        all(|variant, mode| format!("{} {}, s", variant.name(), mode.name()));
    columns.extend(Variant::ALL.map(|variant| format!("{}, MiB", variant.name())));
    for base in [peers::REG_MAP, peers::BARE] {
        columns.extend(Variant::ALL.map(|variant| format!("{} to {}", variant.name(), base.name)));
    }
    let mut text = head("", columns.into_iter());
    for peer in peers {
        let subject = |variant, mode| Subject { registers, variant, mode };
        let mut cells = all(|variant, mode| {
            seconds(measured.seconds(peer.name, subject(variant, mode)).summary())
        });
        cells.extend(Variant::ALL.map(|variant| {
            let peak = measured.peak_mib(peer.name, subject(variant, Mode::Build));
            peak.map_or_else(String::new, |mib| mib.to_string())
        }));
        for base in [peers::REG_MAP, peers::BARE] {
            cells.extend(Variant::ALL.map(|variant| {
                let subject = subject(variant, Mode::Build);
                let base = measured.seconds(base.name, subject);
                format!("{:.2}", measured.seconds(peer.name, subject).ratios(&base).median)
            }));
        }
        row(&mut text, peer.name, cells.into_iter());
    }
    text
}

/// Returns microseconds for each field and each use, without the start of the compiler.
fn each(measured: &Measured, peers: &[Peer], registers: usize) -> String {
    let columns = ["field", "use"]
        .iter()
        .flat_map(|what| Mode::ALL.map(|mode| format!("a {what}, {}, µs", mode.name())));
    let mut text = head("", columns);
    for peer in peers {
        let fields = Mode::ALL.map(|mode| {
            let subject = Subject { registers, variant: Variant::Definitions, mode };
            measured.micros_a_register(peer.name, subject).summary().median
        });
        let uses = Mode::ALL.map(|mode| measured.micros_a_use(peer.name, registers, mode));
        let cells = fields.into_iter().chain(uses).map(|micros| format!("{micros:.0}"));
        row(&mut text, peer.name, cells);
    }
    text
}

/// Returns the ratios of the cost of a register among many to that among fewer.
fn growth(measured: &Measured, peers: &[Peer]) -> String {
    let columns = all(|variant, mode| format!("{} {}", variant.name(), mode.name()));
    let mut text = head("", columns.into_iter());
    for peer in peers {
        let cells =
            all(|variant, mode| format!("{:.2}", bars::growth(measured, peer.name, variant, mode)));
        row(&mut text, peer.name, cells.into_iter());
    }
    text
}

/// Returns one text for each variant and mode.
fn all(text: impl Fn(Variant, Mode) -> String) -> Vec<String> {
    let text = &text;
    Variant::ALL.into_iter().flat_map(|variant| Mode::ALL.map(|mode| text(variant, mode))).collect()
}

fn seconds(summary: Summary) -> String {
    format!("**{:.3}** ({:.3}–{:.3})", summary.median, summary.lower, summary.upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{rounds::QUICK, usage::Usage};

    #[test]
    fn a_table_has_seconds_memory_ratios_and_cost_per_register() {
        let mut measured = Measured::default();
        let peers = [peers::OURS, peers::REG_MAP, peers::BARE];
        for (peer, factor) in peers.iter().zip([3, 2, 1]) {
            for registers in [0, 200] {
                for variant in Variant::of(registers) {
                    for mode in Mode::ALL {
                        let uses = u64::from(*variant == Variant::Uses);
                        let micros = 10_000 + factor * 200 * registers as u64 * (1 + uses);
                        let usage = Usage { micros, peak_kib: 1024 * factor };
                        measured.push(
                            peer.name,
                            Subject { registers, variant: *variant, mode },
                            usage,
                        );
                    }
                }
            }
        }
        let text = tables(&measured, &peers, QUICK, "###");
        assert!(text.starts_with("### 200 registers\n\n|  | definitions build, s |"), "{text}");
        let ours = "| io-core | **0.130** (0.130–0.130) | **0.130** (0.130–0.130) | \
                    **0.250** (0.250–0.250) | **0.250** (0.250–0.250) | 3 | 3 | 1.44 | 1.47 | 2.60 | 2.78 |\n";
        assert!(text.contains(ours), "{text}");
        assert!(text.contains("| io-core | 600 | 600 | 600 | 600 |\n"), "{text}");
        assert!(!text.contains("Growth"), "{text}");
    }

    #[test]
    fn every_version_is_listed() {
        let text = versions(&peers::ALL);
        assert!(text.contains("reg-map ") && text.contains("zerocopy "), "{text}");
    }
}
