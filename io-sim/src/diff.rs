//! Longest-common-subsequence comparison of two sequences.

use alloc::{vec, vec::Vec};

/// Above this number of pairs, the middle is treated as completely different.
const MOST_PAIRS: usize = 1 << 22;

/// One row of a comparison; the numbers are indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The entry is in both sequences.
    Same(usize, usize),
    /// The entry is in the first sequence only.
    Left(usize),
    /// The entry is in the second sequence only.
    Right(usize),
}

/// Compares sequences of these lengths by their longest common subsequence.
///
/// Crates such as `similar` require equality; an expectation matches an operation without being
/// equal to it.
pub(super) fn diff(left: usize, right: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Row> {
    let shorter = left.min(right);
    let head = (0..shorter).take_while(|&i| same(i, i)).count();
    let tail = (0..shorter - head).take_while(|&i| same(left - 1 - i, right - 1 - i)).count();
    let (rows, columns) = (left - head - tail, right - head - tail);

    let mut result: Vec<Row> = (0..head).map(|i| Row::Same(i, i)).collect();
    result.extend(middle(rows, columns, |i, j| same(head + i, head + j)).into_iter().map(|row| {
        match row {
            Row::Same(i, j) => Row::Same(head + i, head + j),
            Row::Left(i) => Row::Left(head + i),
            Row::Right(j) => Row::Right(head + j),
        }
    }));
    result.extend((0..tail).map(|i| Row::Same(left - tail + i, right - tail + i)));
    result
}

fn middle(left: usize, right: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Row> {
    if left.saturating_mul(right) > MOST_PAIRS {
        return (0..left).map(Row::Left).chain((0..right).map(Row::Right)).collect();
    }
    // `common[i][j]` is the length of the longest common subsequence of the tails from `i` and `j`.
    let columns = right + 1;
    let mut common = vec![0_u32; (left + 1) * columns];
    for i in (0..left).rev() {
        for j in (0..right).rev() {
            common[i * columns + j] = if same(i, j) {
                common[(i + 1) * columns + j + 1] + 1
            } else {
                common[(i + 1) * columns + j].max(common[i * columns + j + 1])
            };
        }
    }
    let (mut i, mut j, mut rows) = (0, 0, Vec::new());
    while i < left || j < right {
        let without_left = if i < left { common[(i + 1) * columns + j] } else { 0 };
        let row = if i < left && j < right && same(i, j) {
            Row::Same(i, j)
        } else if j == right || i < left && without_left == common[i * columns + j] {
            Row::Left(i)
        } else {
            Row::Right(j)
        };
        i += usize::from(!matches!(row, Row::Right(_)));
        j += usize::from(!matches!(row, Row::Left(_)));
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(left: &str, right: &str) -> alloc::string::String {
        let (left, right) = (left.as_bytes(), right.as_bytes());
        let rows = diff(left.len(), right.len(), |i, j| left[i] == right[j]);
        let mut text = alloc::string::String::new();
        for row in rows {
            let (sign, letter) = match row {
                Row::Same(i, j) => {
                    assert_eq!(left[i], right[j]);
                    ("", left[i])
                }
                Row::Left(i) => ("-", left[i]),
                Row::Right(j) => ("+", right[j]),
            };
            text.push_str(sign);
            text.push(letter.into());
        }
        text
    }

    #[test]
    fn the_smallest_difference_is_marked() {
        assert_eq!(text("", ""), "");
        assert_eq!(text("abc", "abc"), "abc");
        assert_eq!(text("abc", ""), "-a-b-c");
        assert_eq!(text("", "ab"), "+a+b");
        assert_eq!(text("abc", "axc"), "a-b+xc");
        assert_eq!(text("abcd", "acbd"), "a-bc+bd");
        assert_eq!(text("aab", "ab"), "a-ab");
        assert_eq!(text("xabcy", "zabcw"), "-x+zabc-y+w");
    }

    /// Not run under Miri, where a million lines take too long.
    #[cfg(not(miri))]
    #[test]
    fn very_long_differences_are_not_compared() {
        let rows = diff(3000, 3000, |i, j| i + 1 == j);
        assert_eq!(rows.len(), 6000);
        assert_eq!(diff(1_000_000, 1_000_000, |_, _| true).len(), 1_000_000);
    }
}
