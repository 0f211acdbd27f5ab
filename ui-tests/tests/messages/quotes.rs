//! Compile errors that the book quotes have the wording of a message of a case.

use alloc::collections::BTreeSet;
use std::fs;

use crate::{files, messages, root};

#[test]
fn quoted_errors_have_the_wording_of_a_message() {
    let mut known = BTreeSet::new();
    for path in messages() {
        let text = fs::read_to_string(path).unwrap();
        known.extend(text.lines().filter(|line| is_error(line)).map(wording));
    }
    let (mut count, mut stale) = (0, Vec::new());
    for path in files(&root().join("../docs/src"), "md") {
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| is_error(line)) {
            count += 1;
            // A quote may end with an ellipsis.
            let quoted = line.split('…').next().map(wording).unwrap_or_default();
            if !known.iter().any(|message| message.starts_with(quoted.trim_end())) {
                stale.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(count >= 5, "only {count} quoted errors in the book");
    assert!(stale.is_empty(), "no message has this wording:\n{}", stale.join("\n"));
}

fn is_error(line: &str) -> bool {
    line.starts_with("error: ") || line.starts_with("error[")
}

/// Returns the text without the names in backticks and without numbers, which differ between cases.
fn wording(line: &str) -> String {
    let outside = line.split('`').enumerate().filter(|(part, _)| part % 2 == 0);
    let text: Vec<&str> = outside.map(|(_, text)| text).collect();
    let words = text.join("``");
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words = words.split(' ').map(|word| if is_number(word) { "0" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn names_and_numbers_are_not_part_of_the_wording() {
    let message = wording("error[E0080]: field `ctrl` of `Regs` is at offset 0x4, but 12 bytes");
    assert_eq!(
        message,
        wording("error[E0080]: field `id` of `Timer` is at offset 0x10, but 3 bytes")
    );
    assert_ne!(
        message,
        wording("error[E0080]: field `id` of `Timer` has offset 0x10, but 3 bytes")
    );
}
