//! Measuring: builds a program of the package `io-bench` as users build theirs, and runs it.

use xtask_process::{Call, run};

use crate::project::Project;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All rounds; the book is rewritten.
    Full,
    /// A few rounds, to see that it runs; nothing is written.
    Quick,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// How fast the copies are.
    Copies,
    /// How fast the copies are that survive faults.
    Fallible,
    /// What descriptions of registers cost at compile time.
    Compile,
}

impl Subject {
    /// The program that measures it.
    const fn program(self) -> &'static str {
        match self {
            Self::Copies => "copy",
            Self::Fallible => "fallible",
            Self::Compile => "compile",
        }
    }

    /// Where the book has its figures.
    const fn figures(self) -> &'static str {
        match self {
            Self::Copies => "docs/src/copies",
            Self::Fallible => "docs/src/faults",
            Self::Compile => "docs/src/compile",
        }
    }

    /// The features of each build that is measured.
    const fn forms(self) -> &'static [&'static str] {
        match self {
            Self::Copies => &FORMS,
            Self::Fallible | Self::Compile => &[""],
        }
    }
}

/// The copies as programs of an operating system have them, and as kernels do.
const FORMS: [&str; 2] = ["", "--no-default-features"];

/// Measures; `false` when a bar is missed that must be reached.
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
