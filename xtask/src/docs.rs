//! The suite of the documentation: rustdoc, the book, their links, and the listings that a new user
//! follows.

use xtask_process::Call;

use crate::project::Project;
use crate::setup::Need;
use crate::suite::{Expect, Speed, Step, Suite};

/// Checks the links of the Markdown files. A quick suite runs it, because it takes a second.
pub(crate) fn markdown_links() -> Step {
    checks("links")
}

/// Builds rustdoc and the book, then checks the rendered pages and follows the listings.
///
/// Pages of removed items would be checked as well, so rustdoc starts with an empty folder; mdBook
/// empties its folder itself. Rustdoc links to another crate only if that crate's folder exists, so
/// the libraries come first, in the order of their dependencies. Cargo removes the folder of a crate
/// that it documents again, with other features for example, so the last step excludes them.
pub(crate) fn suite(project: &Project) -> Suite {
    let target = &project.target_dir;
    let rustdoc = |packages: &str| {
        let call = Call::new("cargo", &format!("doc {packages} --no-deps --all-features"));
        succeeds(call.variable("RUSTDOCFLAGS", "-Dwarnings"))
    };
    let book = project.root.join(target).join("book");
    let book = Call::new("mdbook", "build docs -d").argument(book.display().to_string());
    Suite {
        name: "doc",
        about: "rustdoc and the book build without a warning; links and listings of the guides work",
        speed: Speed::Deep,
        minutes: 4,
        needs: &[Need::Pinned, Need::MdBook],
        steps: vec![
            succeeds(Call::new("cargo", "clean --doc")),
            rustdoc("-p io-mem"),
            rustdoc("-p io-core"),
            rustdoc("-p io-sim"),
            rustdoc("-p io-qtest"),
            rustdoc(
                "--workspace --exclude io-mem --exclude io-core --exclude io-sim --exclude io-qtest",
            ),
            succeeds(book),
            checks(&format!("links {target}/doc {target}/book")),
            checks("listings"),
        ],
    }
}

/// Returns a command of `io-docs`, which counts its checks as tests.
fn checks(arguments: &str) -> Step {
    let call = Call::new("cargo", "run --quiet -p io-docs --").words(arguments);
    Step { call, expect: Expect::Tests }
}

fn succeeds(call: Call) -> Step {
    Step { call, expect: Expect::Success }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rendered_trees_are_checked_where_they_are_built() {
        let suite = suite(&Project::sample());
        let lines: Vec<String> = suite.steps.iter().map(|step| step.call.to_string()).collect();
        assert_eq!(lines[6], "mdbook build docs -d ./target/book");
        assert!(lines[7].ends_with("links target/doc target/book"), "{}", lines[7]);
        assert!(suite.is_counted());
    }
}
