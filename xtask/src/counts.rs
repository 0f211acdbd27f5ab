//! The numbers of tests in the output of libtest.

use core::ops::AddAssign;

/// The tests of one or more test programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that ran and passed.
    pub(crate) passed: usize,
    /// Tests that ran and failed.
    pub(crate) failed: usize,
    /// Tests that did not run.
    pub(crate) ignored: usize,
    /// Tests that were announced but have no result line, because their program ended early.
    pub(crate) lost: usize,
}

impl Counts {
    /// Sums all `test result:` lines of an output, and compares the sum with its `running` lines.
    ///
    /// A program that calls `exit(0)` from a test is a success for cargo, without a result line.
    pub(crate) fn of(output: &str) -> Self {
        let mut sum = Self::default();
        output.lines().filter_map(of_line).for_each(|counts| sum += counts);
        let announced: usize = output.lines().filter_map(announced).sum();
        sum.lost = announced.saturating_sub(sum.ran() + sum.ignored);
        sum
    }

    /// Returns the number of tests that ran.
    pub(crate) fn ran(self) -> usize {
        self.passed + self.failed
    }
}

/// Returns the last line of a command that counts its checks as libtest counts tests.
pub(crate) fn result_line(passed: usize, failed: usize) -> String {
    let word = if failed == 0 { "ok" } else { "FAILED" };
    format!("test result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured")
}

/// Checks of a command, printed as libtest prints tests.
#[derive(Debug)]
pub(crate) struct Checks {
    passed: usize,
    failed: usize,
}

impl Checks {
    /// Announces this many checks.
    pub(crate) fn new(count: usize) -> Self {
        println!("running {count} tests");
        Self { passed: 0, failed: 0 }
    }

    /// Prints the result of one check, which passes if there are no problems.
    pub(crate) fn add(&mut self, name: &str, problems: &[String]) {
        let passes = problems.is_empty();
        println!("test {name} ... {}", if passes { "ok" } else { "FAILED" });
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        *(if passes { &mut self.passed } else { &mut self.failed }) += 1;
    }

    /// Prints the last line; `false` if a check failed.
    pub(crate) fn finish(self) -> bool {
        println!("\n{}", result_line(self.passed, self.failed));
        self.failed == 0
    }
}

/// Reads `running 3 tests`.
fn announced(line: &str) -> Option<usize> {
    let (number, tests) = line.strip_prefix("running ")?.split_once(' ')?;
    matches!(tests, "test" | "tests").then(|| number.parse().ok())?
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.lost += other.lost;
    }
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`; returns `None` for any other line.
fn of_line(line: &str) -> Option<Counts> {
    let (_verdict, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |wanted: &str| {
        numbers.split("; ").find_map(|part| part.strip_suffix(wanted)?.trim().parse().ok())
    };
    Some(Counts {
        passed: number(" passed")?,
        failed: number(" failed")?,
        ignored: number(" ignored")?,
        lost: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_result_lines_are_summed() {
        let output = "\
running 4 tests
test a ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s

running 12 tests
test result: FAILED. 10 passed; 2 failed; 0 ignored; 5 measured; 7 filtered out; finished in 1s
";
        assert_eq!(Counts::of(output), Counts { passed: 13, failed: 2, ignored: 1, lost: 0 });
        assert_eq!(Counts::of(output).ran(), 15);
    }

    #[test]
    fn a_printed_result_line_is_parsed_back() {
        for (passed, failed) in [(3, 0), (2, 1)] {
            let expected = Counts { passed, failed, ..Counts::default() };
            assert_eq!(Counts::of(&result_line(passed, failed)), expected);
        }
    }

    #[test]
    fn announced_tests_without_a_result_are_lost() {
        let good = "running 1 test\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(Counts::of(good).lost, 0);
        assert_eq!(Counts::of(&format!("{good}running 12 tests\ntest a ... ok\n")).lost, 12);
        assert_eq!(Counts::of("running 3 tests of 4\nrunning on\n").lost, 0);
    }

    #[test]
    fn other_lines_are_not_counted() {
        for line in [
            "test 3 passed; 0 failed; 1 ignored; ... ok",
            "  test result: ok. 3 passed; 0 failed; 0 ignored",
            "test result: ok. three passed; 0 failed; 0 ignored",
            "test result: ok. 3 passed",
            "",
        ] {
            assert_eq!(Counts::of(line), Counts::default(), "{line}");
        }
    }
}
