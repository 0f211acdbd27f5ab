//! Compares two normalised listings, probe by probe.

use alloc::collections::{BTreeMap, BTreeSet};

/// The number of lines shown of each side.
const SHOWN: usize = 6;

/// The result of a comparison.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The number of probes in the saved listing.
    pub(super) compared: usize,
    /// One entry for each probe that differs: its name, the reason and a short diff.
    pub(super) problems: Vec<String>,
}

/// Compares the probes of a saved listing with the current ones.
///
/// Optimised probes must be identical; others must not have more instructions. A probe that exists
/// only in the current code is not compared.
pub(super) fn compare(saved: &str, current: &str, optimised: bool) -> Result<Found, String> {
    let (saved, current) = (probes(saved)?, probes(current)?);
    let problem = |(name, before): (&&str, &Vec<&str>)| {
        let Some(after) = current.get(*name) else {
            return Some(format!("{name} no longer exists\n"));
        };
        let [was, is] = [before, after].map(|lines| instructions(lines));
        let differs = if optimised { before != after } else { is > was };
        differs.then(|| {
            format!("{name}: {was} instructions before, {is} now\n{}", diff(before, after))
        })
    };
    let problems = saved.iter().filter_map(problem).collect();
    Ok(Found { compared: saved.len(), problems })
}

/// The lines of each probe.
fn probes(text: &str) -> Result<BTreeMap<&str, Vec<&str>>, String> {
    let mut probes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            current = Some(name);
            probes.insert(name, vec![]);
        } else {
            let lines = current.and_then(|name| probes.get_mut(name));
            lines.ok_or_else(|| format!("`{line}` does not belong to a probe"))?.push(line);
        }
    }
    if probes.is_empty() {
        return Err("the listing contains no probe".to_owned());
    }
    Ok(probes)
}

/// The number of instructions of a probe and of the functions that it reaches.
///
/// Functions with the same text count once: a generic function that two crates compile without
/// optimisation is in a program twice, and each call runs one of them.
fn instructions(lines: &[&str]) -> usize {
    let functions: BTreeSet<&[&str]> = lines.split(|line| *line == "--").collect();
    functions.iter().map(|function| function.len()).sum()
}

/// The lines between the common start and the common end, at most [`SHOWN`] of each side.
fn diff(before: &[&str], after: &[&str]) -> String {
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[start..], &after[start..]);
    let end = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut text = format!("@@ line {} @@\n", start + 1);
    for (sign, lines) in [('-', before), ('+', after)] {
        let lines = &lines[..lines.len() - end];
        lines.iter().take(SHOWN).for_each(|line| text.push_str(&format!("{sign}{line}\n")));
        if lines.len() > SHOWN {
            text.push_str(&format!("{sign}  ({} more)\n", lines.len() - SHOWN));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "== probe_a\n  mov\n  call <copy>\n--\n  ret\n== probe_b\n  ret\n";

    fn problems(current: &str, optimised: bool) -> Vec<String> {
        compare(SAVED, current, optimised).expect("both are well-formed").problems
    }

    #[test]
    fn optimised_code_must_be_identical() {
        assert!(problems(SAVED, true).is_empty());
        let changed = problems(&SAVED.replace("--\n  ret", "--\n  nop"), true);
        assert_eq!(
            changed,
            ["probe_a: 3 instructions before, 3 now\n@@ line 4 @@\n-  ret\n+  nop\n"]
        );
    }

    #[test]
    fn unoptimised_code_must_not_grow() {
        assert!(problems(&SAVED.replace("mov", "nop"), false).is_empty());
        assert_eq!(problems(&SAVED.replace("  mov", "  mov\n  mov"), false).len(), 1);
    }

    #[test]
    fn equal_functions_count_once() {
        let twice = SAVED.replace("--\n  ret", "--\n  ret\n--\n  ret");
        assert!(problems(&twice, false).is_empty());
        let other = SAVED.replace("--\n  ret", "--\n  nop\n--\n  ret");
        assert_eq!(problems(&other, false).len(), 1);
    }

    #[test]
    fn removed_probes_and_empty_listings_are_reported() {
        assert_eq!(problems("== probe_a\n  ret\n", false).len(), 1);
        assert!(compare("", SAVED, true).is_err());
    }
}
