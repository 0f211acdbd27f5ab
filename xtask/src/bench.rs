//! Measuring: builds a program of the package `io-bench` as users build theirs, and runs it.

use crate::call::Call;
use crate::project::Project;
use crate::run;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All rounds; the book is rewritten.
    Full,
    /// A few rounds, to see that it runs; nothing is written.
    Quick,
}

/// Where the book has the figures of the copies.
const COPIES: &str = "docs/src/copies";

/// The copies as programs of an operating system have them, and as kernels do.
const FORMS: [&str; 2] = ["", "--no-default-features"];

/// Measures the copies; `false` when a bar is missed that must be reached.
pub(crate) fn copy(project: &Project, scope: Scope) -> Result<bool, String> {
    let mut reached = true;
    for form in FORMS {
        let built = run::streamed(&build(form), &project.root);
        if let Some(failure) = built.failure {
            return Err(format!("`{}` {failure}", build(form)));
        }
        let measured = run::streamed(&measure(form, scope), &project.root);
        if let Some(failure) = measured.failure {
            eprintln!("`{}` {failure}", measure(form, scope));
            reached = false;
        }
    }
    Ok(reached)
}

fn build(form: &str) -> Call {
    Call::new("cargo", "build --release -p io-bench --bin copy").words(form)
}

fn measure(form: &str, scope: Scope) -> Call {
    let call = Call::new("cargo", "run --quiet --release -p io-bench --bin copy").words(form);
    match scope {
        Scope::Full => call.words("-- --book").words(COPIES),
        Scope::Quick => call.words("-- --quick"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_full_run_writes_to_the_book() {
        for form in FORMS {
            let line = |scope| measure(form, scope).to_string();
            assert!(line(Scope::Full).ends_with("-- --book docs/src/copies"), "{form}");
            assert!(line(Scope::Quick).ends_with("-- --quick"), "{form}");
        }
        assert!(Project::read().is_ok_and(|project| project.root.join("docs/src").is_dir()));
    }
}
