//! The project's commands: `cargo xtask help` lists them.
//!
//! `setup` prepares a machine for `test`; `test` runs every check that the project requires of a
//! commit; `bench` measures, and is started by hand. The continuous integration calls only these
//! commands and contains no shell scripts.

extern crate alloc;

mod bench;
mod codegen;
mod counts;
mod docs;
mod fetched;
mod fuzz;
mod guests;
mod judge;
mod kernel;
mod layers;
mod matrix;
mod miri;
mod mutants;
mod packages;
mod paths;
mod picture;
mod project;
mod prose;
mod report;
mod sections;
mod setup;
mod suite;
mod suites;
mod summary;
mod tree;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::process::ExitCode;

use judge::Show;
use project::Project;
use setup::Need;
use suite::{Speed, Suite};
use summary::Row;

/// The parsed command line.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    /// Print the usage.
    Help,
    /// Install what the suites need.
    Setup,
    /// Check the generated code of the probes at the named levels, or at all levels without a name.
    Codegen(Vec<String>),
    /// Save normalised listings of the probes, or compare with saved ones.
    Listings(codegen::Plan),
    /// Check that the named checks, or all, detect mutations.
    Mutants(Vec<String>),
    /// Build and run a program that faults in the named forms, or in all forms without a name.
    Matrix(Vec<String>),
    /// Run the kernel of `guest/`.
    Guest,
    /// Check that each public item has one path.
    Paths,
    /// Check that modules import only lower modules.
    Layers,
    /// Draw the picture of the README, or compare it.
    Picture(picture::Action),
    /// Check the writing style.
    Prose(prose::Plan),
    /// Fuzz the macros.
    Fuzz(fuzz::Plan),
    /// Print the suites and their commands.
    List,
    /// Run the named suites, or all suites of one speed.
    Test(Selection),
    /// Run a benchmark, and report whether its bars are reached.
    Bench(bench::Subject, bench::Scope),
}

/// The suites to run.
#[derive(Debug, PartialEq, Eq)]
enum Selection {
    /// All suites of a speed.
    All(Speed),
    /// Suites of either speed, selected by name.
    Named(Vec<String>),
}

const USAGE: &str = "\
cargo xtask setup                  install the tools that the tests need, if they are missing
cargo xtask test                   setup, then the quick suites and a table of results (12 minutes)
cargo xtask test --deep            setup, then all other suites (45 minutes)
cargo xtask test SUITE...          setup, then the named suites, quick or deep
cargo xtask test --list            list the suites of both speeds and their commands
cargo xtask codegen [LEVEL...]     compile the probes for every target and level, check instructions
cargo xtask codegen --save FOLDER  write normalised listings of the probes
cargo xtask codegen --compare FOLDER [--levels A,B]
                                   compare the current code with saved listings
cargo xtask mutants [CHECK...]     check that each known mutation of the libraries is detected
cargo xtask matrix [FORM...]       check that a program of every build form recovers from faults
cargo xtask guest                  check that copies recover from page faults in a kernel in QEMU
cargo xtask paths                  check that each public item of the libraries has one path, and
                                   that its documentation lists the errors
cargo xtask layers                 check the imports of modules and the length of files
cargo xtask picture                draw the README's picture: the trace of `cargo run --bin edu`
cargo xtask picture --check        check that the committed picture is this trace
cargo xtask prose                  check the writing style; `--list` prints each hit
cargo xtask prose --sample COUNT --seed NUMBER
                                   print comments drawn at random
cargo xtask fuzz [SECONDS]         fuzz the macros (default: 600 seconds), check each expansion
cargo xtask fuzz --same            use the same inputs in each run, as `cargo xtask test` does
cargo xtask fuzz --keep            keep inputs that reach new code in the repository
cargo xtask bench copy             measure copies, rewrite the figures of the book (1 minute)
cargo xtask bench copy --quick     run a few rounds, rewrite nothing
cargo xtask bench fallible         measure fallible copies, rewrite the figures (1 minute)
cargo xtask bench fallible --quick run a few rounds, rewrite nothing
cargo xtask bench compile          measure compile times, compared with peers (25 minutes)
cargo xtask bench compile --quick  run one round of the smallest crates, rewrite nothing
cargo xtask help                   print this text
";

/// The options of `codegen` that select saved listings.
const SAVED: [&str; 3] = ["--save", "--compare", "--levels"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match request(&arguments).and_then(answer) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Parses the command line.
fn request(arguments: &[String]) -> Result<Request, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => Ok(Request::Help),
        ["setup"] => Ok(Request::Setup),
        ["codegen", words @ ..] if words.iter().any(|word| SAVED.contains(word)) => {
            let plan = codegen::Plan::of(words);
            Ok(Request::Listings(plan.map_err(|problem| format!("{problem}\n\n{USAGE}"))?))
        }
        ["codegen", levels @ ..] => Ok(Request::Codegen(named("codegen", levels)?)),
        ["mutants", checks @ ..] => Ok(Request::Mutants(named("mutants", checks)?)),
        ["matrix", names @ ..] => Ok(Request::Matrix(named("matrix", names)?)),
        ["guest"] => Ok(Request::Guest),
        ["paths"] => Ok(Request::Paths),
        ["layers"] => Ok(Request::Layers),
        ["picture"] => Ok(Request::Picture(picture::Action::Write)),
        ["picture", "--check"] => Ok(Request::Picture(picture::Action::Check)),
        ["prose", words @ ..] => Ok(Request::Prose(prose::Plan::of(words)?)),
        ["fuzz", words @ ..] => match fuzz::Plan::of(words) {
            Ok(plan) => Ok(Request::Fuzz(plan)),
            Err(problem) => Err(format!("{problem}\n\n{USAGE}")),
        },
        ["--list"] | ["test", "--list"] => Ok(Request::List),
        ["test"] => Ok(Request::Test(Selection::All(Speed::Quick))),
        ["test", "--deep"] => Ok(Request::Test(Selection::All(Speed::Deep))),
        ["test", names @ ..] => Ok(Request::Test(Selection::Named(named("test", names)?))),
        ["bench", subject, scope @ ..] => bench_of(subject, scope),
        ["bench"] => Err(format!("`bench` requires `copy`, `fallible` or `compile`\n\n{USAGE}")),
        [other, ..] => Err(format!("unknown command `{other}`\n\n{USAGE}")),
    }
}

/// Returns the names after a command that has no options.
fn named(command: &str, names: &[&str]) -> Result<Vec<String>, String> {
    match names.iter().find(|name| name.starts_with('-')) {
        Some(flag) => Err(format!("`{command}` does not accept the option `{flag}`\n\n{USAGE}")),
        None => Ok(names.iter().map(ToString::to_string).collect()),
    }
}

/// Parses the words after `bench`.
fn bench_of(subject: &str, scope: &[&str]) -> Result<Request, String> {
    let subject = match subject {
        "copy" => bench::Subject::Copies,
        "fallible" => bench::Subject::Fallible,
        "compile" => bench::Subject::Compile,
        other => return Err(format!("unknown benchmark `{other}`\n\n{USAGE}")),
    };
    match scope {
        [] => Ok(Request::Bench(subject, bench::Scope::Full)),
        ["--quick"] => Ok(Request::Bench(subject, bench::Scope::Quick)),
        [other, ..] => Err(format!("`bench` does not accept the option `{other}`\n\n{USAGE}")),
    }
}

/// Executes the request; returns `false` when something failed.
fn answer(request: Request) -> Result<bool, String> {
    match request {
        Request::Help => {
            print!("{USAGE}");
            Ok(true)
        }
        Request::Setup => {
            let row = set_up(&Project::read()?, &Need::ALL);
            summary::print_problems(core::slice::from_ref(&row));
            Ok(row.passes())
        }
        Request::Codegen(levels) => codegen::run(&Project::read()?, &levels),
        Request::Listings(plan) => codegen::listings(&Project::read()?, &plan),
        Request::Mutants(checks) => mutants::run(&Project::read()?, &checks),
        Request::Matrix(names) => matrix::run(&Project::read()?, &names),
        Request::Guest => kernel::run(&Project::read()?),
        Request::Paths => paths::run(&Project::read()?),
        Request::Layers => layers::run(&Project::read()?),
        Request::Picture(action) => picture::run(&Project::read()?, action),
        Request::Prose(plan) => prose::run(&Project::read()?, &plan),
        Request::Fuzz(plan) => fuzz::run(&Project::read()?, plan),
        Request::List => {
            for suite in suites::all(&Project::read()?) {
                println!("{} ({}): {}", suite.name, suite.speed, suite.about);
                for step in &suite.steps {
                    println!("    {}", step.call);
                }
            }
            Ok(true)
        }
        Request::Test(selection) => {
            let project = Project::read()?;
            let chosen = choose(suites::all(&project), &selection)?;
            Ok(test(&project, &chosen))
        }
        Request::Bench(subject, scope) => bench::run(&Project::read()?, subject, scope),
    }
}

/// Returns the selected suites, in the order of the list.
fn choose(all: Vec<Suite>, selection: &Selection) -> Result<Vec<Suite>, String> {
    if let Selection::Named(names) = selection
        && let Some(unknown) =
            names.iter().find(|name| all.iter().all(|suite| suite.name != **name))
    {
        let known: Vec<&str> = all.iter().map(|suite| suite.name).collect();
        return Err(format!("unknown suite `{unknown}`; the suites are: {}", known.join(", ")));
    }
    let is_chosen = |suite: &Suite| match selection {
        Selection::All(speed) => suite.speed == *speed,
        Selection::Named(names) => names.iter().any(|name| name == suite.name),
    };
    Ok(all.into_iter().filter(is_chosen).collect())
}

/// Runs setup for the needs of the suites, then every suite, and prints the results.
fn test(project: &Project, suites: &[Suite]) -> bool {
    let needs = Need::ALL
        .into_iter()
        .filter(|need| suites.iter().any(|suite| suite.needs.contains(need)))
        .collect::<Vec<_>>();
    let mut rows = vec![set_up(project, &needs)];
    rows.extend(rows_of(project, suites));
    summary::print_problems(&rows);
    summary::print_table(&rows);
    rows.iter().all(Row::passes)
}

/// The number of suites that run at a time. Most suites keep one processor busy most of the time.
const LANES: usize = 2;

/// Runs the suites in lanes, each of which takes the next suite that has not been started. Returns
/// a row for each suite, in the order of the list.
///
/// The output of the first lane is shown as it arrives, that of the others after each suite.
fn rows_of(project: &Project, suites: &[Suite]) -> Vec<Row> {
    let mut order: Vec<usize> = (0..suites.len()).collect();
    // The longest suites start first, so that the lanes end at about the same time.
    order.sort_by_key(|i| core::cmp::Reverse(suites[*i].minutes));
    let next = AtomicUsize::new(0);
    let lane = |show: Show| -> Vec<(usize, Row)> {
        core::iter::from_fn(|| order.get(next.fetch_add(1, Ordering::Relaxed)))
            .map(|i| (*i, judge::run_suite(&suites[*i], &project.root, show)))
            .collect()
    };
    let mut rows = std::thread::scope(|scope| {
        let beside: Vec<_> =
            (1..LANES.min(suites.len())).map(|_| scope.spawn(|| lane(Show::Afterwards))).collect();
        let mut rows = lane(Show::Live);
        for thread in beside {
            // A panic of that thread is a bug in this program.
            rows.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        rows
    });
    rows.sort_by_key(|(i, _)| *i);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Runs setup as a suite of one check.
fn set_up(project: &Project, needs: &[Need]) -> Row {
    let start = std::time::Instant::now();
    let problems = setup::meet_all(needs, project);
    Row::check("setup", problems, start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(line: &str) -> Result<Request, String> {
        request(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_command_is_parsed() {
        assert_eq!(ask(""), Ok(Request::Help));
        assert_eq!(ask("help"), Ok(Request::Help));
        assert_eq!(ask("setup"), Ok(Request::Setup));
        assert_eq!(ask("codegen"), Ok(Request::Codegen(vec![])));
        assert_eq!(ask("codegen 0 s"), Ok(Request::Codegen(vec!["0".into(), "s".into()])));
        assert!(matches!(ask("codegen --save f"), Ok(Request::Listings(_))));
        assert!(matches!(ask("codegen --compare f --levels 0,s"), Ok(Request::Listings(_))));
        assert_eq!(ask("mutants"), Ok(Request::Mutants(vec![])));
        assert_eq!(ask("mutants vm"), Ok(Request::Mutants(vec!["vm".into()])));
        assert_eq!(ask("matrix"), Ok(Request::Matrix(vec![])));
        assert_eq!(ask("matrix a b"), Ok(Request::Matrix(vec!["a".into(), "b".into()])));
        assert_eq!(ask("guest"), Ok(Request::Guest));
        assert_eq!(ask("paths"), Ok(Request::Paths));
        assert_eq!(ask("layers"), Ok(Request::Layers));
        assert_eq!(ask("picture"), Ok(Request::Picture(picture::Action::Write)));
        assert_eq!(ask("picture --check"), Ok(Request::Picture(picture::Action::Check)));
        assert_eq!(ask("prose --list"), Ok(Request::Prose(prose::Plan::List)));
        assert_eq!(ask("fuzz"), Ok(Request::Fuzz(fuzz::Plan::USUAL)));
        let plan = fuzz::Plan { seconds: 30, keep: true, same: false };
        assert_eq!(ask("fuzz 30 --keep"), Ok(Request::Fuzz(plan)));
        assert_eq!(ask("--list"), Ok(Request::List));
        assert_eq!(ask("test --list"), Ok(Request::List));
        assert_eq!(ask("test"), Ok(Request::Test(Selection::All(Speed::Quick))));
        assert_eq!(ask("test --deep"), Ok(Request::Test(Selection::All(Speed::Deep))));
        for (word, subject) in [
            ("copy", bench::Subject::Copies),
            ("fallible", bench::Subject::Fallible),
            ("compile", bench::Subject::Compile),
        ] {
            let line = format!("bench {word}");
            assert_eq!(ask(&line), Ok(Request::Bench(subject, bench::Scope::Full)));
            let quick = Ok(Request::Bench(subject, bench::Scope::Quick));
            assert_eq!(ask(&format!("{line} --quick")), quick);
        }
        let named = Selection::Named(vec!["a".into(), "b".into()]);
        assert_eq!(ask("test a b"), Ok(Request::Test(named)));
    }

    #[test]
    fn unknown_commands_are_rejected() {
        for line in [
            "tset",
            "setup now",
            "codegen --fast",
            "codegen --save",
            "codegen --levels 0",
            "matrix --fast",
            "fuzz soon",
            "guest now",
            "picture --fast",
            "test --fast",
            "test fmt --fast",
            "test --deep fmt",
            "--lst",
            "bench",
            "bench copy --fast",
            "bench compile --fast",
            "bench compile --quick copy",
            "bench speed",
        ] {
            assert!(ask(line).is_err(), "{line}");
        }
    }

    #[test]
    fn suites_run_in_the_order_of_the_list() {
        let names = |selection: &Selection| {
            choose(suites::all(&Project::sample()), selection)
                .map(|suites| suites.iter().map(|suite| suite.name).collect::<Vec<_>>())
        };
        let named = |wanted: &[&str]| {
            names(&Selection::Named(wanted.iter().map(ToString::to_string).collect()))
        };
        assert_eq!(named(&["miri", "fmt", "miri"]), Ok(vec!["fmt", "miri"]));
        assert!(named(&["fmt", "nothing"]).is_err_and(|text| text.contains("`nothing`")));
        let [quick, deep] =
            [Speed::Quick, Speed::Deep].map(|speed| names(&Selection::All(speed)).unwrap());
        assert!(quick.iter().all(|name| !deep.contains(name)));
        assert_eq!(quick.len() + deep.len(), suites::all(&Project::sample()).len());
    }
}
