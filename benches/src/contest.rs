//! Measuring: rounds in which everybody runs, in changing order.

use core::{hint::black_box, time::Duration};
use std::time::Instant;

use crate::{
    contestants::Contestant,
    place::{Layout, Place},
    statistics::{Summary, Times},
};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How often everybody runs.
    pub rounds: usize,
    /// How long one sample lasts at least.
    pub sample: Duration,
}

impl Plan {
    /// What the book quotes.
    pub const FULL: Self = Self { rounds: 301, sample: Duration::from_micros(40) };
    /// Enough to see that it runs.
    pub const QUICK: Self = Self { rounds: 11, sample: Duration::from_micros(10) };
}

/// What was measured at one place.
#[derive(Clone, Debug)]
pub struct Contest {
    /// How source and destination lay.
    pub layout: Layout,
    /// How many bytes were copied.
    pub size: usize,
    /// Who ran, and how long it took; the first is the baseline.
    pub results: Vec<(Contestant, Times)>,
}

impl Contest {
    /// Lets everybody run who can copy at this place.
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

    /// The times of the contestant of this name.
    pub fn times(&self, name: &str) -> Option<&Times> {
        self.results.iter().find(|(contestant, _)| contestant.name == name).map(|(_, times)| times)
    }

    /// The ratios of these times to the baseline's.
    pub fn to_baseline(&self, times: &Times) -> Summary {
        times.ratios(&self.results[0].1)
    }
}

/// The contests of one layout.
pub fn of(contests: &[Contest], layout: Layout) -> Vec<&Contest> {
    contests.iter().filter(|contest| contest.layout == layout).collect()
}

/// Who runs when: everybody once a round, each time another one first, and every other lap
/// backwards, so that nobody always follows the same one.
fn order(round: usize, count: usize) -> impl Iterator<Item = usize> {
    let backwards = count > 0 && (round / count) % 2 == 1;
    (0..count)
        .map(move |i| if backwards { (round + count - i) % count } else { (round + i) % count })
}

/// How long so many copies take, after some that are not measured.
fn sample(run: fn(&mut Place<'_>, usize), place: &mut Place<'_>, repeats: usize) -> Duration {
    run(place, 1 + repeats / 8);
    let start = Instant::now();
    run(place, black_box(repeats));
    start.elapsed()
}

/// How many copies last as long as a sample is to last.
fn repeats_for(run: fn(&mut Place<'_>, usize), place: &mut Place<'_>, wanted: Duration) -> usize {
    let mut repeats = 2;
    loop {
        // The shortest of three: one that was interrupted would make the samples too short.
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
    fn everybody_runs_once_a_round() {
        for count in 1..6 {
            for round in 0..20 {
                let mut seen: Vec<usize> = order(round, count).collect();
                seen.sort_unstable();
                assert_eq!(seen, (0..count).collect::<Vec<_>>(), "round {round} of {count}");
            }
        }
    }

    #[test]
    fn everybody_is_first_equally_often_and_follows_different_ones() {
        let firsts: Vec<_> = (0..6).filter_map(|round| order(round, 3).next()).collect();
        assert_eq!(firsts, [0, 1, 2, 0, 1, 2]);
        assert_eq!(order(1, 3).collect::<Vec<_>>(), [1, 2, 0]);
        assert_eq!(order(4, 3).collect::<Vec<_>>(), [1, 0, 2]);
        assert_eq!(order(0, 0).count(), 0);
    }
}
