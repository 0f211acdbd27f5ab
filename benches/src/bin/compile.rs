//! Measures the compile time of register descriptions, prints the results, and writes the book's
//! figures if requested. Exits with 1 if a bar is missed.
//!
//! Cargo also calls this program in place of rustc: see `io_bench::compile::usage`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use io_bench::{
    compile::{bars, peers, report, rounds, usage},
    machine::Machine,
};

const USAGE: &str = "usage: compile [--quick | --book FOLDER]";

fn main() -> ExitCode {
    if let Some(file) = env::var_os(usage::FILE) {
        return usage::wrap(&file);
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (plan, book) = match words.as_slice() {
        [] => (rounds::FULL, None),
        ["--quick"] => (rounds::QUICK, None),
        ["--book", folder] => (rounds::FULL, Some(Path::new(folder))),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(plan, book) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Returns whether all bars are reached; `true` for the quick plan, whose rounds are too few to
/// judge.
fn run(plan: rounds::Plan, book: Option<&Path>) -> Result<bool, String> {
    // Child processes are bound to the same processor.
    let machine = Machine::pin_and_describe();
    let measured = rounds::Measured::take(&root()?, &peers::ALL, plan)?;
    let figures = |level| report::tables(&measured, &peers::ALL, plan, level);
    let counts: Vec<String> =
        plan.iter().map(|(registers, rounds)| format!("{rounds} of {registers}")).collect();
    let head = format!(
        "{}* peers: {}\n* rounds of registers: {}\n",
        machine.without_copies(),
        report::versions(&peers::ALL),
        counts.join(", ")
    );
    if plan == rounds::QUICK {
        println!("{head}\n{}too few rounds to judge: run without --quick", figures("##"));
        return Ok(true);
    }
    let judged = bars::judge(&measured);
    let list = report::bars(&judged);
    println!("{head}\n{}\n{list}", figures("##"));
    if let Some(folder) = book {
        let text = format!(
            "<!-- Written by `cargo xtask bench compile`. -->\n\n{head}\n### The bars\n\n{list}\n{}",
            figures("###")
        );
        write(folder, text.trim_end())?;
    }
    Ok(judged.iter().all(bars::Bar::holds))
}

/// Returns the folder of the generated crates, which is next to the folder of this program.
fn root() -> Result<PathBuf, String> {
    let program = env::current_exe()
        .map_err(|error| format!("cannot find the path of this program: {error}"))?;
    let target = program.ancestors().nth(2).ok_or("this program is not in a target folder")?;
    let root = target.join("compile-bench");
    fs::create_dir_all(&root)
        .map_err(|error| format!("cannot create {}: {error}", root.display()))?;
    Ok(root)
}

fn write(folder: &Path, text: &str) -> Result<(), String> {
    let path = folder.join("table.md");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}
