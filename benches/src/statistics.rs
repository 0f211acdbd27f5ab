//! Medians and quartiles, which noise affects least.

/// The median of some samples, and the range of the middle half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The first quartile.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The third quartile.
    pub upper: f64,
}

impl Summary {
    /// Returns the summary of samples; all figures are NaN for an empty list.
    pub fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self {
            lower: quantile(&samples, 0.25),
            median: quantile(&samples, 0.5),
            upper: quantile(&samples, 0.75),
        }
    }
}

/// Returns the value below which `part` of the sorted samples are, by linear interpolation.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let rank = part * last as f64;
    let below = sorted[rank as usize];
    let above = sorted[(rank as usize + 1).min(last)];
    below + (above - below) * rank.fract()
}

/// The times of one contestant in one unit (nanoseconds for copies), one for each round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times(Vec<f64>);

impl FromIterator<f64> for Times {
    fn from_iter<I: IntoIterator<Item = f64>>(times: I) -> Self {
        Self(times.into_iter().collect())
    }
}

impl Times {
    /// Adds the time of the next round.
    pub fn push(&mut self, nanoseconds: f64) {
        self.0.push(nanoseconds);
    }

    /// Returns the number of rounds.
    pub fn rounds(&self) -> usize {
        self.0.len()
    }

    /// Returns the summary of the times.
    pub fn summary(&self) -> Summary {
        Summary::of(self.0.clone())
    }

    /// Returns the shortest time; infinity for an empty list.
    pub fn best(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Returns the ratios of these times to those of `base` in the same round: below 1 is faster.
    pub fn ratios(&self, base: &Self) -> Summary {
        Summary::of(self.0.iter().zip(&base.0).map(|(ours, base)| ours / base).collect())
    }
}

/// Converts bytes in nanoseconds into GB/s, which are bytes per nanosecond.
pub fn throughput(size: usize, nanoseconds: f64) -> f64 {
    size as f64 / nanoseconds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(all: &[f64]) -> Times {
        let mut times = Times::default();
        all.iter().for_each(|time| times.push(*time));
        times
    }

    #[test]
    fn quartiles_do_not_depend_on_the_order_of_samples() {
        let summary = Summary::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(summary, Summary { lower: 2.0, median: 3.0, upper: 4.0 });
    }

    #[test]
    fn quartiles_between_samples_are_interpolated() {
        let summary = Summary::of(vec![4.0, 1.0, 2.0, 3.0]);
        assert_eq!(summary, Summary { lower: 1.75, median: 2.5, upper: 3.25 });
        let summary = Summary::of(vec![7.0]);
        assert_eq!(summary, Summary { lower: 7.0, median: 7.0, upper: 7.0 });
    }

    #[test]
    fn an_outlier_does_not_move_the_median() {
        let summary = Summary::of(vec![1.0, 1.0, 1.0, 1.0, 1e9]);
        assert_eq!(summary.median, 1.0);
        assert!(Summary::of(vec![]).median.is_nan());
    }

    #[test]
    fn ratios_compare_times_of_the_same_round() {
        // The machine is ten times slower in the second round, but the ratio is the same.
        let (ours, base) = (times(&[1.0, 10.0, 1.5]), times(&[2.0, 20.0, 3.0]));
        assert_eq!(ours.ratios(&base), Summary { lower: 0.5, median: 0.5, upper: 0.5 });
        assert_eq!(base.ratios(&ours).median, 2.0);
        // The ratio of the medians would be a different number.
        let (ours, base) = (times(&[1.0, 2.0, 9.0]), times(&[1.0, 4.0, 3.0]));
        assert_eq!(ours.ratios(&base).median, 1.0);
        assert!((ours.summary().median / base.summary().median - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn best_is_the_shortest_time_and_throughput_its_inverse() {
        assert_eq!(times(&[3.0, 2.0, 4.0]).best(), 2.0);
        assert_eq!(throughput(4096, 2.0), 2048.0);
    }
}
