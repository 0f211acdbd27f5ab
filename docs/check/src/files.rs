//! Files and folders that are checked.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Returns the files in a folder and its subfolders that have one of these extensions, sorted.
///
/// Build output (`target`), hidden folders and symbolic links are skipped, unless the folder itself
/// is one.
pub(crate) fn with_extension(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    collect(folder, extensions, &mut found)
        .map_err(|error| format!("cannot read the folder {}: {error}", folder.display()))?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_skipped =
            entry.file_name().to_str().is_none_or(|name| name == "target" || name.starts_with('.'));
        if kind.is_dir() && !is_skipped {
            collect(&path, extensions, found)?;
        } else if kind.is_file()
            && extensions.iter().any(|extension| path.extension().is_some_and(|e| e == *extension))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Resolves `.` and `..` without the file system, so that equal paths are equal values. `..` at the
/// start is kept.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(normal.components().next_back(), Some(Component::Normal(_))) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_resolved() {
        for (path, expected) in [
            ("a/./b/../c.md", "a/c.md"),
            ("./a", "a"),
            ("a/../../b", "../b"),
            ("/a/../b", "/b"),
            ("a/..", ""),
        ] {
            assert_eq!(normal(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn files_are_found_by_extension_and_hidden_folders_are_skipped() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "sub/a.md", "sub/a.txt", ".git/c.md", "target/d.md"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = with_extension(folder.path(), &["md"]).unwrap();
        assert_eq!(found, ["b.md", "sub/a.md"].map(|name| folder.path().join(name)));
        assert!(with_extension(&folder.path().join("none"), &["md"]).is_err());
        assert!(read(&folder.path().join("none")).unwrap_err().contains("none"));
    }
}
