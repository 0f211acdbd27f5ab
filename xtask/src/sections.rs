//! Sections of documentation comments, checked by `cargo xtask paths`: a public function that
//! returns a `Result` has a section `# Errors`, with one bullet for each condition.
//!
//! Clippy has lints for this, but with `check-private-items`, which this workspace needs for its
//! `# Safety` sections, they apply to private functions too.

use alloc::collections::BTreeSet;

use serde_json::Value;

/// Returns the public functions of a crate whose documentation lacks a section, from rustdoc's JSON
/// output.
pub(crate) fn problems(name: &str, json: &Value) -> Vec<String> {
    let index = json["index"].as_object();
    let items: Vec<&Value> = index.into_iter().flat_map(|index| index.values()).collect();
    let inherited: BTreeSet<String> = items.iter().copied().flat_map(of_trait_impl).collect();
    let mut problems: Vec<String> = items
        .into_iter()
        .filter(|item| item["crate_id"] == 0 && !inherited.contains(&item["id"].to_string()))
        .filter(|item| returns_result(item) && !has_bullets(item, "# Errors"))
        .map(|item| format!("{}: {name}: `{}` has no `# Errors`", place(item), named(item)))
        .collect();
    problems.sort();
    problems
}

/// Returns the items of an implementation of a trait, which inherit the trait's documentation.
fn of_trait_impl(item: &Value) -> Vec<String> {
    let implementation = &item["inner"]["impl"];
    let items = implementation["items"].as_array();
    match implementation["trait"] {
        Value::Null => Vec::new(),
        _ => items.into_iter().flatten().map(Value::to_string).collect(),
    }
}

/// Returns whether the item is a function that returns a `Result`.
fn returns_result(item: &Value) -> bool {
    let output = &item["inner"]["function"]["sig"]["output"]["resolved_path"];
    let path = output["path"].as_str().unwrap_or_default();
    path.rsplit("::").next() == Some("Result")
}

/// Returns whether the documentation has the section, with at least one bullet.
fn has_bullets(item: &Value, heading: &str) -> bool {
    let docs = item["docs"].as_str().unwrap_or_default();
    let mut lines = docs.lines().skip_while(|line| *line != heading).skip(1);
    lines.by_ref().take_while(|line| !line.starts_with('#')).any(|line| line.starts_with("* "))
}

fn named(item: &Value) -> &str {
    item["name"].as_str().unwrap_or_default()
}

/// Returns file and line of an item.
fn place(item: &Value) -> String {
    let span = &item["span"];
    format!("{}:{}", span["filename"].as_str().unwrap_or("?"), span["begin"][0])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A crate with a function `f`, which returns a `Result`, and these documentation comments.
    fn sample(docs: &str, trait_impl: bool) -> Value {
        let of = if trait_impl { json!({ "path": "Read" }) } else { Value::Null };
        let result = json!({ "resolved_path": { "path": "io::Result" } });
        json!({ "index": {
            "1": { "id": 1, "crate_id": 0, "inner": { "impl": { "items": [2], "trait": of } } },
            "2": {
                "id": 2,
                "crate_id": 0,
                "name": "f",
                "docs": docs,
                "span": { "filename": "a.rs", "begin": [7, 1] },
                "inner": { "function": { "sig": { "output": result } } },
            },
        } })
    }

    #[test]
    fn a_result_without_errors_section_is_a_problem() {
        let missing = ["a.rs:7: a: `f` has no `# Errors`"];
        assert_eq!(problems("a", &sample("Reads.", false)), missing);
        assert_eq!(problems("a", &sample("Reads.\n\n# Errors\n\nSome.", false)), missing);
        assert_eq!(problems("a", &sample("# Errors\n\n# Panics\n\n* Never.", false)), missing);
        let complete = sample("Reads.\n\n# Errors\n\n* `Error::Eof` at the end.", false);
        assert_eq!(problems("a", &complete), Vec::<String>::new());
    }

    #[test]
    fn implementations_of_traits_inherit_the_section() {
        assert_eq!(problems("a", &sample("", true)), Vec::<String>::new());
    }
}
