//! Each listing of the chapter is a part of these sources, so that it is compiled and run.

use std::{fs, path::Path};

/// The modules of the package that the chapter quotes, in both forms.
const PORTED: [&str; 7] = [
    "raw_pointers",
    "volatile_cell",
    "tock",
    "safe_mmio",
    "svd2rust",
    "kernel_views",
    "kernel_registers",
];

/// The lines of a text without their common indentation.
fn lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let lines: Vec<&str> = lines.into_iter().map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    lines.iter().map(|line| line.get(common..).unwrap_or_default().to_owned()).collect()
}

/// The Rust listings of a chapter: the lines between the fences.
fn listings(chapter: &str) -> Vec<Vec<String>> {
    let mut listings = Vec::new();
    let mut rest = chapter.lines();
    while let Some(line) = rest.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = rest.by_ref().take_while(|line| *line != "```").collect();
        if language.starts_with("rust") {
            listings.push(lines(body));
        }
    }
    listings
}

/// Returns whether a source contains the lines in this order, without other lines between them,
/// apart from their common indentation.
fn contains(source: &str, listing: &[String]) -> bool {
    let source: Vec<&str> = source.lines().collect();
    source.windows(listing.len()).any(|window| lines(window.iter().copied()) == listing)
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn each_listing_of_the_chapter_is_compiled() {
    let listings = listings(&read("../src/porting.md"));
    let sources: Vec<(&str, String)> = PORTED
        .into_iter()
        .chain(["mixed"])
        .map(|name| (name, read(&format!("src/{name}.rs"))))
        .collect();
    let mut quoted = Vec::new();
    for listing in &listings {
        let name = sources.iter().find(|(_, source)| contains(source, listing));
        let Some((name, _)) = name else {
            panic!("no source contains this listing:\n{}", listing.join("\n"));
        };
        quoted.push(*name);
    }
    // A listing of each driver before and one after the port, at least.
    for name in PORTED {
        let count = quoted.iter().filter(|quoted| **quoted == name).count();
        assert!(count >= 2, "{name}: {count} listings");
    }
}

#[test]
fn a_listing_that_differs_is_found() {
    let chapter = "text\n```rust,ignore\nfn f() {\n    g();\n}\n```\n```text\nno Rust\n```\n";
    let listings = listings(chapter);
    assert_eq!(listings.len(), 1);
    assert!(contains("mod m {\n    fn f() {\n        g();\n    }\n}\n", &listings[0]));
    assert!(!contains("mod m {\n    fn f() {\n        h();\n    }\n}\n", &listings[0]));
    assert!(!contains("fn f() {\n    g();\n    g();\n}\n", &listings[0]));
}
