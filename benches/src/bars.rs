//! The bars for the speed of copies, and whether they are reached.
//!
//! All are ratios of times: below 1 is faster. A bar given as throughput is the inverse.

use core::ops::RangeInclusive;

use crate::{
    contest::{Contest, of},
    contestants::{Contestant, Family},
    place::Layout,
    statistics::Times,
};

/// The limits for one ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The required limit.
    pub must: Limit,
    /// The desired limit.
    pub goal: Limit,
}

/// An upper limit for a ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// The ratio is at most this.
    AtMost(f64),
    /// The ratio is less than this.
    Below(f64),
}

impl Limit {
    /// Returns whether a ratio keeps the limit.
    pub fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(most) => ratio <= most,
            Self::Below(end) => ratio < end,
        }
    }
}

/// The result of comparing a ratio with its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The goal is reached.
    Goal,
    /// The required limit is kept, the goal is not reached.
    Must,
    /// The required limit is not kept.
    Missed,
}

/// A bar at one size, and the measured ratio.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// The size in bytes.
    pub size: usize,
    /// The bar.
    pub bar: Bar,
    /// The measured ratio.
    pub reached: f64,
}

impl Cell {
    /// Compares the ratio with the bar.
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

/// One comparison in one layout, for all sizes that have a bar.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name of our copy.
    pub ours: &'static str,
    /// The name of the copy that it is compared with.
    pub against: String,
    /// The layout of source and destination.
    pub layout: Layout,
    /// The results for each size.
    pub cells: Vec<Cell>,
}

/// Converts a throughput of at least `part` into a ratio of times.
const fn throughput(part: f64) -> Limit {
    Limit::AtMost(1.0 / part)
}

const SMALL: RangeInclusive<usize> = 64..=256;
const KIB: usize = 1 << 10;

/// Returns the bar for a copy against libc's `memcpy`, where addresses do not alias.
fn against_libc(size: usize) -> Option<Bar> {
    if SMALL.contains(&size) {
        Some(Bar { must: Limit::AtMost(1.4), goal: Limit::AtMost(1.25) })
    } else if size >= KIB {
        Some(Bar { must: throughput(0.83), goal: throughput(0.95) })
    } else {
        None
    }
}

/// Returns the bar for a fallible copy against libc's `memcpy`, where addresses do not alias.
fn fallible_against_libc(size: usize) -> Option<Bar> {
    if SMALL.contains(&size) {
        Some(Bar { must: Limit::AtMost(1.7), goal: Limit::AtMost(1.4) })
    } else if size >= KIB {
        Some(Bar { must: Limit::AtMost(1.35), goal: Limit::AtMost(1.05) })
    } else {
        None
    }
}

/// Returns the bar for a copy against another crate.
fn against_crate(size: usize) -> Option<Bar> {
    let goal = Limit::Below(1.0);
    match size {
        0..64 => None,
        64..=4096 => Some(Bar { must: goal, goal }),
        _ => Some(Bar { must: throughput(0.97), goal }),
    }
}

/// The bar for aliased addresses, against our best time in other layouts.
const AGAINST_OWN_BEST: Bar = Bar { must: throughput(0.4), goal: throughput(0.4) };

/// The bar for aliased addresses, against libc where it becomes much slower.
const AGAINST_CLIFF: Bar = Bar { must: throughput(5.0), goal: throughput(5.0) };

/// The factor by which libc must be slower than with aligned addresses for that bar to apply.
const CLIFF: f64 = 10.0;

/// Compares all ratios with their bars: one line for each of our copies, comparison and layout.
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

/// Compares the ratios of fallible copies with their bars.
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

/// Compares with the same size in the other layouts, which is measured in other rounds.
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
    let against = "our best time in the other layouts".to_owned();
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
    let against = "libc memcpy where page aliasing slows it down".to_owned();
    Line { ours: ours.name, against, layout: Layout::PageAliased, cells }
}

fn median(times: &Times) -> f64 {
    times.summary().median
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contestants::Shared;

    /// A contest of one round, in which libc, our copy, and the two crates take these nanoseconds.
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
    fn libc_is_a_bar_for_unaliased_layouts() {
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
    fn fallible_copies_have_separate_bars() {
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
    fn crates_with_the_same_behaviour_are_bars_in_every_layout() {
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
    fn aliased_layouts_are_judged_by_our_best_layout_and_five_times_libc() {
        let of = |ours, libc, against: &str| {
            let contests = [
                contest(Layout::Aligned, 4096, [40.0, 40.0, 1.0, 1.0]),
                contest(Layout::SourceOff, 4096, [40.0, 50.0, 1.0, 1.0]),
                contest(Layout::Aligned, 64, [1.0, 1.0, 1.0, 1.0]),
                contest(Layout::PageAliased, 4096, [libc, ours, 1.0, 1.0]),
            ];
            cells(&contests, against)
        };
        assert_eq!(of(100.0, 1000.0, "our best"), [(4096, 2.5, Verdict::Goal)]);
        assert_eq!(of(101.0, 1000.0, "our best"), [(4096, 2.525, Verdict::Missed)]);
        assert_eq!(of(200.0, 1000.0, "page aliasing"), [(4096, 0.2, Verdict::Goal)]);
        assert_eq!(of(202.0, 1000.0, "page aliasing"), [(4096, 0.202, Verdict::Missed)]);
        assert_eq!(
            of(202.0, 399.0, "page aliasing"),
            [],
            "less than ten times slower is not the slow case"
        );
    }

    #[test]
    fn a_missing_measurement_misses_the_bar() {
        let cell = Cell { size: 64, bar: AGAINST_CLIFF, reached: f64::NAN };
        assert_eq!(cell.verdict(), Verdict::Missed);
        assert!(judge(&[]).is_empty());
    }
}
