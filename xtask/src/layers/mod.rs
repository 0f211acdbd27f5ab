//! Module layering: `cargo xtask layers` checks that modules import only lower modules.
//!
//! The tables of `docs/src/layering.md` list the modules of a crate, the lowest first. The modules
//! of a row may import each other. The root of a crate re-exports items, so it may name every
//! module. A name that the root re-exports counts as an import of the module that the root imports
//! it from.

mod imports;
mod tokens;

use std::fs;
use std::path::Path;

use imports::Source;

use crate::counts::Checks;
use crate::project::Project;

/// The page with the tables and with the list of files that exceed the length limit.
const PAGE: &str = "docs/src/layering.md";

/// The crates that must have a table.
const CRATES: [&str; 2] = ["io-mem", "io-core"];

/// The folders of the libraries, whose files have a limited length.
const LIBRARIES: [&str; 4] = ["io-mem", "io-core", "io-sim", "io-macros/expand"];

/// The number of lines that a file of a library may have.
const LINES: usize = 400;

/// The start of a line of the page that names a longer file.
const LONGER: &str = "Longer than 400 lines: ";

/// The modules of one crate, in rows: each row may import itself and earlier rows.
#[derive(Debug, PartialEq, Eq)]
struct Table {
    krate: String,
    rows: Vec<Vec<String>>,
}

/// Checks the libraries and prints the results as those of tests.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let page = read(&project.root.join(PAGE))?;
    let tables = tables(&page);
    if let Some(name) = CRATES.iter().find(|name| tables.iter().all(|table| table.krate != **name))
    {
        return Err(format!("{PAGE} has no table whose first cell is `{name}`"));
    }
    let mut checks = Checks::new(tables.len() + 1);
    for table in &tables {
        checks.add(&table.krate, &table.problems(&sources(&project.root, &table.krate)?));
    }
    checks.add("lengths", &lengths(&project.root, &longer(&page))?);
    Ok(checks.finish())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The words in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The tables of a page: those whose first header cell is one name in backticks.
fn tables(page: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut is_inside = false;
    let lines: Vec<&str> = page.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let Some(cells) = line.strip_prefix('|') else {
            is_inside = false;
            continue;
        };
        let names = quoted(cells.split('|').next().unwrap_or_default());
        let is_header = lines.get(number + 1).is_some_and(|next| next.starts_with("|--"));
        if is_header && names.len() == 1 {
            tables.push(Table { krate: names[0].to_owned(), rows: Vec::new() });
            is_inside = true;
        } else if let Some(table) = tables.last_mut().filter(|_| is_inside && !names.is_empty()) {
            table.rows.push(names.into_iter().map(str::to_owned).collect());
        }
    }
    tables
}

impl Table {
    /// The row of a module.
    fn rank(&self, module: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.iter().any(|name| name == module))
    }

    /// Modules without a row, rows without a module, and imports of later rows.
    fn problems(&self, sources: &[Source]) -> Vec<String> {
        let mut problems = Vec::new();
        let root = imports::root(sources);
        let tests: Vec<_> = sources.iter().flat_map(Source::test_files).collect();
        let is_test = |source: &Source| tests.iter().any(|test| source.path.starts_with(test));
        let mut modules: Vec<&str> =
            sources.iter().filter(|source| !is_test(source)).filter_map(Source::module).collect();
        modules.dedup();
        for module in &modules {
            if self.rank(module).is_none() {
                problems.push(format!("{}: {PAGE} has no row for module `{module}`", self.krate));
            }
        }
        for name in self.rows.iter().flatten().filter(|name| !modules.contains(&name.as_str())) {
            problems.push(format!("{}: {PAGE} lists `{name}`, which is not a module", self.krate));
        }
        for source in sources.iter().filter(|source| !is_test(source)) {
            problems.extend(self.upward(source, &root));
        }
        problems
    }

    /// The imports of a file that the row of its module does not allow.
    fn upward(&self, source: &Source, root: &imports::Root) -> Vec<String> {
        let Some((module, rank)) = source.module().and_then(|m| Some((m, self.rank(m)?))) else {
            return Vec::new();
        };
        let mut problems = Vec::new();
        for import in source.imports() {
            let at = format!("{}/src/{}:{}", self.krate, source.path, import.line);
            let Some(needed) = root.get(&import.name) else {
                problems.push(format!("{at}: `{}` is not known at the root", import.name));
                continue;
            };
            for upper in needed {
                if self.rank(upper).is_some_and(|upper| upper > rank) {
                    let name = &import.name;
                    let by = if upper == name { String::new() } else { format!(" (`{name}`)") };
                    problems.push(format!(
                        "{at}: module `{module}` imports `{upper}`{by}, which is listed after it"
                    ));
                }
            }
        }
        problems.dedup();
        problems
    }
}

/// The sources of a crate, sorted by path.
fn sources(root: &Path, krate: &str) -> Result<Vec<Source>, String> {
    let src = root.join(krate).join("src");
    let paths = rust_files(&src)?;
    let source = |path: &String| Source::new(path, &read(&src.join(path))?);
    paths.iter().map(source).collect()
}

/// The paths of Rust files below a folder, relative to it and sorted.
fn rust_files(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut rest = vec![String::new()];
    while let Some(inside) = rest.pop() {
        let path = folder.join(&inside);
        let problem = |error| format!("cannot list {}: {error}", path.display());
        for entry in fs::read_dir(&path).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let name = format!("{inside}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                rest.push(format!("{name}/"));
            } else if name.ends_with(".rs") {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files that the page lists as longer than the limit.
fn longer(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| quoted(line.strip_prefix(LONGER)?).first().copied()).collect()
}

/// Files of the libraries that are too long, and listed files that are not.
fn lengths(root: &Path, longer: &[&str]) -> Result<Vec<String>, String> {
    let mut lengths = Vec::new();
    for folder in LIBRARIES {
        for path in rust_files(&root.join(folder))? {
            let path = format!("{folder}/{path}");
            let lines = read(&root.join(&path))?.lines().count();
            lengths.push((path, lines));
        }
    }
    Ok(too_long(&lengths, longer))
}

/// Compares the lengths of files with the limit and the list.
fn too_long(lengths: &[(String, usize)], longer: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, lines) in lengths {
        if *lines > LINES && !longer.contains(&path.as_str()) {
            problems.push(format!(
                "{path}: {lines} lines, more than {LINES}; {PAGE} does not list it with a reason"
            ));
        }
    }
    for path in longer {
        if !lengths.iter().any(|(file, lines)| file == path && *lines > LINES) {
            problems.push(format!("{PAGE}: `{path}` does not have more than {LINES} lines"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
| `lib` | contents |
|---|---|
| `low`, `other` | `ignored` |
| `high` | |

| suite | contents |
|---|---|
| `x` | |

Longer than 400 lines: `lib/src/low.rs` (one table)
";

    /// The problems of a crate with these files.
    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        let source = |file: &(&str, &str)| Source::new(file.0, file.1).unwrap();
        let mut sources = vec![
            ("lib.rs", "mod low; mod other; pub mod high; pub use high::{Top, inner as Inner};"),
            ("low.rs", ""),
            ("other.rs", ""),
            ("high/mod.rs", ""),
        ];
        sources.retain(|(path, _)| files.iter().all(|file| file.0 != *path));
        let mut sources: Vec<Source> = sources.iter().chain(files).map(source).collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        tables(SAMPLE)[0].problems(&sources)
    }

    #[test]
    fn only_tables_of_crates_are_read() {
        let rows = vec![vec!["low".to_owned(), "other".to_owned()], vec!["high".to_owned()]];
        assert_eq!(tables(SAMPLE), [Table { krate: "lib".to_owned(), rows }]);
        assert_eq!(longer(SAMPLE), ["lib/src/low.rs"]);
    }

    #[test]
    fn imports_of_the_same_or_an_earlier_row_are_allowed() {
        let files = [
            ("low.rs", "use crate::other::{a, b}; use crate::low::c; use super::other;"),
            ("high/mod.rs", "mod part; use crate::{low, other::*}; fn f() { crate::low::g(); }"),
            ("high/part.rs", "use super::super::low; use super::x; use crate::{Top, Inner};"),
        ];
        assert_eq!(problems(&files), Vec::<String>::new());
    }

    #[test]
    fn every_way_to_import_a_later_row_is_a_problem() {
        for (text, by) in [
            ("use crate::high;", ""),
            ("pub(crate) use crate::{other::a,\n high::{b, c}};", ""),
            ("fn f() -> crate::high::T<crate::low::U> { todo!() }", ""),
            ("macro_rules! m { () => { $crate::high::f() } }", ""),
            ("use super::high as h;", ""),
            ("mod inner { use super::super::{high, low}; }", ""),
            ("use self::super::high::x;", ""),
            ("use crate::Top;", " (`Top`)"),
            ("fn f(_: &'static str) { <crate::Inner as crate::low::T>::g('\"'); }", " (`Inner`)"),
        ] {
            let line = text.split("high").next().unwrap().matches('\n').count() + 1;
            let expected = format!(
                "lib/src/low.rs:{line}: module `low` imports `high`{by}, which is listed after it"
            );
            assert_eq!(problems(&[("low.rs", text)]), [expected], "{text}");
        }
    }

    #[test]
    fn tests_and_comments_may_name_every_module() {
        let files = [
            ("low.rs", "//! [`crate::high`]\n#[cfg(test)] mod tests { use crate::high; }"),
            ("other.rs", "#[cfg(all(test, not_slow))]\nmod tests; /* crate::high */ fn f() {}"),
            ("other/tests.rs", "use crate::high;"),
            ("lib.rs", "mod low; mod high; #[cfg(test)] mod checks; use crate::high as h;"),
            ("checks.rs", "use crate::high;"),
        ];
        assert_eq!(problems(&files), Vec::<String>::new());
    }

    #[test]
    fn re_exports_of_inline_modules_count_as_imports() {
        let root = "mod low; mod high; mod inline { pub use crate::high::x; pub use super::low; }";
        let files = [("lib.rs", root), ("low.rs", "use crate::inline::low;")];
        let expected = "lib/src/low.rs:1: module `low` imports `high` (`inline`), which is listed \
                        after it";
        assert_eq!(problems(&files), [expected]);
    }

    #[test]
    fn exported_macros_belong_to_their_modules() {
        let files = [
            ("high/mod.rs", "#[macro_export] macro_rules! shout { () => {} } macro_rules! m {}"),
            ("low.rs", "use crate::shout; use crate::m;"),
        ];
        let expected = [
            "lib/src/low.rs:1: module `low` imports `high` (`shout`), which is listed after it",
            "lib/src/low.rs:1: `m` is not known at the root",
        ];
        assert_eq!(problems(&files), expected);
    }

    #[test]
    fn modules_and_rows_must_match() {
        let files = [("new.rs", ""), ("low.rs", "use super::*; use crate::high::*;")];
        let expected = [
            "lib: docs/src/layering.md has no row for module `new`",
            "lib/src/low.rs:1: `*` is not known at the root",
            "lib/src/low.rs:1: module `low` imports `high`, which is listed after it",
        ];
        assert_eq!(problems(&files), expected);
        let absent = tables(SAMPLE)[0].problems(&[]);
        assert_eq!(absent[0], "lib: docs/src/layering.md lists `low`, which is not a module");
    }

    #[test]
    fn long_files_are_listed_and_listed_files_are_long() {
        let lengths = [("a".to_owned(), 400), ("b".to_owned(), 401), ("c".to_owned(), 900)];
        let expected = [
            "b: 401 lines, more than 400; docs/src/layering.md does not list it with a reason",
            "docs/src/layering.md: `a` does not have more than 400 lines",
        ];
        assert_eq!(too_long(&lengths, &["a", "c"]), expected);
    }
}
