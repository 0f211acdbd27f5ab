#![doc = include_str!("../README.md")]

extern crate alloc;

mod build;
mod check;
mod effect;
mod event;
mod expect;
mod instructions;
mod isa;
mod listing;
mod paths;
mod rule;
mod saved;
mod table;
mod target;
mod trace;
mod value;

use alloc::collections::BTreeSet;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::path::Path;
use std::sync::Mutex;

use build::{Tools, Units};
use check::Build;
use expect::Mutant;
use listing::Listing;
use rule::Expectation;
use table::Failure;
use target::{LEVELS, Level, MACHINES, Machine};

pub use instructions::{TABLE_LEVEL, instruction_table};
pub use saved::{compare, save};
pub use table::Results;

/// The workspace that contains the probes, and the settings of its builds.
#[derive(Debug, Clone, Copy)]
pub struct Workspace<'a> {
    /// The folder of the workspace.
    pub root: &'a Path,
    /// The toolchain whose component `llvm-tools` disassembles.
    pub channel: &'a str,
    /// Cargo's target folder; relative to `root` or absolute.
    pub target_dir: &'a str,
}

/// Compiles the probes, disassembles and checks them, at the named levels and for the named targets;
/// at all levels or for all targets if no name is given.
///
/// # Errors
///
/// Returns an error if a level or a target is unknown, a tool is missing, the probes cannot be compiled, or the
/// disassembler's output cannot be parsed. A probe that breaks its rule is not an error but part of
/// the results.
pub fn check(
    workspace: &Workspace<'_>,
    levels: &[String],
    targets: &[&str],
) -> Result<Results, String> {
    let (levels, machines) = (chosen(levels)?, target::chosen(targets)?);
    let tools = Tools::find(workspace)?;
    for level in &levels {
        build::compile(workspace, level, Units::Default, &machines)?;
    }
    check_all(workspace, &tools, &levels, &machines)
}

/// The targets that the probes are compiled for.
pub fn targets() -> impl Iterator<Item = &'static str> {
    MACHINES.iter().map(|machine| machine.triple).chain([instructions::ARMV7M])
}

/// Returns the levels with these names, in the order of the list; all levels if no name is given.
fn chosen(names: &[String]) -> Result<Vec<&'static Level>, String> {
    if let Some(unknown) =
        names.iter().find(|name| LEVELS.iter().all(|level| level.short != **name))
    {
        let known: Vec<&str> = LEVELS.iter().map(|level| level.short).collect();
        return Err(format!("unknown level `{unknown}`; the levels are: {}", known.join(", ")));
    }
    let is_chosen = |level: &&Level| names.is_empty() || names.iter().any(|n| *n == level.short);
    Ok(LEVELS.iter().filter(is_chosen).collect())
}

/// Checks these machines at these levels, with one thread for each processor.
fn check_all(
    workspace: &Workspace<'_>,
    tools: &Tools,
    levels: &[&'static Level],
    machines: &[&'static Machine],
) -> Result<Results, String> {
    let jobs: Vec<(&'static Machine, &'static Level)> = machines
        .iter()
        .flat_map(|machine| levels.iter().map(move |level| (*machine, *level)))
        .collect();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Ok(Results::default()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((machine, level)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = tools
                        .disassemble(workspace, machine, level)
                        .map(|listing| check_build(&Build { machine, level, listing: &listing }));
                    let Ok(mut all) = results.lock() else { return };
                    *all = match (core::mem::replace(&mut *all, Err(String::new())), found) {
                        (Ok(all), Ok(found)) => Ok(all.with(found)),
                        (Err(error), _) | (_, Err(error)) => Err(error),
                    };
                }
            });
        }
    });
    results.into_inner().map_err(|_| "a checking thread panicked".to_owned())?
}

/// Checks every probe and every mutant of one build.
fn check_build(build: &Build<'_>) -> Results {
    let mut results = Results::default();
    let (machine, level) = (build.machine, build.level);
    let failed = |results: &mut Results, name: &str, problems: Vec<String>| {
        let listing = show(build.listing, name);
        results.failures.push(Failure { name: name.to_owned(), machine, level, problems, listing });
    };
    let probes = expect::all();
    for probe in &probes {
        results.checks += 1;
        let problems = build.check(probe);
        let count = build.function(&probe.name).map(|i| build.listing.functions[i].code.len());
        results.counts.push((
            probe.name.clone(),
            machine,
            level,
            count.unwrap_or(0),
            problems.is_empty(),
        ));
        if !problems.is_empty() {
            failed(&mut results, &probe.name, problems);
        }
    }
    let mutants = expect::mutants();
    for mutant in &mutants {
        let name = &mutant.judged.name;
        if !(mutant.refused)(machine, level) {
            continue;
        }
        results.checks += 1;
        results.refused += 1;
        let said = build.check(&mutant.judged).join("\n");
        if said.is_empty() {
            failed(
                &mut results,
                name,
                vec![format!("the rule accepts it: {:?}", mutant.judged.rule)],
            );
        } else if !said.contains(mutant.because) || said.contains("there is no function") {
            let problem = format!("rejected, but not because of `{}`: {said}", mutant.because);
            failed(&mut results, name, vec![problem]);
        }
    }
    for name in unexpected(build.listing, &probes, &mutants) {
        results.checks += 1;
        failed(&mut results, &name, vec!["there is no expectation for this probe".to_owned()]);
    }
    results
}

/// Returns an error for each probe in the code without an expectation.
fn unexpected(listing: &Listing, probes: &[Expectation], mutants: &[Mutant]) -> Vec<String> {
    let judged = mutants.iter().map(|mutant| &mutant.judged);
    let known: BTreeSet<&String> = probes.iter().chain(judged).map(|probe| &probe.name).collect();
    let names = listing.functions.iter().flat_map(|function| &function.names);
    let ours = names.filter(|name| name.starts_with("probe_") || name.starts_with("mutant_"));
    ours.filter(|name| !known.contains(name)).cloned().collect()
}

/// Returns the listing of a function; the text is empty if the function does not exist.
fn show(listing: &Listing, name: &str) -> String {
    let index = listing.find(name, "");
    index.map_or(String::new(), |index| listing.functions[index].show())
}
