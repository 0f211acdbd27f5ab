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

/// Measures the copies; `false` when a bar is missed that must be reached.
pub(crate) fn copy(project: &Project, scope: Scope) -> Result<bool, String> {
    let built = run::streamed(&build(), &project.root);
    if let Some(failure) = built.failure {
        return Err(format!("`{}` {failure}", build()));
    }
    let measured = run::streamed(&measure(scope), &project.root);
    if let Some(failure) = &measured.failure {
        eprintln!("`{}` {failure}", measure(scope));
    }
    Ok(measured.failure.is_none())
}

fn build() -> Call {
    Call::new("cargo", "build --release -p io-bench --bin copy")
}

fn measure(scope: Scope) -> Call {
    let call = Call::new("cargo", "run --quiet --release -p io-bench --bin copy --");
    match scope {
        Scope::Full => call.words("--book").words(COPIES),
        Scope::Quick => call.words("--quick"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_full_run_writes_to_the_book() {
        assert!(measure(Scope::Full).to_string().ends_with("-- --book docs/src/copies"));
        assert!(measure(Scope::Quick).to_string().ends_with("-- --quick"));
        assert!(Project::read().is_ok_and(|project| project.root.join("docs/src").is_dir()));
    }
}
