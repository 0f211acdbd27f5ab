//! Generated code of the probes: `cargo xtask codegen`. The package `codegen-check` does the work.

use std::path::PathBuf;

use codegen_check::Workspace;

use crate::counts;
use crate::project::Project;

/// Checks the probes at the named levels, or at all levels, and prints the table; returns whether
/// all checks passed.
pub(crate) fn run(project: &Project, levels: &[String]) -> Result<bool, String> {
    let results = codegen_check::check(&workspace(project), levels, &[])?;
    let (mut checks, mut failed) = (results.checks(), results.failed());
    print!("{results}");
    if levels.is_empty() || levels.iter().any(|level| level == codegen_check::TABLE_LEVEL) {
        let table = codegen_check::instruction_table(&workspace(project))?;
        checks += 1;
        if let Err(problem) = compare_readme(project, &table) {
            println!("{problem}");
            failed += 1;
        }
    }
    println!("running {checks} tests");
    println!("{}", counts::result_line(checks - failed, failed));
    Ok(failed == 0)
}

/// Compares the README's table of instructions with the generated code.
fn compare_readme(project: &Project, table: &str) -> Result<(), String> {
    let readme = std::fs::read_to_string(project.root.join("README.md"))
        .map_err(|error| format!("cannot read README.md: {error}"))?;
    match readme.contains(&format!("\n\n{table}\n")) {
        true => Ok(()),
        false => Err(format!("README.md must contain this table of instructions:\n\n{table}")),
    }
}

/// Returns the problems at one level on these targets (all, if none is given), without the
/// listings; the text is empty if all checks pass.
pub(crate) fn problems(project: &Project, level: &str, targets: &[&str]) -> Result<String, String> {
    Ok(codegen_check::check(&workspace(project), &[level.to_owned()], targets)?.problems())
}

fn workspace(project: &Project) -> Workspace<'_> {
    let Project { root, channel, target_dir, .. } = project;
    Workspace { root, channel, target_dir }
}

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
    action: Action,
    folder: PathBuf,
    /// Names of levels; all levels if empty.
    levels: Vec<String>,
}

impl Plan {
    /// Parses `--save FOLDER` or `--compare FOLDER`, optionally followed by `--levels A,B`.
    pub(crate) fn of(words: &[&str]) -> Result<Self, String> {
        let (action, folder, rest) = match words {
            ["--save", folder, rest @ ..] => (Action::Save, folder, rest),
            ["--compare", folder, rest @ ..] => (Action::Compare, folder, rest),
            [option, ..] => return Err(format!("`codegen {option}` requires a folder")),
            [] => return Err("`codegen`: an option is missing".to_owned()),
        };
        let levels = match rest {
            [] => vec![],
            ["--levels", names] => names.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("`codegen` does not accept the options `{}`", rest.join(" "))),
        };
        if folder.starts_with('-') {
            return Err(format!("`{folder}` is an option, not a folder"));
        }
        Ok(Self { action, folder: PathBuf::from(folder), levels })
    }
}

/// Saves or compares listings; returns whether no probe differs.
pub(crate) fn listings(project: &Project, plan: &Plan) -> Result<bool, String> {
    let workspace = workspace(project);
    match plan.action {
        Action::Save => codegen_check::save(&workspace, &plan.folder, &plan.levels).map(|()| true),
        Action::Compare => codegen_check::compare(&workspace, &plan.folder, &plan.levels),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::BARE_METAL;

    #[test]
    fn setup_installs_every_target() {
        let bare: Vec<_> = codegen_check::targets().filter(|name| name.contains("-none")).collect();
        assert!(
            !bare.is_empty() && bare.iter().all(|target| BARE_METAL.contains(target)),
            "{bare:?}"
        );
    }

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
