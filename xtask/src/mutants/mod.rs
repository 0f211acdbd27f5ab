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

/// Tries every mutation and prints which check detected it, as test results.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let tree = Tree::copy(project)?;
    let checks = list::checks();
    for check in &checks {
        println!("\n# {check}: without a mutation");
        if let Verdict::Noticed(report) = judge(tree.project(), *check, "", &[])? {
            return Err(format!("{check} fails without a mutation:\n{report}"));
        }
    }
    let count = list::all().count();
    println!("\nrunning {count} tests");
    let mut missed = Vec::new();
    for mutation in list::all() {
        println!("\n# {}: {}", mutation.check, mutation.name);
        let changed = tree.change(mutation)?;
        let verdict = judge(tree.project(), mutation.check, mutation.test(), mutation.targets())?;
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

/// Runs a check: of test programs, the tests whose names contain `filter`; of generated code, the
/// code for `targets`.
fn judge(
    project: &Project,
    check: Check,
    filter: &str,
    targets: &[&str],
) -> Result<Verdict, String> {
    match check {
        Check::Codegen => Ok(Verdict::of(codegen::problems(project, "3", targets)?)),
        Check::Stepping => Ok(test(&project.root, "io-core", "stepping", filter)),
        Check::Behaviour => Ok(test(&project.root, "io-core", "behaviour", filter)),
        Check::Fault => Ok(test(&project.root, "io-mem", "fault", filter)),
        Check::Kernel => Ok(verdict(kernel::quiet(project))),
        Check::Matrix => Ok(Verdict::of(matrix::problems(project, "gc-sections")?)),
        Check::Vm => Ok(test(&project.root, "io-mem", "vm", filter)),
    }
}

/// Runs one of a package's test programs, optimised.
fn test(root: &Path, package: &str, name: &str, filter: &str) -> Verdict {
    let call = Call::new("cargo", "test --quiet --release --no-fail-fast -p").words(package);
    // Each mutation changes a few functions, so most of the last build can be used again.
    let call = call.variable("CARGO_INCREMENTAL", "1").words("--test").words(name);
    verdict(run::quiet(&call.words("--").words(filter), root))
}

/// Converts the output of a command; a failure of the command is a detection.
fn verdict(output: Output) -> Verdict {
    match output.failure {
        None => Verdict::Passed,
        Some(_) => Verdict::Noticed(output.all),
    }
}
