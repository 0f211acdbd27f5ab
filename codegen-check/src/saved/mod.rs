//! Saves normalised listings of the probes, and compares the current code with saved listings.
//!
//! Both serve to check that a refactoring does not change generated code: `--save` before it,
//! `--compare` after it.

mod difference;
mod normal;

use std::path::Path;

use crate::build::{self, Tools, Units};
use crate::target::{Level, MACHINES, Machine};
use crate::{Workspace, chosen};

/// Compiles the probes and writes their listings into a folder, at the named levels; at all levels
/// if no name is given.
///
/// # Errors
///
/// Returns an error in the cases of [`check`](crate::check), and if a file cannot be written.
pub fn save(workspace: &Workspace<'_>, folder: &Path, levels: &[String]) -> Result<(), String> {
    let (tools, levels) = (Tools::find(workspace)?, chosen(levels)?);
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    for level in levels {
        build::compile(workspace, level, Units::One, &MACHINES.each_ref())?;
        for machine in &MACHINES {
            let text = text(workspace, &tools, machine, level)?;
            let path = folder.join(file_name(machine, level));
            std::fs::write(&path, text)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Compiles the probes and compares them with the listings that [`save`] has written; returns
/// whether all are equal. Prints each difference and the number of probes.
///
/// # Errors
///
/// Returns an error in the cases of [`check`](crate::check), and if a saved listing is missing or
/// cannot be read.
pub fn compare(
    workspace: &Workspace<'_>,
    folder: &Path,
    levels: &[String],
) -> Result<bool, String> {
    let (tools, levels) = (Tools::find(workspace)?, chosen(levels)?);
    let (mut compared, mut differ) = (0, 0);
    for level in levels {
        build::compile(workspace, level, Units::One, &MACHINES.each_ref())?;
        let (mut compared_here, mut differ_here) = (0, 0);
        for machine in &MACHINES {
            let text = text(workspace, &tools, machine, level)?;
            let path = folder.join(file_name(machine, level));
            let found = difference::compare(&read(&path)?, &text, level.is_optimised())
                .map_err(|error| format!("{}: {error}", path.display()))?;
            for problem in &found.problems {
                println!("==== {}, opt-level {}: {problem}", machine.triple, level.short);
            }
            compared_here += found.compared;
            differ_here += found.problems.len();
        }
        println!("level {}: {compared_here} compared, {differ_here} differ", level.short);
        compared += compared_here;
        differ += differ_here;
    }
    println!("{compared} probes compared, {differ} differ");
    Ok(differ == 0)
}

/// Returns the normalised listing of the probes for one machine at one level.
fn text(
    workspace: &Workspace<'_>,
    tools: &Tools,
    machine: &Machine,
    level: &Level,
) -> Result<String, String> {
    Ok(normal::text(&tools.disassemble(workspace, machine, level)?, machine.arch))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn file_name(machine: &Machine, level: &Level) -> String {
    format!("{}-{}.txt", machine.triple, level.short)
}
