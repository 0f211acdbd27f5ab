//! Mutation tests: each mutation of the libraries must make a check fail.
//!
//! A copy of the workspace is changed in one place, then the check that must detect the change
//! runs. A mutation that no longer applies, does not compile, or is not detected is a failure.

mod check;
mod cursors;
mod list;
mod tree;

use std::path::Path;

use xtask_process::{
    Call,
    run::{self, Output},
};

use crate::project::Project;
use crate::{codegen, counts, kernel, matrix};

use check::Check;
use list::Mutation;
use tree::Tree;

/// Tries every mutation of the named checks, or of all checks, and prints which check detected it,
/// as test results.
pub(crate) fn run(project: &Project, names: &[String]) -> Result<bool, String> {
    let checks = chosen(names)?;
    let tree = Tree::copy(project)?;
    for check in &checks {
        println!("\n# {check}: without a mutation");
        if let Verdict::Noticed(report) = judge(tree.project(), *check, &tests(*check), &[])? {
            return Err(format!("{check} fails without a mutation:\n{report}"));
        }
    }
    let mutations: Vec<_> = list::all().filter(|one| checks.contains(&one.check)).collect();
    let count = mutations.len();
    println!("\nrunning {count} tests");
    let mut missed = Vec::new();
    for mutation in mutations {
        println!("\n# {}: {}", mutation.check, mutation.name);
        let changed = tree.change(mutation)?;
        let tests: Vec<_> = mutation.test().into_iter().collect();
        let verdict = judge(tree.project(), mutation.check, &tests, mutation.targets())?;
        changed.restore()?;
        match verdict.explain(mutation) {
            Ok(()) => println!("test {} ... ok", mutation.name),
            Err(problem) => {
                println!("test {} ... FAILED", mutation.name);
                eprintln!("{problem}");
                missed.push(mutation.name);
            }
        }
    }
    println!("\n{}", counts::result_line(count - missed.len(), missed.len()));
    Ok(missed.is_empty())
}

/// Returns the checks with these names, or all if no name is given.
fn chosen(names: &[String]) -> Result<Vec<Check>, String> {
    let known = list::checks();
    let is_known = |name: &&String| known.iter().any(|check| check.to_string() == **name);
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        let known: Vec<_> = known.iter().map(Check::to_string).collect();
        return Err(format!("unknown check `{unknown}`; the checks are: {}", known.join(", ")));
    }
    let is_chosen = |check: &Check| names.is_empty() || names.contains(&check.to_string());
    Ok(known.into_iter().filter(is_chosen).collect())
}

/// Returns the names of the tests that must detect the mutations of a check.
fn tests(check: Check) -> Vec<&'static str> {
    list::all().filter(|mutation| mutation.check == check).filter_map(Mutation::test).collect()
}

/// The result of a check of a tree.
enum Verdict {
    /// The check found no problem.
    Passed,
    /// The check found a problem, described by this report.
    Noticed(String),
}

impl Verdict {
    /// Returns the verdict for a report; an empty report means success.
    fn of(report: String) -> Self {
        if report.is_empty() { Verdict::Passed } else { Verdict::Noticed(report) }
    }

    /// Returns an error unless the mutation was detected for the expected reason.
    fn explain(self, mutation: &Mutation) -> Result<(), String> {
        match self {
            Verdict::Passed => Err("the check did not detect it".to_owned()),
            // Linking is part of the check, so a link error counts as detection.
            Verdict::Noticed(report)
                if report.contains("could not compile") && !report.contains("linking with") =>
            {
                Err(format!("it does not compile:\n{report}"))
            }
            Verdict::Noticed(report) if !report.contains(mutation.because) => {
                Err(format!("detected, but not because of `{}`:\n{report}", mutation.because))
            }
            Verdict::Noticed(_) => Ok(()),
        }
    }
}

/// Runs a check: of test programs, the tests whose names contain one of `filters`, or all; of
/// generated code, the code for `targets`.
fn judge(
    project: &Project,
    check: Check,
    filters: &[&str],
    targets: &[&str],
) -> Result<Verdict, String> {
    match check {
        Check::Codegen => Ok(Verdict::of(codegen::problems(project, "3", targets)?)),
        Check::Stepping => Ok(test(&project.root, "io-core", "stepping", "3", filters)),
        Check::Behaviour => Ok(test(&project.root, "io-core", "behaviour", "0", filters)),
        Check::Fault => Ok(test(&project.root, "io-mem", "fault", "0", filters)),
        Check::Kernel => Ok(verdict(kernel::quiet(project))),
        Check::Matrix => Ok(Verdict::of(matrix::problems(project, "gc-sections")?)),
        Check::Vm => Ok(test(&project.root, "io-mem", "vm", "0", filters)),
    }
}

/// Runs one of a package's test programs, without the debug assertions of the dev profile.
///
/// The opt-level is 0 where the tests concern results, not instructions: that compiles in a fraction
/// of the time.
fn test(root: &Path, package: &str, name: &str, level: &str, filters: &[&str]) -> Verdict {
    let call = Call::new("cargo", "test --quiet --release --no-fail-fast -p").words(package);
    // Each mutation changes a few functions, so most of the last build can be used again.
    let call = call.variable("CARGO_INCREMENTAL", "1").words("--test").words(name);
    let call = call.variable("CARGO_PROFILE_RELEASE_OPT_LEVEL", level).words("--");
    verdict(run::quiet(&filters.iter().fold(call, |call, filter| call.words(filter)), root))
}

/// Converts the output of a command; a failure of the command is a detection.
fn verdict(output: Output) -> Verdict {
    match output.failure {
        None => Verdict::Passed,
        Some(_) => Verdict::Noticed(output.all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_chosen_by_name() {
        assert_eq!(chosen(&["vm".into()]), Ok(vec![Check::Vm]));
        assert_eq!(chosen(&[]), Ok(list::checks()));
        assert!(chosen(&["mv".into()]).is_err_and(|text| text.contains("`mv`; the checks are: ")));
    }

    #[test]
    fn the_tests_of_a_check_are_those_of_its_mutations() {
        assert!(tests(Check::Vm).contains(&"positions::skip_moves_within_the_remainder"));
        assert!(!tests(Check::Vm).contains(&"SIGSEGV"), "it is no name of a test");
    }
}
