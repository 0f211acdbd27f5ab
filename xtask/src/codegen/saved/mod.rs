//! Saves normalised listings of the probes, and compares the current code with saved ones.
//!
//! A refactoring that must not change generated code is checked with both: `--save` before it,
//! `--compare` after it.

mod difference;
mod normal;

use std::path::{Path, PathBuf};

use super::build::Tools;
use super::target::{Level, MACHINES, Machine};
use super::{chosen, compile};
use crate::project::Project;

/// The two operations on listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Write the listings of the current code.
    Save,
    /// Compare the current code with the saved listings.
    Compare,
}

/// An operation on the listings of a folder, at some levels.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) action: Action,
    pub(crate) folder: PathBuf,
    /// Names of levels; all levels if empty.
    pub(crate) levels: Vec<String>,
}

impl Plan {
    /// Parses `--save FOLDER` or `--compare FOLDER`, optionally followed by `--levels A,B`.
    pub(crate) fn of(words: &[&str]) -> Result<Self, String> {
        let (action, folder, rest) = match words {
            ["--save", folder, rest @ ..] => (Action::Save, folder, rest),
            ["--compare", folder, rest @ ..] => (Action::Compare, folder, rest),
            [option, ..] => return Err(format!("`codegen {option}` needs a folder")),
            [] => return Err("`codegen` needs an option here".to_owned()),
        };
        let levels = match rest {
            [] => vec![],
            ["--levels", names] => names.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("`codegen` has no options `{}`", rest.join(" "))),
        };
        if folder.starts_with('-') {
            return Err(format!("`{folder}` is an option, not a folder"));
        }
        Ok(Self { action, folder: PathBuf::from(folder), levels })
    }
}

/// Builds the probes, then saves or compares; returns whether no probe differs.
pub(crate) fn run(project: &Project, plan: &Plan) -> Result<bool, String> {
    let tools = Tools::find(project)?;
    let levels = chosen(&plan.levels)?;
    if plan.action == Action::Save {
        std::fs::create_dir_all(&plan.folder)
            .map_err(|error| format!("cannot create {}: {error}", plan.folder.display()))?;
    }
    let (mut compared, mut differ) = (0, 0);
    for level in levels {
        compile(project, level)?;
        let (mut compared_here, mut differ_here) = (0, 0);
        for machine in &MACHINES {
            let text = normal::text(&tools.disassemble(project, machine, level)?, machine.arch);
            let path = plan.folder.join(file_name(machine, level));
            if plan.action == Action::Save {
                std::fs::write(&path, text)
                    .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
                continue;
            }
            let found = difference::compare(&read(&path)?, &text, level.is_optimised())
                .map_err(|error| format!("{}: {error}", path.display()))?;
            for problem in &found.problems {
                println!("==== {}, opt-level {}: {problem}", machine.triple, level.short);
            }
            compared_here += found.compared;
            differ_here += found.problems.len();
        }
        if plan.action == Action::Compare {
            println!("level {}: {compared_here} compared, {differ_here} differ", level.short);
        }
        compared += compared_here;
        differ += differ_here;
    }
    if plan.action == Action::Compare {
        println!("{compared} probes compared, {differ} differ");
    }
    Ok(differ == 0)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn file_name(machine: &Machine, level: &Level) -> String {
    format!("{}-{}.txt", machine.triple, level.short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parsed() {
        let plan = Plan::of(&["--compare", "f", "--levels", "0,s"]).expect("it is well-formed");
        assert_eq!((plan.action, plan.levels), (Action::Compare, vec!["0".into(), "s".into()]));
        assert_eq!(Plan::of(&["--save", "f"]).map(|plan| plan.levels), Ok(vec![]));
        for wrong in [&["--save"][..], &["--fast", "f"], &["--save", "--levels", "0"]] {
            assert!(Plan::of(wrong).is_err(), "{wrong:?}");
        }
    }
}
