//! Checks of the documentation: the links of Markdown and HTML pages, and the listings and commands
//! of the pages that a new user follows.

extern crate alloc;

mod files;
mod html;
mod links;
mod listings;
mod markdown;
mod page;
mod report;
mod session;
mod summary;
mod transcript;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use report::Report;
use session::Session;

const USAGE: &str = "\
usage: io-docs links [PATH...]     check the relative links and anchors of these files and folders
                                   (default: all Markdown files of the repository)
       io-docs listings [FILE...]  follow these pages as a new user, in a temporary folder
                                   (default: README.md and docs/src/getting-started.md)
";

/// The pages that a new user follows.
const FOLLOWED: [&str; 2] = ["README.md", "docs/src/getting-started.md"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Executes the command line; returns `false` if a check failed.
fn run(arguments: &[String]) -> Result<bool, String> {
    let (command, paths) = arguments.split_first().ok_or(USAGE)?;
    if let Some(option) = paths.iter().find(|path| path.starts_with('-')) {
        return Err(format!("unknown option `{option}`\n\n{USAGE}"));
    }
    let given: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let root = repository();
    match command.as_str() {
        "links" if given.is_empty() => check_links(&[root]),
        "links" => check_links(&given),
        "listings" if given.is_empty() => follow(&FOLLOWED.map(|page| root.join(page)), &root),
        "listings" => follow(&given, &root),
        other => Err(format!("unknown command `{other}`\n\n{USAGE}")),
    }
}

/// Returns the folder of the repository that this program was built in.
fn repository() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).canonicalize().unwrap_or_default()
}

/// Checks files and folders; each argument counts as one test.
fn check_links(paths: &[PathBuf]) -> Result<bool, String> {
    let results: Vec<_> = paths.iter().map(|path| links::check(path)).collect::<Result<_, _>>()?;
    let mut report = Report::new(paths.len());
    for (path, (pages, problems)) in paths.iter().zip(results) {
        report.add(&format!("links of {} ({pages} pages)", path.display()), &problems);
    }
    Ok(report.finish())
}

/// Follows the pages; each command counts as one test.
fn follow(pages: &[PathBuf], root: &Path) -> Result<bool, String> {
    let mut plans = Vec::new();
    for path in pages {
        let steps = listings::of(&files::read(path)?)
            .map_err(|problem| format!("{}:{problem}", path.display()))?;
        plans.push((path, steps));
    }
    let commands = plans.iter().flat_map(|(_, steps)| steps).filter(|step| session::is_run(step));
    let mut report = Report::new(commands.count());
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let mut session = Session::new(root, &root.join(target))?;
    for (path, steps) in &plans {
        session.follow(path, steps, &mut report)?;
    }
    Ok(report.finish())
}
