//! Resolution of links: every relative link must have a target, and every anchor must be defined.

use alloc::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::files::{self, normal};
use crate::page::{Page, decoded};
use crate::{html, markdown, summary};

/// Pages that were read, by path.
#[derive(Debug, Default)]
struct Pages {
    pages: BTreeMap<PathBuf, Page>,
}

/// Checks a page, or all pages in a folder; returns the number of pages and the problems. Links to
/// other servers are not followed.
///
/// Rendered pages must not refer to files outside their folder, because only the folder is
/// published. A folder with a `SUMMARY.md` is the source of a book, whose chapters must be listed
/// there.
pub(crate) fn check(path: &Path) -> Result<(usize, Vec<String>), String> {
    let path = &normal(path);
    let found = if path.is_dir() {
        files::with_extension(path, &["md", "html"])?
    } else {
        vec![path.clone()]
    };
    if found.is_empty() {
        return Err(format!("{} contains no page", path.display()));
    }
    let mut pages = Pages::default();
    for file in &found {
        pages.get(file)?;
    }
    let is_included =
        |file: &PathBuf| pages.pages.values().any(|page| page.included.contains(file));
    let checked: Vec<PathBuf> = found.iter().filter(|file| !is_included(file)).cloned().collect();
    let mut problems = Vec::new();
    for file in &checked {
        problems.extend(pages.problems_of(file, path)?);
    }
    for file in checked.iter().filter(|file| file.ends_with("SUMMARY.md")) {
        problems.extend(summary::problems(file, pages.get(file)?, &checked));
    }
    Ok((checked.len(), problems))
}

impl Pages {
    /// Returns a page, which is read the first time.
    fn get(&mut self, path: &Path) -> Result<&Page, String> {
        if !self.pages.contains_key(path) {
            let page =
                if is_html(path) { html::page(&files::read(path)?) } else { markdown::page(path)? };
            self.pages.insert(path.to_owned(), page);
        }
        Ok(&self.pages[path])
    }

    /// Returns the dead links of a page, and its other problems, with file and line.
    fn problems_of(&mut self, file: &Path, root: &Path) -> Result<Vec<String>, String> {
        let page = self.get(file)?;
        let mut problems = page.problems.clone();
        let links: Vec<(usize, String)> =
            page.links.iter().map(|link| (link.line, link.target.clone())).collect();
        for (line, target) in links {
            if let Some(problem) = self.problem_of(file, root, &target)? {
                problems.push((line, format!("{target}: {problem}")));
            }
        }
        problems.sort();
        let name = file.display();
        Ok(problems.iter().map(|(line, problem)| format!("{name}:{line}: {problem}")).collect())
    }

    /// Returns the reason why a link of a page is dead, or `None` if its target exists.
    fn problem_of(
        &mut self,
        file: &Path,
        root: &Path,
        target: &str,
    ) -> Result<Option<&'static str>, String> {
        if is_external(target) || is_optional(file, target) {
            return Ok(None);
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = decoded(path.split('?').next().unwrap_or(path));
        let mut to = match path.strip_prefix('/') {
            Some(path) => normal(&root.join(path)),
            None if path.is_empty() => file.to_owned(),
            None => normal(&file.parent().unwrap_or(Path::new("")).join(path)),
        };
        if is_html(file) {
            if root.is_dir() && !to.starts_with(root) {
                return Ok(Some("outside the folder that is published"));
            }
            if to.is_dir() {
                to.push("index.html");
            }
        }
        if !to.exists() {
            return Ok(Some("the file does not exist"));
        }
        let is_defined = anchor.is_empty() || self.defines(&to, anchor)?;
        Ok((!is_defined).then_some("the anchor is not defined"))
    }

    /// Returns whether a file defines an anchor.
    fn defines(&mut self, file: &Path, anchor: &str) -> Result<bool, String> {
        if !is_html(file) && file.extension().is_none_or(|extension| extension != "md") {
            // Lines of a source file.
            return Ok(anchor.strip_prefix('L').is_some_and(|line| line.parse::<usize>().is_ok()));
        }
        let page = self.get(file)?;
        if let Some(target) = &page.redirect {
            let target = normal(&file.parent().unwrap_or(Path::new("")).join(target));
            return Ok(target.is_file() && self.get(&target)?.has_anchor(anchor));
        }
        // `10-20` are lines of a source page of rustdoc, whose script marks them.
        let has_all = |(first, last)| page.has_anchor(first) && page.has_anchor(last);
        Ok(page.has_anchor(anchor) || anchor.split_once('-').is_some_and(has_all))
    }
}

fn is_html(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "html")
}

/// Returns whether rustdoc refers to a file that it may not have created: the page of all crates,
/// and the implementations of a trait in other crates.
fn is_optional(file: &Path, target: &str) -> bool {
    let is_own_page = file.ends_with("help.html") || file.ends_with("settings.html");
    (is_own_page && target == "./index.html")
        || (target.contains("trait.impl/") && target.ends_with(".js"))
}

/// Returns whether a target is not a file: it has a scheme, or the name of a server.
fn is_external(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    target.starts_with("//")
        || scheme.is_some_and(|s| s.len() > 1 && s.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the problems of a folder with these files, relative to it.
    fn problems(pages: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in pages {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (_, problems) = check(folder.path()).unwrap();
        let prefix = format!("{}/", folder.path().display());
        problems.iter().map(|problem| problem.replace(&prefix, "")).collect()
    }

    #[test]
    fn dead_links_of_markdown_are_found() {
        let a = "# A\n\n[b](sub/b.md) [b](sub/b.md#one) [x](x.md)\n[y](sub/b.md#two) [self](#a) \
                 [none](#b)\n[code](c.rs#L3) [code](c.rs#x) [web](https://x.org/#y)\n[folder](sub/)";
        let b = "## One\n\n[up](../a.md) [lost](a.md) ![image](i.svg)\n";
        assert_eq!(
            problems(&[("a.md", a), ("sub/b.md", b), ("c.rs", "")]),
            [
                "a.md:3: x.md: the file does not exist",
                "a.md:4: #b: the anchor is not defined",
                "a.md:4: sub/b.md#two: the anchor is not defined",
                "a.md:5: c.rs#x: the anchor is not defined",
                "sub/b.md:3: a.md: the file does not exist",
                "sub/b.md:3: i.svg: the file does not exist",
            ]
        );
    }

    #[test]
    fn dead_links_of_rendered_pages_are_found() {
        let a = "<a href=\"b/\">b</a>\n<a href='b/index.html?q=1#x'>x</a> <a href=\"b/#y\">y</a>\n\
                 <script src=none.js></script><a href=\"../o.html\">o</a><a href=\"/a.html\">a</a>\n";
        let b = "<p id=x></p><a id=1></a><a id=20></a><a href=#1-20></a><a href=#1-21></a>";
        assert_eq!(
            problems(&[("a.html", a), ("b/index.html", b)]),
            [
                "a.html:2: b/#y: the anchor is not defined",
                "a.html:3: ../o.html: outside the folder that is published",
                "a.html:3: none.js: the file does not exist",
                "b/index.html:1: #1-21: the anchor is not defined",
            ]
        );
    }

    #[test]
    fn a_book_lists_its_chapters_and_not_what_they_include() {
        let pages = [
            ("SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n"),
            ("a.md", "# A\n\n{{#include t/table.md}}\n"),
            ("t/table.md", "![x](t/x.svg)\n"),
            ("t/x.svg", ""),
            ("c.md", "# C\n"),
        ];
        assert_eq!(
            problems(&pages),
            [
                "SUMMARY.md:4: b.md: the file does not exist",
                "SUMMARY.md:1: the chapter c.md is not listed",
            ]
        );
    }

    #[test]
    fn one_file_is_checked_alone_and_a_folder_without_pages_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).unwrap_err().contains("contains no page"));
        let file = folder.path().join("a.md");
        std::fs::write(&file, "[x](x.md)\n\n[y][y]\n").unwrap();
        let (pages, problems) = check(&file).unwrap();
        assert_eq!((pages, problems.len()), (1, 2), "{problems:?}");
        assert!(check(&folder.path().join("b.md")).is_err());
    }

    #[test]
    fn anchors_are_those_of_the_page_that_a_browser_shows() {
        let pages = [
            ("a.html", "<a href=\"b/c.html#x\"></a>\n<a href=\"b/c.html#y\"></a>"),
            ("b/c.html", "<meta http-equiv=refresh content=\"0;URL=../d.html\"><p id=y>"),
            ("d.html", "<p id=x></p>"),
        ];
        assert_eq!(problems(&pages), ["a.html:2: b/c.html#y: the anchor is not defined"]);
    }

    #[test]
    fn files_that_rustdoc_may_omit_are_not_required() {
        let script = "<script src=\"../trait.impl/a/trait.A.js\"></script>";
        let pages = [
            ("help.html", "<a href=\"./index.html\"></a><a href=\"other.html\"></a>"),
            ("a/trait.A.html", script),
            ("a/b.html", "<a href=\"./index.html\"></a>"),
        ];
        assert_eq!(
            problems(&pages),
            [
                "a/b.html:1: ./index.html: the file does not exist",
                "help.html:1: other.html: the file does not exist",
            ]
        );
    }

    #[test]
    fn external_targets_have_a_scheme_or_a_server() {
        for target in ["https://x.org", "mailto:a@b", "//x.org/a", "data:image/png;base64,"] {
            assert!(is_external(target), "{target}");
        }
        for target in ["a.md", "#a:b", "a/b:c.md", "C:x"] {
            assert!(!is_external(target), "{target}");
        }
    }
}
