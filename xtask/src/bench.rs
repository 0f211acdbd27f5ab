//! Benchmarks: builds a program of the package `io-bench` as users build theirs, and runs it.

use xtask_process::{Call, run};

use crate::project::Project;

/// The extent of a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All rounds; the figures in the book are rewritten.
    Full,
    /// A few rounds, to check that the benchmark runs; no file is written.
    Quick,
}

/// The subject of a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The speed of copies.
    Copies,
    /// The speed of copies that recover from faults.
    Fallible,
    /// The compile time of register descriptions.
    Compile,
}

impl Subject {
    /// Returns the name of the program that measures it.
    const fn program(self) -> &'static str {
        match self {
            Self::Copies => "copy",
            Self::Fallible => "fallible",
            Self::Compile => "compile",
        }
    }

    /// Returns the folder of its figures in the book.
    const fn figures(self) -> &'static str {
        match self {
            Self::Copies => "docs/src/copies",
            Self::Fallible => "docs/src/faults",
            Self::Compile => "docs/src/compile",
        }
    }

    /// Returns the feature flags of each build that is measured.
    const fn forms(self) -> &'static [&'static str] {
        match self {
            Self::Copies => &FORMS,
            Self::Fallible | Self::Compile => &[""],
        }
    }
}

/// The features of programs of an operating system, and of kernels.
const FORMS: [&str; 2] = ["", "--no-default-features"];

/// Runs a benchmark; returns `false` when a required bar is missed.
pub(crate) fn run(project: &Project, subject: Subject, scope: Scope) -> Result<bool, String> {
    let mut reached = true;
    for form in subject.forms() {
        let build = build(subject, form);
        let built = run::streamed(&build, &project.root);
        if let Some(failure) = built.failure {
            return Err(format!("`{build}` {failure}"));
        }
        let measure = measure(subject, form, scope);
        let measured = run::streamed(&measure, &project.root);
        if let Some(failure) = measured.failure {
            eprintln!("`{measure}` {failure}");
            reached = false;
        }
    }
    Ok(reached)
}

fn build(subject: Subject, form: &str) -> Call {
    Call::new("cargo", "build --release -p io-bench --bin").words(subject.program()).words(form)
}

fn measure(subject: Subject, form: &str, scope: Scope) -> Call {
    let call = Call::new("cargo", "run --quiet --release -p io-bench --bin");
    let call = call.words(subject.program()).words(form);
    match scope {
        Scope::Full => call.words("-- --book").words(subject.figures()),
        Scope::Quick => call.words("-- --quick"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_full_run_writes_to_the_book() {
        for subject in [Subject::Copies, Subject::Fallible, Subject::Compile] {
            for form in subject.forms() {
                let line = |scope| measure(subject, form, scope).to_string();
                let book = format!("-- --book {}", subject.figures());
                assert!(line(Scope::Full).ends_with(&book), "{subject:?} {form}");
                assert!(line(Scope::Quick).ends_with("-- --quick"), "{subject:?} {form}");
            }
        }
        assert!(Project::read().is_ok_and(|project| project.root.join("docs/src").is_dir()));
    }
}
