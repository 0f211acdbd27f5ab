//! Public paths: `cargo xtask paths` checks that each item has one, and that documentation comments
//! have their [sections](crate::sections).
//!
//! An item that can be imported by two paths of one crate appears under two names in drivers, in
//! messages and in search results. The prelude is the exception. rustdoc's JSON output lists the
//! exports of a crate, without items that are hidden from the documentation.

use alloc::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use xtask_process::{Call, run};

use crate::counts::Checks;
use crate::project::Project;

/// The libraries; each may re-export modules of the preceding ones.
const CRATES: [&str; 3] = ["io_mem", "io_core", "io_sim"];

/// The crate whose prelude is for drivers, and the maximum number of names in it.
const PRELUDE: (&str, usize) = ("io_core", 40);

/// rustdoc's description of one crate.
#[derive(Debug)]
struct Crate {
    name: &'static str,
    json: Value,
}

/// An item: its kind and the path where it is defined.
type Item = (String, String);

/// The public paths of each item of a crate.
type Paths = BTreeMap<Item, BTreeSet<String>>;

/// Documents the libraries, compares their paths and prints the results as those of tests.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let crates = document(project)?;
    let mut checks = Checks::new(2 * CRATES.len() + 1);
    let mut all = Vec::new();
    for krate in &crates {
        let mut paths = Paths::new();
        krate.walk(&crates, krate.json["root"].clone(), krate.name, &mut paths)?;
        checks.add(krate.name, &problems(krate.name, &paths));
        let sections = format!("sections of {}", krate.name);
        checks.add(&sections, &crate::sections::problems(krate.name, &krate.json));
        all.push(paths);
    }
    checks.add("globs", &ambiguous(&all[1], &all[2]));
    Ok(checks.finish())
}

/// Runs rustdoc on every crate.
fn document(project: &Project) -> Result<Vec<Crate>, String> {
    let folder = format!("{}/paths", project.target_dir);
    let packages = CRATES.map(|name| format!("-p {}", name.replace('_', "-"))).join(" ");
    let call = Call::new("cargo", "doc --quiet --no-deps --all-features --target-dir");
    let call = call.argument(folder.clone()).words(&packages);
    // The pinned compiler supports JSON output, but only as an unstable option.
    let call = call.variable("RUSTC_BOOTSTRAP", "1");
    let call = call.variable("RUSTDOCFLAGS", "-Zunstable-options --output-format=json");
    run::answer(&call, &project.root)?;
    let read = |name: &'static str| {
        let path = project.root.join(&folder).join("doc").join(format!("{name}.json"));
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let json = serde_json::from_str(&text)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok(Crate { name, json })
    };
    CRATES.into_iter().map(read).collect()
}

impl Crate {
    /// Adds the paths of the items that a module exports; `at` is the path of the module.
    fn walk(
        &self,
        crates: &[Crate],
        module: Value,
        at: &str,
        paths: &mut Paths,
    ) -> Result<(), String> {
        let items = &self.json["index"][module.to_string()]["inner"]["module"]["items"];
        let items = items.as_array().ok_or_else(|| format!("{at} is not a module of rustdoc's"))?;
        for id in items {
            let item = &self.json["index"][id.to_string()];
            let re_export = &item["inner"]["use"];
            if re_export.is_null() {
                let Some(name) = item["name"].as_str() else { continue };
                self.add(crates, id, &format!("{at}::{name}"), paths)?;
            } else if re_export["is_glob"] == true {
                return Err(format!("{at} contains a glob: `pub use {}::*`", re_export["source"]));
            } else {
                let name = re_export["name"].as_str().unwrap_or_default();
                self.add(crates, &re_export["id"], &format!("{at}::{name}"), paths)?;
            }
        }
        Ok(())
    }

    /// Adds one item and, if it is a module, its contents.
    fn add(
        &self,
        crates: &[Crate],
        id: &Value,
        path: &str,
        paths: &mut Paths,
    ) -> Result<(), String> {
        let summary = &self.json["paths"][id.to_string()];
        // An item without a path, such as an implementation, cannot be imported.
        let (Some(kind), Some(defined)) = (summary["kind"].as_str(), summary["path"].as_array())
        else {
            return Ok(());
        };
        let defined: Vec<&str> = defined.iter().filter_map(Value::as_str).collect();
        let item = (kind.to_owned(), defined.join("::"));
        paths.entry(item).or_default().insert(path.to_owned());
        if kind != "module" {
            return Ok(());
        }
        match crates.iter().find(|krate| krate.name == defined[0]) {
            Some(krate) if krate.name == self.name => self.walk(crates, id.clone(), path, paths),
            Some(krate) => krate.walk(crates, krate.module(&defined)?, path, paths),
            None => Ok(()),
        }
    }

    /// The module that is defined at a path.
    fn module(&self, defined: &[&str]) -> Result<Value, String> {
        let paths = self.json["paths"].as_object();
        let is_it = |summary: &Value| {
            summary["kind"] == "module"
                && summary["path"].as_array().is_some_and(|path| path.iter().eq(defined))
        };
        let found = paths.and_then(|paths| paths.iter().find(|(_, summary)| is_it(summary)));
        let (id, _) = found.ok_or_else(|| format!("there is no module {}", defined.join("::")))?;
        id.parse::<u64>().map(Value::from).map_err(|error| format!("{id} is not an id: {error}"))
    }
}

/// Returns whether a path is in a prelude.
fn is_in_prelude(path: &str) -> bool {
    path.contains("::prelude::")
}

/// Returns the items of a crate with more than one path, and an error if a prelude is too large.
fn problems(name: &str, paths: &Paths) -> Vec<String> {
    let mut problems = Vec::new();
    for ((kind, _), paths) in paths {
        let paths: Vec<&str> =
            paths.iter().map(String::as_str).filter(|path| !is_in_prelude(path)).collect();
        if paths.len() > 1 {
            problems.push(format!("one {kind} has {} paths: {}", paths.len(), paths.join(", ")));
        }
    }
    let prelude: BTreeSet<_> =
        paths.values().flatten().filter(|path| is_in_prelude(path)).collect();
    if name == PRELUDE.0 && !(1..=PRELUDE.1).contains(&prelude.len()) {
        problems.push(format!("the prelude has {} names, not 1 to {}", prelude.len(), PRELUDE.1));
    }
    problems
}

/// Returns the names at the roots of two crates that refer to different items: ambiguous if both
/// are imported by globs.
fn ambiguous(first: &Paths, second: &Paths) -> Vec<String> {
    let at_root = |paths: &Paths| -> BTreeMap<(String, bool), Item> {
        let names = paths.iter().flat_map(|(item, paths)| paths.iter().map(move |p| (p, item)));
        names
            .filter(|(path, _)| path.matches("::").count() == 1)
            .filter_map(|(path, item)| Some((path.split_once("::")?.1.to_owned(), item.clone())))
            .map(|(name, item)| ((name, is_macro(&item.0)), item))
            .collect()
    };
    let (first, second) = (at_root(first), at_root(second));
    let both = first.iter().filter_map(|(key, item)| Some((key, item, second.get(key)?)));
    both.filter(|(_, one, other)| one != other)
        .map(|((name, _), one, other)| format!("`{name}` is {} and {}", one.1, other.1))
        .collect()
}

/// Returns whether the kind is a macro. Macros have a separate namespace.
fn is_macro(kind: &str) -> bool {
    kind == "macro" || kind.starts_with("proc_")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A crate with a module `m` that contains a struct `S`; the root re-exports it if `again`.
    fn sample(name: &'static str, again: bool) -> Crate {
        let root = if again { json!([1, 3]) } else { json!([1]) };
        let json = json!({
            "root": 0,
            "index": {
                "0": { "name": name, "inner": { "module": { "items": root } } },
                "1": { "name": "m", "inner": { "module": { "items": [2] } } },
                "2": { "name": "S", "inner": { "struct": {} } },
                "3": { "name": null, "inner": { "use":
                    { "source": "m::S", "name": "S", "id": 2, "is_glob": false } } },
            },
            "paths": {
                "1": { "kind": "module", "path": [name, "m"] },
                "2": { "kind": "struct", "path": [name, "m", "S"] },
            },
        });
        Crate { name, json }
    }

    fn paths(krate: Crate) -> Paths {
        let mut paths = Paths::new();
        let crates = [krate];
        let root = crates[0].json["root"].clone();
        crates[0].walk(&crates, root, crates[0].name, &mut paths).unwrap();
        paths
    }

    #[test]
    fn two_paths_of_one_item_are_reported() {
        assert_eq!(problems("a", &paths(sample("a", false))), Vec::<String>::new());
        let found = problems("a", &paths(sample("a", true)));
        assert_eq!(found, ["one struct has 2 paths: a::S, a::m::S"]);
    }

    #[test]
    fn one_name_for_two_items_is_reported() {
        let (a, b) = (paths(sample("a", true)), paths(sample("b", true)));
        assert_eq!(ambiguous(&a, &a), Vec::<String>::new());
        assert_eq!(ambiguous(&a, &b), ["`S` is a::m::S and b::m::S", "`m` is a::m and b::m"]);
    }

    #[test]
    fn a_glob_is_an_error() {
        let mut krate = sample("a", true);
        krate.json["index"]["3"]["inner"]["use"]["is_glob"] = json!(true);
        let crates = [krate];
        let walked = crates[0].walk(&crates, json!(0), "a", &mut Paths::new());
        assert!(walked.is_err_and(|text| text.contains("glob")));
    }
}
