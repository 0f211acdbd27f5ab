//! The figures as tables: Markdown for the book, columns for a terminal.

use core::fmt::Write as _;

use crate::{
    bars::{Bar, Cell, Limit, Line, Verdict},
    contest::Contest,
    sizes::{SIZES, written},
    statistics::{Times, throughput},
};

/// Returns all measurements for the book: the median of the ratios to the baseline and its
/// quartiles; below, median and best GB/s.
pub fn full(contests: &[&Contest]) -> String {
    let cell = |contest: &Contest, times: &Times| {
        let ratio = contest.to_baseline(times);
        let speed = |nanoseconds| figure(throughput(contest.size, nanoseconds));
        format!(
            "**{:.2}** ({:.2}–{:.2})<br>{} / {}",
            ratio.median,
            ratio.lower,
            ratio.upper,
            speed(times.summary().median),
            speed(times.best())
        )
    };
    let mut text = head("", contests.iter().map(|contest| written(contest.size)));
    for name in names(contests) {
        let cells = contests
            .iter()
            .map(|contest| contest.times(name).map_or_else(none, |times| cell(contest, times)));
        row(&mut text, name, cells);
    }
    text
}

/// Returns only the medians of the ratios, for a terminal.
pub fn brief(contests: &[&Contest]) -> String {
    let mut text = format!("{:<26}", "");
    for contest in contests {
        let _ = write!(text, "{:>8}", written(contest.size));
    }
    for name in names(contests) {
        let _ = write!(text, "\n{name:<26}");
        for contest in contests {
            let ratio = contest.times(name).map(|times| contest.to_baseline(times).median);
            let _ = write!(text, "{:>8}", ratio.map_or_else(none, |ratio| format!("{ratio:.2}")));
        }
    }
    text + "\n"
}

/// Returns the bars, the measured ratios, and the verdicts.
pub fn bars(lines: &[Line]) -> String {
    let sizes: Vec<usize> = SIZES
        .into_iter()
        .filter(|size| lines.iter().any(|line| line.cells.iter().any(|cell| cell.size == *size)))
        .collect();
    let columns = ["against", "layout", "must", "goal"].map(str::to_owned).into_iter();
    let mut text = head("ours", columns.chain(sizes.iter().map(|size| written(*size))));
    for line in lines {
        let described = [
            line.against.clone(),
            line.layout.name().to_owned(),
            limits(&line.cells, |bar| bar.must),
            limits(&line.cells, |bar| bar.goal),
        ];
        let cells = sizes.iter().map(|size| {
            line.cells.iter().find(|cell| cell.size == *size).map_or_else(none, verdict)
        });
        row(&mut text, line.ours, described.into_iter().chain(cells));
    }
    text
}

/// Returns the number of cells with each verdict.
pub fn count(lines: &[Line]) -> String {
    let of = |wanted| {
        lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.verdict() == wanted).count()
    };
    format!(
        "{} bars: {} reach the goal, {} only the requirement, {} miss it.\n",
        lines.iter().map(|line| line.cells.len()).sum::<usize>(),
        of(Verdict::Goal),
        of(Verdict::Must),
        of(Verdict::Missed)
    )
}

/// Returns the bars of a line, each with the sizes that it applies to.
fn limits(cells: &[Cell], pick: fn(&Bar) -> Limit) -> String {
    let groups = cells.chunk_by(|a, b| pick(&a.bar) == pick(&b.bar));
    let mut texts: Vec<String> = groups
        .filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let limit = match pick(&first.bar) {
                Limit::AtMost(most) => format!("≤ {most:.2}"),
                Limit::Below(end) => format!("< {end:.2}"),
            };
            Some(format!("{limit} to {}", written(last.size)))
        })
        .collect();
    if let [only] = &mut texts[..] {
        only.truncate(only.find(" to ").unwrap_or(only.len()));
    }
    texts.join(", ")
}

fn verdict(cell: &Cell) -> String {
    match cell.verdict() {
        Verdict::Goal => format!("{:.3} goal", cell.reached),
        Verdict::Must => format!("{:.3} must", cell.reached),
        Verdict::Missed => format!("**{:.3} MISSED**", cell.reached),
    }
}

/// Returns the names of the contestants, each once, in the order of the contests.
fn names(contests: &[&Contest]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (contestant, _) in contests.iter().flat_map(|contest| &contest.results) {
        if !names.contains(&contestant.name) {
            names.push(contestant.name);
        }
    }
    names
}

pub(crate) fn head(first: &str, others: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    let others: Vec<String> = others.collect();
    let count = others.len();
    row(&mut text, first, others.into_iter());
    row(&mut text, "---", (0..count).map(|_| "---".to_owned()));
    text
}

pub(crate) fn row(text: &mut String, first: &str, others: impl Iterator<Item = String>) {
    let _ = write!(text, "| {first} |");
    for other in others {
        let _ = write!(text, " {other} |");
    }
    text.push('\n');
}

fn none() -> String {
    "–".to_owned()
}

/// Formats a value with two significant digits.
fn figure(value: f64) -> String {
    if value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contestants::{Contestant, Family, Shared},
        place::Layout,
    };

    fn contest(size: usize, all: &[(&'static str, &[f64])]) -> Contest {
        let results = all.iter().map(|(name, values)| {
            let mut times = Times::default();
            values.iter().for_each(|time| times.push(*time));
            (Contestant::new(name, Family::Plain, Shared::Either, |_, _| ()), times)
        });
        Contest { layout: Layout::Aligned, size, results: results.collect() }
    }

    #[test]
    fn a_full_table_has_ratio_quartiles_and_speeds() {
        let base = contest(64, &[("base", &[4.0, 4.0]), ("one", &[2.0, 3.0])]);
        let other = contest(2048, &[("base", &[16.0, 16.0])]);
        assert_eq!(
            full(&[&base, &other]),
            "|  | 64 B | 2 KiB |\n| --- | --- | --- |\n\
             | base | **1.00** (1.00–1.00)<br>16 / 16 | **1.00** (1.00–1.00)<br>128 / 128 |\n\
             | one | **0.62** (0.56–0.69)<br>26 / 32 | – |\n"
        );
        let brief = brief(&[&base, &other]);
        let one = brief.lines().last().map(|line| line.split_whitespace().collect::<Vec<_>>());
        assert_eq!(one, Some(vec!["one", "0.62", "–"]));
    }

    #[test]
    fn a_bar_is_shown_with_its_limits_and_its_verdict() {
        let strict = Bar { must: Limit::AtMost(1.4), goal: Limit::Below(1.0) };
        let mild = Bar { must: Limit::AtMost(2.0), goal: Limit::Below(1.0) };
        let cell = |size, bar, reached| Cell { size, bar, reached };
        let line = Line {
            ours: "ours",
            against: "theirs".to_owned(),
            layout: Layout::SourceOff,
            cells: vec![
                cell(64, strict, 0.994),
                cell(128, strict, 1.0),
                cell(256, strict, 1.41),
                cell(1024, mild, 1.5),
            ],
        };
        let text = bars(core::slice::from_ref(&line));
        assert_eq!(
            text.lines().last(),
            Some(
                "| ours | theirs | source off by one | ≤ 1.40 to 256 B, ≤ 2.00 to 1 KiB | < 1.00 \
                 | 0.994 goal | 1.000 must | **1.410 MISSED** | 1.500 must |"
            )
        );
        let text = count(&[line]);
        assert_eq!(text, "4 bars: 1 reach the goal, 2 only the requirement, 1 miss it.\n");
    }

    #[test]
    fn figures_have_two_significant_digits_below_ten() {
        assert_eq!(figure(0.94), "0.9");
        assert_eq!(figure(9.94), "9.9");
        assert_eq!(figure(9.96), "10");
        assert_eq!(figure(101.4), "101");
    }
}
