//! Statistics from libFuzzer's output, including the growth of the coverage.

use core::fmt;

/// A run of a target without failures.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stats {
    /// The number of inputs that were tried.
    executions: u64,
    /// The number of edges that the kept inputs reached.
    start: u64,
    /// The number of edges reached after half of the executions, after nine tenths, and at the end.
    grown: [u64; 3],
}

impl Stats {
    /// Parses libFuzzer's output, which must show that it tried more than the kept inputs.
    pub(crate) fn of(output: &str) -> Result<Self, String> {
        let points: Vec<(u64, u64)> = output.lines().filter_map(point).collect();
        let start = output.lines().find(|line| line.contains("INITED")).and_then(point);
        let end = output.lines().find(|line| line.contains("DONE")).and_then(point);
        let (Some((kept, start)), Some((executions, end))) = (start, end) else {
            return Err(format!("the output of libFuzzer has no statistics:\n{output}"));
        };
        if executions <= kept {
            return Err(format!("ran only the {kept} kept inputs"));
        }
        let at = |part: u64| {
            let before = points.iter().take_while(|(done, _)| *done <= part);
            before.map(|(_, edges)| *edges).max().unwrap_or(start).max(start)
        };
        let grown = [at(executions / 2), at(executions / 10 * 9), end];
        Ok(Self { executions, start, grown })
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { executions, start, grown: [half, most, end] } = self;
        write!(
            f,
            "{executions} executions; edges: {start} by the kept inputs, {half} after half of them, \
             {most} after nine tenths, {end} at the end"
        )
    }
}

/// Returns the executions and edges of a line `#95299  NEW    cov: 7087 ft: 29288 …`.
fn point(line: &str) -> Option<(u64, u64)> {
    let mut words = line.strip_prefix('#')?.split_whitespace();
    let executions = words.next()?.parse().ok()?;
    words.find(|word| *word == "cov:")?;
    Some((executions, words.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
INFO: Seed: 1
#10	INITED cov: 2959 ft: 6819 corp: 9/180b exec/s: 0 rss: 31Mb
#11	NEW    cov: 3000 ft: 6820 corp: 10/181b lim: 160 exec/s: 0 rss: 31Mb L: 4/9 MS: 1 EraseBytes-
#60	REDUCE cov: 3100 ft: 6820 corp: 10/180b lim: 160 exec/s: 0 rss: 31Mb
#95	NEW    cov: 3200 ft: 6820 corp: 11/185b lim: 160 exec/s: 0 rss: 31Mb
#100	DONE   cov: 3200 ft: 6820 corp: 11/185b lim: 160 exec/s: 50 rss: 31Mb
Done 100 runs in 2 second(s)
";

    #[test]
    fn statistics_are_parsed() {
        let stats = Stats { executions: 100, start: 2959, grown: [3000, 3100, 3200] };
        assert_eq!(Stats::of(OUTPUT), Ok(stats));
    }

    #[test]
    fn a_run_without_new_inputs_is_an_error() {
        assert!(Stats::of("").is_err());
        let short = OUTPUT.replace("#100\t", "#10\t");
        assert!(Stats::of(&short).is_err_and(|text| text.contains("the 10 kept inputs")));
        let cut: String = OUTPUT.lines().take(4).map(|line| format!("{line}\n")).collect();
        assert!(Stats::of(&cut).is_err_and(|text| text.contains("#60")));
    }
}
