//! The list of a book's chapters.

use std::path::{Path, PathBuf};

use crate::files::normal;
use crate::page::Page;

/// Returns an error for each page in the folder of a `SUMMARY.md` that is not listed there exactly
/// once. Listed pages that do not exist are dead links.
pub(crate) fn problems(file: &Path, summary: &Page, pages: &[PathBuf]) -> Vec<String> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let listed: Vec<(usize, PathBuf)> =
        summary.links.iter().map(|l| (l.line, normal(&folder.join(&l.target)))).collect();
    let mut problems = Vec::new();
    let name = file.display();
    for page in pages.iter().filter(|page| page.starts_with(folder) && *page != file) {
        let mut lines = listed.iter().filter(|(_, listed)| listed == page).map(|(line, _)| line);
        let chapter = page.strip_prefix(folder).unwrap_or(page).display();
        match (lines.next(), lines.next()) {
            (None, _) => problems.push(format!("{name}:1: the chapter {chapter} is not listed")),
            (_, Some(line)) => {
                problems.push(format!("{name}:{line}: the chapter {chapter} is listed twice"));
            }
            (Some(_), None) => {}
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chapter_is_listed_once() {
        let mut summary = Page::default();
        for (line, target) in [(3, "a.md"), (4, "sub/b.md"), (5, "./a.md")] {
            summary.link(line, target);
        }
        let pages =
            ["SUMMARY.md", "a.md", "c.md", "sub/b.md"].map(|name| Path::new("s").join(name));
        let file = Path::new("s/SUMMARY.md");
        assert_eq!(
            problems(file, &summary, &pages),
            [
                "s/SUMMARY.md:5: the chapter a.md is listed twice",
                "s/SUMMARY.md:1: the chapter c.md is not listed",
            ]
        );
        assert_eq!(problems(file, &summary, &pages[3..]), Vec::<String>::new());
    }
}
