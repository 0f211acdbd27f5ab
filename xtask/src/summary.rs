//! The output at the end: the problems, a table, and the last line.

use core::fmt;
use core::time::Duration;

/// The tests of a suite whose tests are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    /// Tests that ran, with any result.
    pub(crate) ran: usize,
    /// Tests that did not run.
    pub(crate) ignored: usize,
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed or did not run although they should, and commands that failed for another
    /// reason.
    pub(crate) failed: usize,
}

/// The row of a suite in the table.
#[derive(Debug)]
pub(crate) struct Row {
    name: &'static str,
    /// The tests; `None` when the suite counts as one check.
    tests: Option<Tests>,
    /// The problems, each with the output that shows it.
    pub(crate) problems: Vec<String>,
    time: Duration,
}

impl Row {
    /// Creates the row of a suite that counts as one check.
    pub(crate) fn check(name: &'static str, problems: Vec<String>, time: Duration) -> Self {
        Self { name, tests: None, problems, time }
    }

    /// Creates the row of a suite whose tests are counted.
    pub(crate) fn tests(
        name: &'static str,
        tests: Tests,
        problems: Vec<String>,
        time: Duration,
    ) -> Self {
        Self { name, tests: Some(tests), problems, time }
    }

    /// Returns whether the suite has neither problems nor failed tests.
    pub(crate) fn passes(&self) -> bool {
        self.problems.is_empty() && self.failed() == 0
    }

    /// Returns the number that the suite adds to the passed tests of the last line.
    pub(crate) fn passed(&self) -> usize {
        self.tests.map_or(usize::from(self.problems.is_empty()), |tests| tests.passed)
    }

    /// Returns the number that the suite adds to the failed tests of the last line.
    pub(crate) fn failed(&self) -> usize {
        let checks = usize::from(!self.problems.is_empty());
        self.tests.map_or(checks, |tests| tests.failed.max(checks))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let result = if self.passes() { "ok" } else { "FAILED" };
        let ran = match self.tests {
            None => "1 check".to_owned(),
            Some(Tests { ran: 1, ignored: 0, .. }) => "1 test".to_owned(),
            Some(Tests { ran, ignored: 0, .. }) => format!("{ran} tests"),
            Some(Tests { ran, ignored, .. }) => format!("{ran} tests, {ignored} ignored"),
        };
        let seconds = self.time.as_secs_f64();
        write!(f, "{:<12} {result:<8} {ran:<24} {seconds:>8.1}", self.name)
    }
}

/// Prints all problems, with the full outputs.
pub(crate) fn print_problems(rows: &[Row]) {
    for row in rows {
        for problem in &row.problems {
            println!("\n==== {} failed ====\n{}", row.name, problem.trim_end());
        }
    }
}

/// Prints the table and the last line.
pub(crate) fn print_table(rows: &[Row]) {
    println!("\n{}", table(rows));
}

/// Returns the table and the last line.
fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<12} {:<8} {:<24} {:>8}\n", "suite", "result", "ran", "seconds");
    for row in rows {
        text.push_str(&format!("{row}\n"));
    }
    let passed: usize = rows.iter().map(Row::passed).sum();
    let failed: usize = rows.iter().map(Row::failed).sum();
    text + &format!("\n{passed} passed, {failed} failed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_contains_every_suite_and_the_sums() {
        let second = Duration::from_millis(1250);
        let good = Tests { ran: 12, passed: 12, ..Tests::default() };
        let bad = Tests { ran: 5, ignored: 2, passed: 4, failed: 3 };
        let one = Tests { ran: 1, passed: 1, ..Tests::default() };
        let rows = [
            Row::check("setup", vec![], second),
            Row::check("fmt", vec!["one".into(), "two".into()], second),
            Row::tests("test", good, vec![], second),
            Row::tests("miri", one, vec![], second),
            Row::tests("doctest", bad, vec!["three".into()], second),
        ];
        let expected = "\
suite        result   ran                       seconds
setup        ok       1 check                       1.2
fmt          FAILED   1 check                       1.2
test         ok       12 tests                      1.2
miri         ok       1 test                        1.2
doctest      FAILED   5 tests, 2 ignored            1.2

18 passed, 4 failed";
        assert_eq!(table(&rows), expected);
    }

    #[test]
    fn a_problem_or_a_failed_test_fails_the_suite() {
        let row = |failed, problems| {
            let tests = Tests { ran: 1, passed: 1, failed, ignored: 0 };
            Row::tests("s", tests, problems, Duration::ZERO)
        };
        assert!(row(0, vec![]).passes());
        assert!(!row(1, vec![]).passes());
        assert!(!row(0, vec!["x".into()]).passes());
        assert_eq!(row(0, vec!["x".into()]).failed(), 1);
    }
}
