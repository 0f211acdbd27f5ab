//! Whether the proofs can fail: each mutation of the libraries makes one of them fail.
//!
//! A copy of the workspace is changed in one place, then a check runs that has to notice. A
//! mutation that does not apply any more, does not compile, or is not noticed is a failure.

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

/// Tries every mutation and prints what noticed it, as test results.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let tree = Tree::copy(project)?;
    let checks = list::checks();
    for check in &checks {
        println!("\n# {check}: without a mutation");
        if let Verdict::Noticed(report) = judge(tree.project(), *check, "")? {
            return Err(format!("{check} fails without a mutation:\n{report}"));
        }
    }
    let count = list::all().count();
    println!("\nrunning {count} tests");
    let mut missed = Vec::new();
    for mutation in list::all() {
        println!("\n# {}: {}", mutation.check, mutation.name);
        let changed = tree.change(mutation)?;
        let verdict = judge(tree.project(), mutation.check, mutation.test())?;
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

/// What a check said of a tree.
enum Verdict {
    /// Nothing is wrong.
    Passed,
    /// Something is, and this is the report.
    Noticed(String),
}

impl Verdict {
    /// What a report says that is empty if nothing is wrong.
    fn of(report: String) -> Self {
        if report.is_empty() { Verdict::Passed } else { Verdict::Noticed(report) }
    }

    /// Whether a mutation was noticed for the reason that it should be.
    fn explain(self, mutation: &Mutation) -> Result<(), String> {
        match self {
            Verdict::Passed => Err("nothing noticed it".to_owned()),
            // To be linked is part of what is checked.
            Verdict::Noticed(report)
                if report.contains("could not compile") && !report.contains("linking with") =>
            {
                Err(format!("it does not compile:\n{report}"))
            }
            Verdict::Noticed(report) if !report.contains(mutation.because) => {
                Err(format!("noticed, but not because of `{}`:\n{report}", mutation.because))
            }
            Verdict::Noticed(_) => Ok(()),
        }
    }
}

/// Of test programs only what has `filter` in its name is run.
fn judge(project: &Project, check: Check, filter: &str) -> Result<Verdict, String> {
    match check {
        Check::Codegen => Ok(Verdict::of(codegen::problems(project, "3")?)),
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
    verdict(run::quiet(&call.words("--test").words(name).words("--").words(filter), root))
}

/// Its failures are none of this run.
fn verdict(output: Output) -> Verdict {
    match output.failure {
        None => Verdict::Passed,
        Some(_) => Verdict::Noticed(output.all),
    }
}
