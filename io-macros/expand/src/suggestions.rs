//! The option that an unknown name was probably meant to be.

/// Returns the option that other crates or data sheets call `name`, or else one with a similar name.
pub(crate) fn for_name<'a>(name: &str, options: &[&'a str]) -> Option<&'a str> {
    let same = options.iter().find(|option| aliases(option).contains(&name));
    let close = || options.iter().find(|option| is_close(name, option) || is_called(name, option));
    same.or_else(close).copied()
}

/// Returns whether `typed` is close to a name that others use for `option`.
fn is_called(typed: &str, option: &str) -> bool {
    aliases(option).iter().any(|other| is_close(typed, other))
}

/// Returns the names that other crates and data sheets use for `option`.
fn aliases(option: &str) -> &'static [&'static str] {
    match option {
        "at" => &["offset", "off", "addr"],
        "size" => &["len", "length", "bytes"],
        "toggle" => &["w1t"],
        "write_clears" => &["wc"],
        "write_sets" => &["ws"],
        "write_once" => &["w1"],
        "read_clears" => &["rc"],
        "read_sets" => &["rs"],
        "self_clearing" => &["sc"],
        _ => &[],
    }
}

/// Returns whether `typed` differs from `option` in at most two letters, and in fewer than all.
fn is_close(typed: &str, option: &str) -> bool {
    let mut row: Vec<usize> = (0..=option.len()).collect();
    for (i, a) in typed.bytes().enumerate() {
        let mut above_left = row[0];
        row[0] = i + 1;
        for (j, b) in option.bytes().enumerate() {
            let replaced = above_left + usize::from(a != b);
            above_left = row[j + 1];
            row[j + 1] = replaced.min(above_left + 1).min(row[j] + 1);
        }
    }
    row[option.len()] <= 2 && row[option.len()] < option.len()
}

#[cfg(test)]
mod tests {
    use super::is_close;

    #[test]
    fn is_close_accepts_typos_and_rejects_other_words() {
        assert!(is_close("offest", "offset"));
        assert!(is_close("sise", "size"));
        assert!(is_close("att", "at"));
        assert!(!is_close("xy", "at"));
        assert!(!is_close("offset", "at"));
        assert!(!is_close("", "size"));
    }
}
