//! Measurements: rounds in which every contestant runs, in changing order.

use core::{hint::black_box, time::Duration};
use std::time::Instant;

use crate::{
    contestants::Contestant,
    place::{Layout, Place},
    statistics::{Summary, Times},
};

/// The number and length of measurements.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The number of times that each contestant runs.
    pub rounds: usize,
    /// The minimum duration of one sample.
    pub sample: Duration,
}

impl Plan {
    /// The plan for the figures in the book.
    pub const FULL: Self = Self { rounds: 301, sample: Duration::from_micros(40) };
    /// The plan for checking that the benchmark runs.
    pub const QUICK: Self = Self { rounds: 11, sample: Duration::from_micros(10) };
}

/// The measurements for one layout and size.
#[derive(Clone, Debug)]
pub struct Contest {
    /// The layout of source and destination.
    pub layout: Layout,
    /// The number of bytes that were copied.
    pub size: usize,
    /// The contestants and their times; the first is the baseline.
    pub results: Vec<(Contestant, Times)>,
}

impl Contest {
    /// Runs every contestant that supports this layout and size.
    pub fn hold(contestants: &[Contestant], place: &mut Place<'_>, plan: Plan) -> Self {
        let mut results: Vec<(Contestant, Times)> = contestants
            .iter()
            .filter(|contestant| contestant.can(place.layout, place.size()))
            .map(|contestant| (*contestant, Times::default()))
            .collect();
        let repeats: Vec<usize> =
            results.iter().map(|(one, _)| repeats_for(one.run, place, plan.sample)).collect();
        for round in 0..plan.rounds {
            for i in order(round, results.len()) {
                let (contestant, times) = &mut results[i];
                let spent = sample(contestant.run, place, repeats[i]);
                times.push(spent.as_nanos() as f64 / repeats[i] as f64);
            }
        }
        Self { layout: place.layout, size: place.size(), results }
    }

    /// Returns the times of the contestant of this name.
    pub fn times(&self, name: &str) -> Option<&Times> {
        self.results.iter().find(|(contestant, _)| contestant.name == name).map(|(_, times)| times)
    }

    /// Returns the ratios of these times to those of the baseline.
    pub fn to_baseline(&self, times: &Times) -> Summary {
        times.ratios(&self.results[0].1)
    }
}

/// Returns the contests of one layout.
pub fn of(contests: &[Contest], layout: Layout) -> Vec<&Contest> {
    contests.iter().filter(|contest| contest.layout == layout).collect()
}

/// Returns the order of the contestants in a round. Each round starts with another contestant, and
/// every other lap runs backwards, so that no contestant always follows the same one.
fn order(round: usize, count: usize) -> impl Iterator<Item = usize> {
    let backwards = count > 0 && (round / count) % 2 == 1;
    (0..count)
        .map(move |i| if backwards { (round + count - i) % count } else { (round + i) % count })
}

/// Measures the duration of `repeats` copies, after some that are not measured.
fn sample(run: fn(&mut Place<'_>, usize), place: &mut Place<'_>, repeats: usize) -> Duration {
    run(place, 1 + repeats / 8);
    let start = Instant::now();
    run(place, black_box(repeats));
    start.elapsed()
}

/// Returns the number of copies that take as long as a sample should take.
fn repeats_for(run: fn(&mut Place<'_>, usize), place: &mut Place<'_>, wanted: Duration) -> usize {
    let mut repeats = 2;
    loop {
        // The shortest of three: if one is interrupted, the samples would be too short.
        let spent = (0..3).map(|_| sample(run, place, repeats)).min().unwrap_or_default();
        if spent >= wanted {
            return repeats;
        }
        repeats = if spent * 4 < wanted { repeats * 3 } else { repeats + (repeats / 4).max(1) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contestant_runs_once_per_round() {
        for count in 1..6 {
            for round in 0..20 {
                let mut seen: Vec<usize> = order(round, count).collect();
                seen.sort_unstable();
                assert_eq!(seen, (0..count).collect::<Vec<_>>(), "round {round} of {count}");
            }
        }
    }

    #[test]
    fn every_contestant_is_first_equally_often_and_follows_different_ones() {
        let firsts: Vec<_> = (0..6).filter_map(|round| order(round, 3).next()).collect();
        assert_eq!(firsts, [0, 1, 2, 0, 1, 2]);
        assert_eq!(order(1, 3).collect::<Vec<_>>(), [1, 2, 0]);
        assert_eq!(order(4, 3).collect::<Vec<_>>(), [1, 0, 2]);
        assert_eq!(order(0, 0).count(), 0);
    }
}
