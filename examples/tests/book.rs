//! The listings of the book: what a doctest does not check.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The sources that chapters contain as listings.
const SOURCES: [(&str, &str); 2] =
    [("testing.md", "src/thermometer/driver.rs"), ("testing.md", "src/thermometer/model.rs")];
/// The number of lines of a listing that doctests compile and mdbook does not show. Other viewers
/// of Markdown do show them.
const MAX_HIDDEN: usize = 2;

fn chapters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src")
}

/// Returns the Rust listings of a chapter.
fn listings(chapter: &str) -> Vec<String> {
    let mut listings = Vec::new();
    let mut listing: Option<String> = None;
    for line in chapter.lines() {
        match (&mut listing, line.starts_with("```")) {
            (Some(_), true) => listings.extend(listing.take()),
            (Some(text), false) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, true) if line.starts_with("```rust") => listing = Some(String::new()),
            (None, _) => {}
        }
    }
    listings
}

/// Returns whether a line of a listing is hidden by rustdoc and mdbook.
fn is_hidden(line: &str) -> bool {
    line == "#" || line.starts_with("# ")
}

#[test]
fn listings_are_the_sources() {
    for (chapter, source) in SOURCES {
        let text = fs::read_to_string(chapters().join(chapter)).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
        let code = fs::read_to_string(path).unwrap();
        let (_, code) = code.split_once("\n\n").unwrap();
        assert!(
            listings(&text).iter().any(|listing| listing == code),
            "{chapter} has no listing that equals examples/{source} after its first line"
        );
    }
}

#[test]
fn listings_have_few_hidden_lines() {
    let mut count = 0;
    for entry in fs::read_dir(chapters()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        for listing in listings(&fs::read_to_string(&path).unwrap()) {
            let hidden = listing.lines().filter(|line| is_hidden(line)).count();
            assert!(
                hidden <= MAX_HIDDEN,
                "{}: {hidden} hidden lines, more than {MAX_HIDDEN}, in\n{listing}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count > 20, "{count} listings were found");
}
