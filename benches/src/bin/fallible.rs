//! Measures fallible copies, prints the results, and writes the book's tables if requested.
//!
//! Exits with 1 if a required bar is missed.

use std::{fs, process::ExitCode};

use io_bench::{
    arguments::Arguments,
    bars::{self, Line},
    contest::{Contest, Plan, of},
    fallible, faults,
    machine::Machine,
    place::{Arena, Layout},
    sizes::{BETWEEN, SIZES},
    statistics::Times,
    table,
};

/// All measurements.
struct Measured {
    copies: Vec<Contest>,
    between: Vec<Contest>,
    values: Vec<Contest>,
    faults: [(&'static str, Times); 2],
}

fn main() -> ExitCode {
    let Some(arguments) = Arguments::of_process("fallible") else { return ExitCode::from(2) };
    match run(&arguments) {
        Ok(ended) => ended,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let Some((machine, measured)) = arguments.measured(measure) else {
        return Ok(ExitCode::from(2));
    };
    let measured =
        measured.map_err(|error| format!("cannot create a file that faults: {error}"))?;
    let lines = bars::judge_fallible(&measured.copies);
    let rounds = arguments.plan.rounds;
    println!("{machine}\nratio of time to the first line, median of {rounds} rounds:\n");
    for layout in Layout::ALL {
        println!("copies, {}\n{}", layout.name(), table::brief(&of(&measured.copies, layout)));
        println!("sizes between\n{}", table::brief(&of(&measured.between, layout)));
    }
    println!("values\n{}", table::brief(&of(&measured.values, Layout::Aligned)));
    println!("{}\n{}\n{}", cost(&measured.faults), table::bars(&lines), table::count(&lines));
    if let Some(folder) = &arguments.book {
        let path = folder.join("table.md");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, book(&machine, rounds, &measured, &lines)))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(arguments.judged(&lines))
}

fn measure(plan: Plan) -> std::io::Result<Measured> {
    let mut arena = Arena::default();
    let contestants = fallible::copies();
    let mut all = |sizes: &[usize]| {
        let mut contests = Vec::new();
        for layout in Layout::ALL {
            for size in sizes {
                contests.push(Contest::hold(&contestants, &mut arena.place(layout, *size), plan));
            }
        }
        contests
    };
    let (copies, between) = (all(&SIZES), all(&BETWEEN));
    let values = fallible::VALUES.map(|size| {
        Contest::hold(&fallible::values(size), &mut arena.place(Layout::Aligned, size), plan)
    });
    let faults = faults::costs(plan)?;
    Ok(Measured { copies, between, values: values.into(), faults })
}

/// Returns the cost of a fault, in microseconds.
fn cost(faults: &[(&'static str, Times)]) -> String {
    let costs = faults
        .iter()
        .map(|(name, times)| format!("{name} {:.1} µs", times.summary().median / 1000.0));
    let costs: Vec<String> = costs.collect();
    let size = faults::SIZE;
    format!("{size} bytes, the second half of which faults, median: {}\n", costs.join(", "))
}

fn book(machine: &Machine, rounds: usize, measured: &Measured, lines: &[Line]) -> String {
    let mut text = format!(
        "<!-- Written by `cargo xtask bench fallible`. -->\n\n{machine}* {rounds} rounds\n\n\
         ### The bars\n\n{}\n{}\n",
        table::count(lines),
        table::bars(lines)
    );
    for layout in Layout::ALL {
        let copies = table::full(&of(&measured.copies, layout));
        let between = table::full(&of(&measured.between, layout));
        text += &format!("### Copies, {}\n\n{copies}\n{between}\n", layout.name());
    }
    let values = table::full(&of(&measured.values, Layout::Aligned));
    text += &format!("### Values of constant size\n\n{values}\n");
    text += &format!("### A fault\n\n{}", cost(&measured.faults));
    text
}
