//! Measures all copies, prints the results, and writes the book's tables and plots if requested.
//!
//! Exits with 1 if a required bar is missed. The bars are for programs of an operating system:
//! built without `std`, the program measures the copies for kernels, and judges nothing.

use std::{fs, path::Path, process::ExitCode};

use io_bench::{
    arguments::Arguments,
    bars::{self, Line},
    constants,
    contest::{Contest, Plan, of},
    contestants::{self, Family},
    fills,
    machine::Machine,
    place::{Arena, Layout},
    plot,
    sizes::{BETWEEN, SIZES},
    table,
};

/// `true` if the copies are built as for programs of an operating system.
const FOR_PROGRAMS: bool = cfg!(feature = "std");

/// All measurements.
struct Measured {
    copies: Vec<Contest>,
    between: Vec<Contest>,
    fills: Vec<Contest>,
    reads: Vec<Contest>,
    writes: Vec<Contest>,
}

fn main() -> ExitCode {
    let Some(arguments) = Arguments::of_process("copy") else { return ExitCode::from(2) };
    let plan = arguments.plan;
    let Some((machine, measured)) = arguments.measured(measure) else { return ExitCode::from(2) };
    let lines = if FOR_PROGRAMS { bars::judge(&measured.copies) } else { Vec::new() };
    print(&machine, plan, &measured, &lines);
    if let Some(folder) = &arguments.book
        && let Err(error) = write_book(folder, &machine, plan, &measured, &lines)
    {
        eprintln!("error: {error}");
        return ExitCode::from(2);
    }
    arguments.judged(&lines)
}

fn measure(plan: Plan) -> Measured {
    let mut arena = Arena::default();
    let mut all = |contestants: &[contestants::Contestant], sizes: &[usize]| {
        let mut contests = Vec::new();
        for layout in Layout::ALL {
            for size in sizes {
                contests.push(Contest::hold(contestants, &mut arena.place(layout, *size), plan));
            }
        }
        contests
    };
    let mut copying = contestants::all();
    if !FOR_PROGRAMS {
        // The other copies are the same in both builds.
        copying.retain(|one| matches!(one.family, Family::Plain | Family::Ours));
    }
    let copies = all(&copying, &SIZES);
    let between = all(&copying, &BETWEEN);
    let fills = all(&fills::ALL, &SIZES);
    let mut constant = |contestants: fn(usize) -> [contestants::Contestant; 2]| {
        let hold =
            |size| Contest::hold(&contestants(size), &mut arena.place(Layout::Aligned, size), plan);
        constants::SIZES.into_iter().map(hold).collect()
    };
    let reads = constant(constants::reads);
    let writes = constant(constants::writes);
    Measured { copies, between, fills, reads, writes }
}

fn print(machine: &Machine, plan: Plan, measured: &Measured, lines: &[Line]) {
    println!("{machine}\nratio of time to the first line, median of {} rounds:\n", plan.rounds);
    for layout in Layout::ALL {
        println!("copies, {}\n{}", layout.name(), table::brief(&of(&measured.copies, layout)));
        println!("sizes between\n{}", table::brief(&of(&measured.between, layout)));
    }
    for layout in Layout::ALL {
        println!("fills, {}\n{}", layout.name(), table::brief(&of(&measured.fills, layout)));
    }
    for (name, contests) in [("reads", &measured.reads), ("writes", &measured.writes)] {
        println!("{name} of constant size\n{}", table::brief(&of(contests, Layout::Aligned)));
    }
    if FOR_PROGRAMS {
        println!("{}\n{}", table::bars(lines), table::count(lines));
    }
}

/// Writes the tables and plots for programs, or the table for kernels.
fn write_book(
    folder: &Path,
    machine: &Machine,
    plan: Plan,
    measured: &Measured,
    lines: &[Line],
) -> Result<(), String> {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let mut text = format!(
        "<!-- Written by `cargo xtask bench copy`. -->\n\n{machine}* {} rounds\n\n",
        plan.rounds
    );
    if !FOR_PROGRAMS {
        for layout in Layout::ALL {
            let copies = table::full(&of(&measured.copies, layout));
            let between = table::full(&of(&measured.between, layout));
            let name = layout.name();
            text += &format!("### Copies for kernels, {name}\n\n{copies}\n{between}\n");
        }
        return write("kernel.md", text.trim_end());
    }
    text += &format!("### The bars\n\n{}\n{}\n", table::count(lines), table::bars(lines));
    for layout in Layout::ALL {
        let (name, copies) = (layout.name(), of(&measured.copies, layout));
        let plot = format!("{}.svg", layout.file());
        write(&plot, &plot::draw(&copies)?)?;
        text += &format!(
            "### Copies, {name}\n\n![GB/s over size, {name}](copies/{plot})\n\n{}\n{}\n",
            table::full(&copies),
            table::full(&of(&measured.between, layout))
        );
    }
    for layout in [Layout::Aligned, Layout::DestinationOff] {
        let fills = table::full(&of(&measured.fills, layout));
        text += &format!("### Fills, {}\n\n{fills}\n", layout.name());
    }
    for (name, contests) in [("Reads", &measured.reads), ("Writes", &measured.writes)] {
        let figures = table::full(&of(contests, Layout::Aligned));
        text += &format!("### {name} of values of constant size\n\n{figures}\n");
    }
    write("table.md", text.trim_end())
}
