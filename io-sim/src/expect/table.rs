//! The table of both sequences side by side.

use alloc::{format, string::String, vec::Vec};
use core::fmt::Write;

use super::{mismatch::Run, operation::Operation};
use crate::diff::{Row, diff};

/// The number of rows shown before the first difference, and from it on.
const SHOWN: usize = 12;

/// Two lines, either of which may be missing, and the number of consecutive repetitions.
#[derive(PartialEq, Eq)]
struct Pair {
    left: String,
    right: String,
    is_difference: bool,
}

/// Returns the table, without a trailing line end; step `at` is the first difference.
pub(super) fn side_by_side(run: &Run, at: usize) -> String {
    let rows = folded(pairs(run, at));
    let first = rows.iter().position(|(pair, _)| pair.is_difference).unwrap_or(0);
    let before = first.saturating_sub(SHOWN);
    let shown = &rows[before..rows.len().min(first + SHOWN)];

    let line = |text: &str, count: usize| match count {
        1 => String::from(text),
        _ if text.is_empty() => String::new(),
        _ => format!("{text} (x{count})"),
    };
    let width = shown.iter().map(|(pair, count)| line(&pair.left, *count).chars().count());
    let width = width.chain([EXPECTED.len()]).max().unwrap_or(0);

    let mut table = format!("    {EXPECTED:width$} | happened\n");
    let more = |table: &mut String, count: usize| {
        if count > 0 {
            // Writing to a string cannot fail.
            let _ = writeln!(table, "    … {count} more");
        }
    };
    more(&mut table, before);
    for (i, (pair, count)) in shown.iter().enumerate() {
        let mark = if before + i == first { "-->" } else { "   " };
        let (left, right) = (line(&pair.left, *count), line(&pair.right, *count));
        let row = format!("{mark} {left:width$} | {right}");
        let _ = writeln!(table, "{}", row.trim_end());
    }
    more(&mut table, rows.len() - before - shown.len());
    table.truncate(table.trim_end().len());
    table
}

const EXPECTED: &str = "expected";

/// Returns the rows: paired step by step before the difference, and by best match from there on.
fn pairs(run: &Run, at: usize) -> Vec<Pair> {
    let text = |operation: Option<&Operation>| {
        operation.map(|operation| format!("{operation}")).unwrap_or_default()
    };
    let step = |i: usize| run.steps.get(i).map(|step| format!("{step}")).unwrap_or_default();
    let pair = |left: Option<usize>, right: Option<usize>, is_difference| Pair {
        left: left.map(step).unwrap_or_default(),
        right: right.map(|j| text(run.happened.get(j))).unwrap_or_default(),
        is_difference,
    };
    let mut pairs: Vec<Pair> = (0..at).map(|i| pair(Some(i), Some(i), false)).collect();

    let (steps, operations) = (&run.steps[at..], run.happened.get(at..).unwrap_or_default());
    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    let flush = |pairs: &mut Vec<Pair>, lefts: &mut Vec<usize>, rights: &mut Vec<usize>| {
        for i in 0..lefts.len().max(rights.len()) {
            pairs.push(pair(lefts.get(i).copied(), rights.get(i).copied(), true));
        }
        lefts.clear();
        rights.clear();
    };
    for row in diff(steps.len(), operations.len(), |i, j| steps[i].accepts(&operations[j])) {
        match row {
            Row::Left(i) => lefts.push(at + i),
            Row::Right(j) => rights.push(at + j),
            Row::Same(i, j) => {
                flush(&mut pairs, &mut lefts, &mut rights);
                pairs.push(pair(Some(at + i), Some(at + j), false));
            }
        }
    }
    flush(&mut pairs, &mut lefts, &mut rights);
    pairs
}

fn folded(pairs: Vec<Pair>) -> Vec<(Pair, usize)> {
    let mut rows: Vec<(Pair, usize)> = Vec::new();
    for pair in pairs {
        match rows.last_mut() {
            Some((last, count)) if *last == pair => *count += 1,
            _ => rows.push((pair, 1)),
        }
    }
    rows
}
