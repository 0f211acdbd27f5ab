//! The writing style: `cargo xtask prose` counts constructions that the style excludes.
//!
//! It reads comments, documentation, Markdown, string literals, compile-fail messages and the names
//! of tests. A hit is a place to look at; the check fails if a folder has more than the limit.

mod rules;
mod sample;
mod texts;

use alloc::collections::BTreeMap;

use texts::{Kind, Text};

use crate::counts::Checks;
use crate::project::Project;

/// The allowed number of hits for each 1,000 lines of text.
const LIMIT: usize = 10;

/// Folders with fewer lines of text are not judged alone.
const LINES: usize = 20;

/// The command's options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Count the hits of each folder, and compare them with the limit.
    Check,
    /// Print each hit.
    List,
    /// Print comments drawn at random.
    Sample { count: usize, seed: u64 },
}

impl Plan {
    /// Parses the words after `prose`.
    pub(crate) fn of(words: &[&str]) -> Result<Self, String> {
        let number =
            |word: &str| word.parse::<u64>().map_err(|_| format!("`{word}` is not a number"));
        match words {
            [] => Ok(Self::Check),
            ["--list"] => Ok(Self::List),
            ["--sample", count, "--seed", seed] => {
                let count = usize::try_from(number(count)?).map_err(|error| error.to_string())?;
                Ok(Self::Sample { count, seed: number(seed)? })
            }
            _ => Err("usage: prose [--list | --sample COUNT --seed NUMBER]".to_owned()),
        }
    }
}

/// The counts of one folder.
#[derive(Debug, Default, PartialEq, Eq)]
struct Folder {
    lines: usize,
    hits: usize,
}

/// Runs the command; returns whether every folder is within the limit.
pub(crate) fn run(project: &Project, plan: &Plan) -> Result<bool, String> {
    let texts = texts::all(&project.root)?;
    match *plan {
        Plan::Sample { count, seed } => {
            sample::print(&texts, count, seed);
            Ok(true)
        }
        Plan::List => {
            for text in &texts {
                for hit in hits(text) {
                    println!("{}:{}: {hit}: {}", text.path, text.line, text.text);
                }
            }
            Ok(true)
        }
        Plan::Check => Ok(check(&texts)),
    }
}

/// Prints the counts of each folder, and a result for each.
fn check(texts: &[Text]) -> bool {
    let folders = folders(texts);
    let mut checks = Checks::new(folders.len());
    for (name, folder) in &folders {
        let Folder { lines, hits } = folder;
        let problem = format!("{hits} hits in {lines} lines: more than {LIMIT} per 1,000");
        let problems = if folder.exceeds() { vec![problem] } else { Vec::new() };
        checks.add(&format!("{name} ({hits} hits in {lines} lines)"), &problems);
    }
    checks.finish()
}

/// Returns the counts by top-level folder.
fn folders(texts: &[Text]) -> BTreeMap<&str, Folder> {
    let mut folders = BTreeMap::<&str, Folder>::new();
    for text in texts {
        let name = text.path.split_once('/').map_or("(root)", |(folder, _)| folder);
        let folder = folders.entry(name).or_default();
        folder.lines += 1;
        folder.hits += hits(text).len();
    }
    folders
}

impl Folder {
    fn exceeds(&self) -> bool {
        self.lines >= LINES && self.hits * 1000 > self.lines * LIMIT
    }
}

/// Returns the constructions in a text.
fn hits(text: &Text) -> Vec<rules::Marker> {
    let mut hits = match text.kind {
        Kind::TestName => rules::markers(&text.text.replace('_', " ")),
        _ => rules::markers(&text.text),
    };
    let is_bare = match text.kind {
        Kind::Documentation => rules::is_bare_clause(&text.text),
        Kind::TestName => rules::is_bare_name(&text.text),
        _ => false,
    };
    if is_bare {
        hits.push("bare clause");
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parsed() {
        assert_eq!(Plan::of(&[]), Ok(Plan::Check));
        assert_eq!(Plan::of(&["--list"]), Ok(Plan::List));
        let sample = Plan::Sample { count: 50, seed: 7 };
        assert_eq!(Plan::of(&["--sample", "50", "--seed", "7"]), Ok(sample));
        assert!(Plan::of(&["--sample", "x", "--seed", "7"]).is_err());
        assert!(Plan::of(&["--sample", "5"]).is_err());
    }

    #[test]
    fn a_folder_above_the_limit_fails() {
        assert!(!Folder { lines: 100, hits: 1 }.exceeds());
        assert!(Folder { lines: 100, hits: 2 }.exceeds());
        assert!(!Folder { lines: 10, hits: 5 }.exceeds());
    }

    #[test]
    fn hits_are_counted_by_folder_and_kind() {
        let text = |path: &str, kind, text: &str| Text {
            path: path.to_owned(),
            line: 1,
            kind,
            text: text.to_owned(),
        };
        let texts = [
            text("a/b.rs", Kind::Documentation, "Whether it fits"),
            text("a/b.rs", Kind::Comment, "Whether it fits"),
            text("a/b.rs", Kind::TestName, "nobody_reads"),
            text("README.md", Kind::Markdown, "plain"),
        ];
        let folders = folders(&texts);
        assert_eq!(folders["a"], Folder { lines: 3, hits: 2 });
        assert_eq!(folders["(root)"], Folder { lines: 1, hits: 0 });
    }
}
