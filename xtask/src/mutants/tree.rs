//! A modifiable copy of the workspace.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use xtask_process::{Call, run};

use super::list::Mutation;
use crate::project::Project;

/// The copy, which has a separate target folder.
pub(super) struct Tree {
    project: Project,
}

/// A file that is changed until `restore` is called.
#[must_use]
pub(super) struct Changed {
    path: PathBuf,
    text: String,
}

impl Tree {
    /// Copies every file that is under version control, or that is new and not ignored.
    pub(super) fn copy(project: &Project) -> Result<Self, String> {
        let root = project.root.join(&project.target_dir).join("mutants");
        let list = Call::new("git", "ls-files --cached --others --exclude-standard");
        let files = run::answer(&list, &project.root)?;
        let files: HashSet<_> = files
            .lines()
            .filter(|file| project.root.join(file).exists())
            .map(PathBuf::from)
            .collect();
        for file in &files {
            copy(&project.root.join(file), &root.join(file))?;
        }
        remove_others(&root, &root, &files)?;
        let (channel, msrv) = (project.channel.clone(), project.msrv.clone());
        let target_dir = root.join("target").display().to_string();
        Ok(Self { project: Project { root, channel, msrv, target_dir } })
    }

    /// Returns the copy, as a workspace to run commands in.
    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    /// Applies a mutation; returns an error unless its text occurs exactly once in the file.
    pub(super) fn change(&self, mutation: &Mutation) -> Result<Changed, String> {
        let path = self.project.root.join(mutation.file);
        let text = read(&path)?;
        let found = text.matches(mutation.find).count();
        if found != 1 {
            return Err(format!(
                "the mutation `{}` does not apply: {} contains {found} times\n{}",
                mutation.name, mutation.file, mutation.find
            ));
        }
        write(&path, &text.replace(mutation.find, mutation.put))?;
        Ok(Changed { path, text })
    }
}

impl Changed {
    /// Restores the original file.
    pub(super) fn restore(self) -> Result<(), String> {
        write(&self.path, &self.text)
    }
}

/// Removes files that are left from an earlier copy: tests that no longer exist would otherwise
/// run.
fn remove_others(root: &Path, folder: &Path, files: &HashSet<PathBuf>) -> Result<(), String> {
    let failed = |error| format!("cannot clean {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        match path.strip_prefix(root) {
            Ok(built) if built == Path::new("target") => {}
            _ if path.is_dir() => remove_others(root, &path, files)?,
            Ok(file) if !files.contains(file) => fs::remove_file(&path).map_err(failed)?,
            _ => {}
        }
    }
    Ok(())
}

/// Copies a file only if it differs, so that cargo does not rebuild unnecessarily.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let bytes =
        fs::read(from).map_err(|error| format!("cannot read {}: {error}", from.display()))?;
    if fs::read(to).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    }
    fs::write(to, bytes).map_err(|error| format!("cannot write {}: {error}", to.display()))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obsolete_files_are_removed_and_the_target_folder_is_kept() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for name in ["kept/here.rs", "kept/gone.rs", "target/built"] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), "").unwrap();
        }
        let files = HashSet::from([PathBuf::from("kept/here.rs")]);
        remove_others(root.path(), root.path(), &files).unwrap();
        let left = ["kept/here.rs", "kept/gone.rs", "target/built"].map(|name| at(name).exists());
        assert_eq!(left, [true, false, true]);
    }
}
