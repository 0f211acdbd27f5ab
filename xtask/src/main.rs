//! The project's own commands: `cargo xtask help` lists them.
//!
//! `setup` makes a machine ready for `test`; `test` runs every check that the project asks of a
//! commit; `bench` measures, and is run by people. Nothing is hidden in shell: the continuous integration calls these and nothing else.

extern crate alloc;

mod bench;
mod call;
mod codegen;
mod counts;
mod fetched;
mod fuzz;
mod guests;
mod judge;
mod kernel;
mod matrix;
mod mutants;
mod packages;
mod project;
mod report;
mod run;
mod setup;
mod suites;
mod summary;
mod tree;

use std::process::ExitCode;

use judge::Show;
use project::Project;
use setup::Need;
use suites::Suite;
use summary::Row;

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    /// Print the usage.
    Help,
    /// Make the machine ready for every suite.
    Setup,
    /// Check the generated code of the probes.
    Codegen,
    /// Check that the checks notice what is wrong.
    Mutants,
    /// Build and run a program that faults in the named forms; in all when there is no name.
    Matrix(Vec<String>),
    /// Run the kernel of `guest/`.
    Guest,
    /// Fuzz the macros.
    Fuzz(fuzz::Plan),
    /// Print the suites and their commands.
    List,
    /// Run the named suites; all of them when there is no name.
    Test(Vec<String>),
    /// Measure, and say whether the bars are reached.
    Bench(bench::Subject, bench::Scope),
}

const USAGE: &str = "\
cargo xtask setup                  get everything the tests need (quick when nothing is missing)
cargo xtask test                   setup, then every suite, then a table of results
cargo xtask test SUITE...          the same for these suites alone
cargo xtask test --list            the suites and their commands
cargo xtask codegen                compile the probes for every target and level, check the instructions
cargo xtask mutants                break io-core in many ways, and see that a check notices each
cargo xtask matrix [FORM...]       build a program that faults in every form, see that it survives
cargo xtask guest                  run a kernel in QEMU whose page faults io-core's copies survive
cargo xtask fuzz [SECONDS]         fuzz the macros (10 minutes if not said), judge each expansion
cargo xtask fuzz --same            with the inputs of every such run, as `cargo xtask test` does
cargo xtask fuzz --keep            and keep in the repository what reaches new code
cargo xtask bench copy             measures the copies and rewrites their chapter's figures (1 minute)
cargo xtask bench copy --quick     a few rounds, to see that it runs; rewrites nothing
cargo xtask bench fallible         measures the copies that survive faults, as above (1 minute)
cargo xtask bench fallible --quick a few rounds, to see that it runs; rewrites nothing
cargo xtask bench compile          measures what registers cost at compile time, against peers (25 minutes)
cargo xtask bench compile --quick  one round of the smallest crates; rewrites nothing
cargo xtask help                   this text
";

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

/// Understands the command line.
fn request(arguments: &[String]) -> Result<Request, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => Ok(Request::Help),
        ["setup"] => Ok(Request::Setup),
        ["codegen"] => Ok(Request::Codegen),
        ["mutants"] => Ok(Request::Mutants),
        ["matrix", names @ ..] => Ok(Request::Matrix(named("matrix", names)?)),
        ["guest"] => Ok(Request::Guest),
        ["fuzz", words @ ..] => match fuzz::Plan::of(words) {
            Ok(plan) => Ok(Request::Fuzz(plan)),
            Err(problem) => Err(format!("{problem}\n\n{USAGE}")),
        },
        ["--list"] | ["test", "--list"] => Ok(Request::List),
        ["test", names @ ..] => Ok(Request::Test(named("test", names)?)),
        ["bench", subject, scope @ ..] => bench_of(subject, scope),
        ["bench"] => Err(format!("`bench` needs `copy` or `compile`\n\n{USAGE}")),
        [other, ..] => Err(format!("cannot understand `{other}`\n\n{USAGE}")),
    }
}

/// Names behind a command, which has no options.
fn named(command: &str, names: &[&str]) -> Result<Vec<String>, String> {
    match names.iter().find(|name| name.starts_with('-')) {
        Some(flag) => Err(format!("`{command}` has no option `{flag}`\n\n{USAGE}")),
        None => Ok(names.iter().map(ToString::to_string).collect()),
    }
}

/// Understands what stands behind `bench`.
fn bench_of(subject: &str, scope: &[&str]) -> Result<Request, String> {
    let subject = match subject {
        "copy" => bench::Subject::Copies,
        "fallible" => bench::Subject::Fallible,
        "compile" => bench::Subject::Compile,
        other => return Err(format!("`bench` cannot measure `{other}`\n\n{USAGE}")),
    };
    match scope {
        [] => Ok(Request::Bench(subject, bench::Scope::Full)),
        ["--quick"] => Ok(Request::Bench(subject, bench::Scope::Quick)),
        [other, ..] => Err(format!("`bench` has no option `{other}`\n\n{USAGE}")),
    }
}

/// Does what was asked; `false` when something failed.
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
        Request::Codegen => codegen::run(&Project::read()?),
        Request::Mutants => mutants::run(&Project::read()?),
        Request::Matrix(names) => matrix::run(&Project::read()?, &names),
        Request::Guest => kernel::run(&Project::read()?),
        Request::Fuzz(plan) => fuzz::run(&Project::read()?, plan),
        Request::List => {
            for suite in suites::all(&Project::read()?) {
                println!("{}: {}", suite.name, suite.about);
                for step in &suite.steps {
                    println!("    {}", step.call);
                }
            }
            Ok(true)
        }
        Request::Test(names) => {
            let project = Project::read()?;
            let chosen = choose(suites::all(&project), &names)?;
            Ok(test(&project, &chosen))
        }
        Request::Bench(subject, scope) => bench::run(&Project::read()?, subject, scope),
    }
}

/// The suites with these names, in the order of the list; all when there is no name.
fn choose(all: Vec<Suite>, names: &[String]) -> Result<Vec<Suite>, String> {
    if let Some(unknown) = names.iter().find(|name| all.iter().all(|suite| suite.name != **name)) {
        let known: Vec<&str> = all.iter().map(|suite| suite.name).collect();
        return Err(format!("no suite is called `{unknown}`; there are: {}", known.join(", ")));
    }
    Ok(all
        .into_iter()
        .filter(|suite| names.is_empty() || names.iter().any(|name| name == suite.name))
        .collect())
}

/// Runs setup for what the suites need, then every suite, and prints the results.
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

/// Runs the suites, those under Miri beside the others: a row each, in their order.
fn rows_of(project: &Project, suites: &[Suite]) -> Vec<Row> {
    let lane = |interpreted: bool, show: Show| -> Vec<(usize, Row)> {
        let suites = suites.iter().enumerate();
        let suites = suites.filter(|(_, suite)| suite.is_interpreted() == interpreted);
        suites.map(|(i, suite)| (i, judge::run_suite(suite, &project.root, show))).collect()
    };
    let are_both = suites.iter().any(|suite| suite.is_interpreted() != suites[0].is_interpreted());
    let show = if are_both { Show::Afterwards } else { Show::Live };
    let mut rows = std::thread::scope(|scope| {
        let beside = scope.spawn(|| lane(true, show));
        let mut rows = lane(false, Show::Live);
        // A panic of that thread is this program's own.
        rows.extend(beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        rows
    });
    rows.sort_by_key(|(i, _)| *i);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Runs setup as if it were a suite of one check.
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
    fn every_command_is_understood() {
        assert_eq!(ask(""), Ok(Request::Help));
        assert_eq!(ask("help"), Ok(Request::Help));
        assert_eq!(ask("setup"), Ok(Request::Setup));
        assert_eq!(ask("codegen"), Ok(Request::Codegen));
        assert_eq!(ask("mutants"), Ok(Request::Mutants));
        assert_eq!(ask("matrix"), Ok(Request::Matrix(vec![])));
        assert_eq!(ask("matrix a b"), Ok(Request::Matrix(vec!["a".into(), "b".into()])));
        assert_eq!(ask("guest"), Ok(Request::Guest));
        assert_eq!(ask("fuzz"), Ok(Request::Fuzz(fuzz::Plan::USUAL)));
        let plan = fuzz::Plan { seconds: 30, keep: true, same: false };
        assert_eq!(ask("fuzz 30 --keep"), Ok(Request::Fuzz(plan)));
        assert_eq!(ask("--list"), Ok(Request::List));
        assert_eq!(ask("test --list"), Ok(Request::List));
        assert_eq!(ask("test"), Ok(Request::Test(vec![])));
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
        assert_eq!(ask("test a b"), Ok(Request::Test(vec!["a".into(), "b".into()])));
    }

    #[test]
    fn what_is_not_a_command_is_refused() {
        for line in [
            "tset",
            "setup now",
            "codegen fast",
            "matrix --fast",
            "fuzz soon",
            "guest now",
            "test --fast",
            "test fmt --fast",
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
    fn suites_are_chosen_by_name_in_the_order_of_the_list() {
        let names = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            choose(suites::all(&Project::sample()), &wanted)
                .map(|suites| suites.iter().map(|suite| suite.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["miri", "fmt", "miri"]), Ok(vec!["fmt", "miri"]));
        assert_eq!(names(&[]).map(|all| all.len()), Ok(suites::all(&Project::sample()).len()));
        assert!(names(&["fmt", "nothing"]).is_err_and(|text| text.contains("`nothing`")));
    }
}
