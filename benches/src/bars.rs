//! The figures that the copies are to reach, and whether they do.
//!
//! All are ratios of times: below 1 is faster. A bar given as throughput is its inverse.

use core::ops::RangeInclusive;

use crate::{
    contest::{Contest, of},
    contestants::{Contestant, Family},
    place::Layout,
    statistics::Times,
};

/// What is asked of one ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// It must not be above this.
    pub must: Limit,
    /// It should not be above this.
    pub goal: Limit,
}

/// The most that a ratio may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// No more than this.
    AtMost(f64),
    /// Less than this.
    Below(f64),
}

impl Limit {
    /// Whether a ratio keeps it.
    pub fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(most) => ratio <= most,
            Self::Below(end) => ratio < end,
        }
    }
}

/// How a ratio stands to its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The goal is reached.
    Goal,
    /// What must be is reached, the goal is not.
    Must,
    /// What must be is not reached.
    Missed,
}

/// One bar at one size, and what was reached.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// How many bytes.
    pub size: usize,
    /// What was asked.
    pub bar: Bar,
    /// What was reached.
    pub reached: f64,
}

impl Cell {
    /// How it stands.
    pub fn verdict(&self) -> Verdict {
        if !self.bar.must.holds(self.reached) {
            Verdict::Missed
        } else if self.bar.goal.holds(self.reached) {
            Verdict::Goal
        } else {
            Verdict::Must
        }
    }
}

/// One comparison in one layout, over all sizes that it has a bar for.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which of our copies.
    pub ours: &'static str,
    /// What it is compared with.
    pub against: String,
    /// How source and destination lay.
    pub layout: Layout,
    /// The sizes.
    pub cells: Vec<Cell>,
}

/// A throughput of at least `part` as a ratio of times.
const fn throughput(part: f64) -> Limit {
    Limit::AtMost(1.0 / part)
}

const SMALL: RangeInclusive<usize> = 64..=256;
const KIB: usize = 1 << 10;

/// Against libc's `memcpy` where addresses do not alias.
fn against_libc(size: usize) -> Option<Bar> {
    if SMALL.contains(&size) {
        Some(Bar { must: Limit::AtMost(1.4), goal: Limit::AtMost(1.25) })
    } else if size >= KIB {
        Some(Bar { must: throughput(0.83), goal: throughput(0.95) })
    } else {
        None
    }
}

/// Of a copy that would survive a fault, against libc's `memcpy` where addresses do not alias.
fn fallible_against_libc(size: usize) -> Option<Bar> {
    if SMALL.contains(&size) {
        Some(Bar { must: Limit::AtMost(1.7), goal: Limit::AtMost(1.4) })
    } else if size >= KIB {
        Some(Bar { must: Limit::AtMost(1.35), goal: Limit::AtMost(1.05) })
    } else {
        None
    }
}

/// Against another crate.
fn against_crate(size: usize) -> Option<Bar> {
    let goal = Limit::Below(1.0);
    match size {
        0..64 => None,
        64..=4096 => Some(Bar { must: goal, goal }),
        _ => Some(Bar { must: throughput(0.97), goal }),
    }
}

/// Aliased, against our own best in another layout.
const AGAINST_OWN_BEST: Bar = Bar { must: throughput(0.4), goal: throughput(0.4) };

/// Aliased, against libc where it falls off the cliff.
const AGAINST_CLIFF: Bar = Bar { must: throughput(5.0), goal: throughput(5.0) };

/// How many times slower than aligned libc must be for that to be the cliff.
const CLIFF: f64 = 10.0;

/// All bars, one line for each of our copies, each comparison and each layout.
pub fn judge(contests: &[Contest]) -> Vec<Line> {
    let mut lines = Vec::new();
    let all = &contests.first().map_or(&[][..], |contest| &contest.results);
    let named: Vec<Contestant> = all.iter().map(|(contestant, _)| *contestant).collect();
    for ours in named.iter().filter(|one| one.family == Family::Ours) {
        for layout in Layout::ALL {
            let here = of(contests, layout);
            if layout == Layout::PageAliased {
                lines.push(own_best(ours, contests, &here));
                lines.push(cliff(ours, contests, &here));
            } else {
                lines.push(libc(ours, against_libc, layout, &here));
            }
            for family in [Family::AtomicMemcpy, Family::VmMemory] {
                for peer in named.iter().filter(|peer| peer.family == family) {
                    if ours.does_the_same_as(peer) {
                        lines.push(peer_line(ours, peer, layout, &here));
                    }
                }
            }
        }
    }
    lines.retain(|line| !line.cells.is_empty());
    lines
}

/// The bars of copies that survive a fault.
pub fn judge_fallible(contests: &[Contest]) -> Vec<Line> {
    let all = &contests.first().map_or(&[][..], |contest| &contest.results);
    let mut lines = Vec::new();
    for (fallible, _) in all.iter().filter(|(one, _)| one.family == Family::Fallible) {
        for layout in Layout::ALL.into_iter().filter(|layout| *layout != Layout::PageAliased) {
            lines.push(libc(fallible, fallible_against_libc, layout, &of(contests, layout)));
        }
    }
    lines
}

fn libc(
    ours: &Contestant,
    bar: fn(usize) -> Option<Bar>,
    layout: Layout,
    contests: &[&Contest],
) -> Line {
    let cells = contests.iter().filter_map(|contest| {
        let bar = bar(contest.size)?;
        let reached = contest.to_baseline(contest.times(ours.name)?).median;
        Some(Cell { size: contest.size, bar, reached })
    });
    Line { ours: ours.name, against: "libc memcpy".to_owned(), layout, cells: cells.collect() }
}

fn peer_line(ours: &Contestant, peer: &Contestant, layout: Layout, contests: &[&Contest]) -> Line {
    let cells = contests.iter().filter_map(|contest| {
        let bar = against_crate(contest.size)?;
        let reached = contest.times(ours.name)?.ratios(contest.times(peer.name)?).median;
        Some(Cell { size: contest.size, bar, reached })
    });
    Line { ours: ours.name, against: peer.name.to_owned(), layout, cells: cells.collect() }
}

/// The same size in the other layouts, not in the same rounds.
fn own_best(ours: &Contestant, all: &[Contest], aliased: &[&Contest]) -> Line {
    let cells = aliased.iter().filter(|contest| contest.size >= 64).filter_map(|contest| {
        let best = all
            .iter()
            .filter(|other| other.size == contest.size && other.layout != contest.layout)
            .filter_map(|other| other.times(ours.name))
            .map(median)
            .fold(f64::INFINITY, f64::min);
        let reached = median(contest.times(ours.name)?) / best;
        Some(Cell { size: contest.size, bar: AGAINST_OWN_BEST, reached })
    });
    let cells = cells.collect();
    let against = "our own best of the other layouts".to_owned();
    Line { ours: ours.name, against, layout: Layout::PageAliased, cells }
}

fn cliff(ours: &Contestant, all: &[Contest], aliased: &[&Contest]) -> Line {
    let cells = aliased.iter().filter_map(|contest| {
        let aligned = all
            .iter()
            .find(|other| other.size == contest.size && other.layout == Layout::Aligned)?;
        let slower = median(&contest.results[0].1) / median(&aligned.results[0].1);
        let reached = contest.to_baseline(contest.times(ours.name)?).median;
        (slower >= CLIFF).then_some(Cell { size: contest.size, bar: AGAINST_CLIFF, reached })
    });
    let cells = cells.collect();
    let against = "libc memcpy where it falls off the cliff".to_owned();
    Line { ours: ours.name, against, layout: Layout::PageAliased, cells }
}

fn median(times: &Times) -> f64 {
    times.summary().median
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contestants::Shared;

    /// A contest of one round: libc, ours, and the two crates take so many nanoseconds.
    fn contest(layout: Layout, size: usize, times: [f64; 4]) -> Contest {
        let named = [
            ("libc memcpy", Family::Plain, Shared::Neither),
            ("ours", Family::Ours, Shared::Source),
            ("load", Family::AtomicMemcpy, Shared::Source),
            ("write", Family::VmMemory, Shared::Destination),
        ];
        let results = named.into_iter().zip(times).map(|((name, family, shared), time)| {
            let mut times = Times::default();
            times.push(time);
            (Contestant::new(name, family, shared, |_, _| ()), times)
        });
        Contest { layout, size, results: results.collect() }
    }

    fn cells(contests: &[Contest], against: &str) -> Vec<(usize, f64, Verdict)> {
        judge(contests)
            .iter()
            .filter(|line| line.against.contains(against))
            .flat_map(|line| line.cells.iter().map(|c| (c.size, c.reached, c.verdict())))
            .collect()
    }

    #[test]
    fn libc_is_a_bar_at_some_sizes_where_nothing_aliases() {
        let of =
            |layout, size, ours| cells(&[contest(layout, size, [100.0, ours, 1e9, 1.0])], "libc");
        for layout in [Layout::Aligned, Layout::SourceOff, Layout::DestinationOff] {
            assert_eq!(of(layout, 64, 125.0), [(64, 1.25, Verdict::Goal)]);
            assert_eq!(of(layout, 256, 140.0), [(256, 1.4, Verdict::Must)]);
            assert_eq!(of(layout, 128, 141.0), [(128, 1.41, Verdict::Missed)]);
            assert_eq!(of(layout, 1024, 105.0), [(1024, 1.05, Verdict::Goal)]);
            assert_eq!(of(layout, 1 << 20, 120.0), [(1 << 20, 1.2, Verdict::Must)]);
            assert_eq!(of(layout, 4096, 121.0), [(4096, 1.21, Verdict::Missed)]);
            assert_eq!(of(layout, 32, 900.0), []);
            assert_eq!(of(layout, 512, 900.0), []);
        }
        assert_eq!(of(Layout::PageAliased, 4096, 900.0), []);
    }

    #[test]
    fn a_fallible_copy_has_bars_of_its_own() {
        let of = |layout, size, time| {
            let named = [("libc memcpy", Family::Plain, 100.0), ("ours", Family::Fallible, time)];
            let results = named.map(|(name, family, time)| {
                let mut times = Times::default();
                times.push(time);
                (Contestant::new(name, family, Shared::Either, |_, _| ()), times)
            });
            let contest = Contest { layout, size, results: results.into() };
            let lines = judge_fallible(&[contest]);
            lines
                .iter()
                .flat_map(|l| l.cells.iter().map(|c| (c.size, c.reached, c.verdict())))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Layout::Aligned, 64, 140.0), [(64, 1.4, Verdict::Goal)]);
        assert_eq!(of(Layout::SourceOff, 128, 170.0), [(128, 1.7, Verdict::Must)]);
        assert_eq!(of(Layout::DestinationOff, 256, 171.0), [(256, 1.71, Verdict::Missed)]);
        assert_eq!(of(Layout::Aligned, 1024, 105.0), [(1024, 1.05, Verdict::Goal)]);
        assert_eq!(of(Layout::Aligned, 65536, 136.0), [(65536, 1.36, Verdict::Missed)]);
        assert_eq!(of(Layout::PageAliased, 1024, 136.0), []);
    }

    #[test]
    fn a_crate_is_a_bar_in_every_layout_if_it_does_the_same() {
        let of =
            |layout, size, ours| cells(&[contest(layout, size, [1.0, ours, 100.0, 1.0])], "load");
        for layout in Layout::ALL {
            assert_eq!(of(layout, 64, 99.0), [(64, 0.99, Verdict::Goal)]);
            assert_eq!(of(layout, 4096, 100.0), [(4096, 1.0, Verdict::Missed)]);
            assert_eq!(of(layout, 16384, 103.0), [(16384, 1.03, Verdict::Must)]);
            assert_eq!(of(layout, 16384, 104.0), [(16384, 1.04, Verdict::Missed)]);
            assert_eq!(of(layout, 32, 900.0), []);
        }
        assert_eq!(cells(&[contest(Layout::Aligned, 64, [1.0, 9.0, 1.0, 1.0])], "write"), []);
    }

    #[test]
    fn aliased_the_bars_are_our_own_best_and_five_times_libc() {
        let of = |ours, libc, against: &str| {
            let contests = [
                contest(Layout::Aligned, 4096, [40.0, 40.0, 1.0, 1.0]),
                contest(Layout::SourceOff, 4096, [40.0, 50.0, 1.0, 1.0]),
                contest(Layout::Aligned, 64, [1.0, 1.0, 1.0, 1.0]),
                contest(Layout::PageAliased, 4096, [libc, ours, 1.0, 1.0]),
            ];
            cells(&contests, against)
        };
        assert_eq!(of(100.0, 1000.0, "own best"), [(4096, 2.5, Verdict::Goal)]);
        assert_eq!(of(101.0, 1000.0, "own best"), [(4096, 2.525, Verdict::Missed)]);
        assert_eq!(of(200.0, 1000.0, "cliff"), [(4096, 0.2, Verdict::Goal)]);
        assert_eq!(of(202.0, 1000.0, "cliff"), [(4096, 0.202, Verdict::Missed)]);
        assert_eq!(of(202.0, 399.0, "cliff"), [], "ten times slower is the cliff");
    }

    #[test]
    fn what_was_not_measured_reaches_nothing() {
        let cell = Cell { size: 64, bar: AGAINST_CLIFF, reached: f64::NAN };
        assert_eq!(cell.verdict(), Verdict::Missed);
        assert!(judge(&[]).is_empty());
    }
}
