//! Runs a suite and evaluates the output of its commands.

use std::path::Path;
use std::time::Instant;

use xtask_process::run::{self, Output};

use crate::counts::Counts;
use crate::suite::{Expect, Step, Suite};
use crate::summary::{Row, Tests};
use crate::{report, tree};

/// When the output of a suite's commands is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// Line by line, as it arrives.
    Live,
    /// After each command, because another suite prints at the same time.
    Afterwards,
}

/// Runs every command of a suite, even after a failure.
pub(crate) fn run_suite(suite: &Suite, root: &Path, show: Show) -> Row {
    let start = Instant::now();
    let mut outputs = Vec::new();
    for (i, step) in suite.steps.iter().enumerate() {
        println!("\n# {} ({} of {})", suite.name, i + 1, suite.steps.len());
        outputs.push(match show {
            Show::Live => run::streamed(&step.call, root),
            Show::Afterwards => {
                let output = run::quiet(&step.call, root);
                println!("\n# output of {} ({})\n{}", suite.name, i + 1, output.all);
                output
            }
        });
    }
    judge_suite(suite, &outputs, start.elapsed())
}

/// Evaluates a suite by the outputs of its commands.
fn judge_suite(suite: &Suite, outputs: &[Output], time: core::time::Duration) -> Row {
    let mut problems = Vec::new();
    let mut tests = Tests::default();
    for (step, output) in suite.steps.iter().zip(outputs) {
        let counts = Counts::of(&output.stdout);
        let not_run = if step.expect == Expect::Tests { counts.ignored } else { 0 };
        let mut failed = counts.failed + counts.lost + not_run;
        if let Err(problem) = judge_step(step, output, counts) {
            failed = failed.max(1);
            problems.push(format!("`{}`\n{problem}; output:\n{}", step.call, output.all));
        }
        tests.ran += counts.ran();
        tests.ignored += counts.ignored;
        tests.passed += counts.passed;
        tests.failed += failed;
    }
    problems.extend(judge_reports(suite, outputs).err());
    if suite.is_counted() {
        Row::tests(suite.name, tests, problems, time)
    } else {
        Row::check(suite.name, problems, time)
    }
}

/// Evaluates one command.
fn judge_step(step: &Step, output: &Output, counts: Counts) -> Result<(), String> {
    if let Some(failure) = &output.failure {
        return Err(failure.clone());
    }
    match step.expect {
        Expect::Success => Ok(()),
        // Parallel runs can interleave their lines, but not within this text.
        Expect::Repeated(times) => {
            match output.stdout.match_indices(" passed; 0 failed;").count() {
                found if found != times => Err(format!("ran {found} times, not {times}")),
                _ if output.stdout.contains(" 0 passed;") => Err("ran no tests".to_owned()),
                _ => Ok(()),
            }
        }
        Expect::Tests | Expect::Doctests if counts.lost > 0 => {
            Err(format!("ended before {} tests had a result", counts.lost))
        }
        Expect::Tests if counts.ignored > 0 => {
            Err(format!("ignored {} tests (`#[ignore]` is not allowed)", counts.ignored))
        }
        Expect::Tests | Expect::Doctests => match (counts.ran(), counts.failed) {
            (0, _) => Err("ran no tests".to_owned()),
            (_, 0) => Ok(()),
            (_, failed) => Err(format!("succeeded although {failed} tests failed")),
        },
        Expect::Report => report::of(&output.stdout).map(|_| ()),
        Expect::Tree(allowed) => tree::check(&output.stdout, allowed)
            .map_err(|problem| format!("has an unexpected dependency tree: {problem}")),
    }
}

/// Compares the reports of a suite's commands; a missing report is already a problem of its
/// command.
fn judge_reports(suite: &Suite, outputs: &[Output]) -> Result<(), String> {
    let mut reports = suite
        .steps
        .iter()
        .zip(outputs)
        .filter(|(step, _)| step.expect == Expect::Report)
        .filter_map(|(step, output)| Some((step, report::of(&output.stdout).ok()?)));
    let Some((first, expected)) = reports.next() else {
        return Ok(());
    };
    reports.try_for_each(|(step, found)| {
        report::compare(expected, found).map_err(|problem| {
            format!(
                "`{}` and `{}`: {problem}\n\nthe report here:\n{expected}\nthe report there:\n{found}",
                first.call, step.call
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::suite::Speed;
    use xtask_process::Call;

    fn suite(expects: &[Expect]) -> Suite {
        let step = |expect: &Expect| Step { call: Call::new("x", ""), expect: *expect };
        let steps = expects.iter().map(step).collect();
        Suite { name: "s", about: "", speed: Speed::Quick, minutes: 0, needs: &[], steps }
    }

    /// Returns the sums, whether the suite passes, and the problems for commands with these
    /// outputs.
    fn judged(steps: &[(Expect, &str, bool)]) -> (usize, usize, String) {
        let expects: Vec<Expect> = steps.iter().map(|(expect, ..)| *expect).collect();
        let output = |(_, text, good): &(Expect, &str, bool)| Output {
            failure: (!good).then(|| "ended badly".to_owned()),
            stdout: (*text).to_owned(),
            all: (*text).to_owned(),
        };
        let outputs: Vec<Output> = steps.iter().map(output).collect();
        let row = judge_suite(&suite(&expects), &outputs, Duration::ZERO);
        assert_eq!(row.passes(), row.failed() == 0);
        assert_eq!(row.passes(), row.problems.is_empty());
        (row.passed(), row.failed(), row.problems.join("\n"))
    }

    const GOOD: &str = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured";
    const BAD: &str = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured";
    const LEFT_OUT: &str = "test result: ok. 3 passed; 0 failed; 4 ignored; 0 measured";

    #[test]
    fn repeated_tests_are_counted_per_run() {
        let twice = "test result: test result: ok. 9 passed; 0 failed; 0 ignored; \
                     okfinished in 1s. 9 passed; 0 failed;";
        assert_eq!(judged(&[(Expect::Repeated(2), twice, true)]).1, 0);
        assert!(judged(&[(Expect::Repeated(3), twice, true)]).2.contains("2 times, not 3"));
        let none = "ok. 0 passed; 0 failed; 9 filtered out";
        assert!(judged(&[(Expect::Repeated(1), none, true)]).2.contains("no test"));
    }

    #[test]
    fn passed_and_failed_tests_are_counted() {
        use Expect::Tests;
        assert_eq!(judged(&[(Tests, GOOD, true), (Tests, GOOD, true)]), (6, 0, String::new()));
        let (passed, failed, text) = judged(&[(Tests, BAD, false)]);
        assert_eq!((passed, failed), (3, 2));
        assert!(text.contains("ended badly") && text.contains(BAD), "{text}");
    }

    #[test]
    fn a_failed_command_fails_without_a_failed_test() {
        assert_eq!(judged(&[(Expect::Tests, GOOD, false)]).1, 1);
        assert_eq!(judged(&[(Expect::Tests, "error: no code", false)]).1, 1);
        assert_eq!(judged(&[(Expect::Tests, BAD, true)]).1, 2);
        let two = [(Expect::Tests, BAD, false), (Expect::Tests, "", false)];
        assert_eq!(judged(&two).1, 3);
    }

    #[test]
    fn ignored_tests_are_failures() {
        let (passed, failed, text) = judged(&[(Expect::Tests, LEFT_OUT, true)]);
        assert_eq!((passed, failed), (3, 4));
        assert!(text.contains("ignored 4 tests"), "{text}");
        assert_eq!(judged(&[(Expect::Doctests, LEFT_OUT, true)]), (3, 0, String::new()));
        for expect in [Expect::Tests, Expect::Doctests] {
            assert!(judged(&[(expect, "", true)]).2.contains("ran no tests"));
        }
    }

    #[test]
    fn tests_without_a_result_are_failures() {
        let text = format!("running 3 tests\n{GOOD}\nrunning 2 tests\ntest a ... ok\n");
        for expect in [Expect::Tests, Expect::Doctests] {
            let (passed, failed, problem) = judged(&[(expect, &text, true)]);
            assert_eq!((passed, failed), (3, 2));
            assert!(problem.contains("before 2 tests"), "{problem}");
        }
    }

    #[test]
    fn a_suite_without_tests_counts_as_one_check() {
        use Expect::Success;
        assert_eq!(judged(&[(Success, GOOD, true), (Success, "", true)]), (1, 0, String::new()));
        assert_eq!(judged(&[(Success, "", false), (Success, "", false)]).1, 1);
    }

    #[test]
    fn reports_must_exist_and_be_equal() {
        use Expect::Report;
        let (a, b) = ("x\n== report ==\na\n", "y\n== report ==\nb\n");
        let also_a = "z\n== report ==\na\n";
        assert_eq!(judged(&[(Report, a, true), (Report, also_a, true)]), (1, 0, String::new()));
        assert!(judged(&[(Report, a, true), (Report, b, true)]).2.contains("line 1: `a` here"));
        assert_eq!(judged(&[(Report, a, true), (Report, "none\n", true)]).1, 1);
        assert_eq!(judged(&[(Report, a, false), (Report, a, true)]).1, 1);
    }

    #[test]
    fn dependency_trees_are_checked() {
        let expect = Expect::Tree(&tree::WITHOUT_DERIVE);
        assert_eq!(judged(&[(expect, "0io-core v0.1.0\n", true)]).1, 0);
        let foreign = "0io-core v0.1.0\n1spin v0.10.1\n";
        assert!(judged(&[(expect, foreign, true)]).2.contains("`spin`"));
    }
}
