//! Messages show nothing of the implementation: no generated names, no types that only expansions
//! use, and no text about patterns, which the user has not written.

use std::fs;

use crate::{messages, root};

/// The files that define types which only expansions use.
const DEFINITIONS: [&str; 6] = [
    "io-core/src/layout/tail.rs",
    "io-core/src/project/build_index.rs",
    "io-core/src/project/field.rs",
    "io-core/src/project/index.rs",
    "io-core/src/project/literal.rs",
    "io-core/src/value/bytes.rs",
];

/// The compiler's words about patterns.
const PATTERN_WORDS: [&str; 3] = ["pattern requires", "pattern cannot match", "refutable pattern"];

#[test]
fn messages_show_nothing_of_the_implementation() {
    let types = types_of_expansions();
    assert!(types.contains(&"FieldOffset".to_owned()), "{types:?}");
    let (mut lines, mut offenders) = (0, Vec::new());
    for path in messages() {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_quote(line)) {
            lines += 1;
            if let Some(problem) = problem(line, &types) {
                let path = path.strip_prefix(root()).unwrap().display();
                offenders.push(format!("{path}:{}: {problem}: {line}", number + 1));
            }
        }
    }
    assert!(lines >= 1000, "only {lines} lines in all messages");
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
}

/// Returns what a line shows of the implementation.
fn problem(line: &str, types: &[String]) -> Option<String> {
    if line.contains("__") {
        return Some("a generated name".to_owned());
    }
    if let Some(words) = PATTERN_WORDS.iter().find(|words| line.contains(**words)) {
        return Some(format!("`{words}`"));
    }
    let code = line.split('`').skip(1).step_by(2);
    let mut names = code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let name = names.find(|name| types.iter().any(|hidden| hidden == name))?;
    Some(format!("the type `{name}`"))
}

/// Returns whether a line quotes source code, or marks a place in it.
fn is_quote(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    ["|", "...", ":::", "-->"].iter().any(|mark| rest.starts_with(mark))
}

/// The names of the types that only expansions use.
fn types_of_expansions() -> Vec<String> {
    let mut names = Vec::new();
    for file in DEFINITIONS {
        let text = fs::read_to_string(root().join("..").join(file)).unwrap();
        let definitions = text.lines().filter_map(|line| line.strip_prefix("pub struct "));
        names.extend(definitions.filter_map(|line| {
            line.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned)
        }));
    }
    names
}

#[test]
fn the_rules_find_each_kind_of_implementation_detail() {
    let types = ["FieldOffset".to_owned()];
    let found = |line| problem(line, &types).is_some();
    assert!(found("error: cannot find `__p`"));
    assert!(found("error[E0528]: pattern requires at least 5 elements but array has 4"));
    assert!(found("error: expected `FieldOffset<_, u32>`"));
    assert!(!found("error: FieldOffset is a word here, and `Le<u32>` is code"));
    assert!(
        is_quote("12 |     io_read!(regs, .a)") && is_quote("   |_____^") && is_quote("  --> a.rs")
    );
    assert!(!is_quote("  = note: text"));
}
