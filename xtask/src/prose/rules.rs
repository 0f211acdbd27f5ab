//! The constructions that the writing style excludes, as far as they can be recognised by words.

/// A construction that a text contains.
pub(super) type Marker = &'static str;

/// The words that start a clause without a main clause.
const CLAUSES: [&str; 9] =
    ["What", "Whether", "Where", "Who", "Whose", "How", "Which", "That", "When"];

/// The forms of *to be* that a negation can follow.
const FORMS_OF_BE: [&str; 5] = ["is", "are", "be", "was", "were"];

/// A word, and whether exactly one space is between it and the word before.
struct Word<'a> {
    text: &'a str,
    joined: bool,
    /// The characters between this word and the next.
    after: &'a str,
}

/// Returns the constructions in a text, once for each occurrence.
pub(super) fn markers(text: &str) -> Vec<Marker> {
    let words = words(text);
    (0..words.len()).filter_map(|at| marker(&words, at)).collect()
}

/// Returns whether a summary line or a name starts with a clause that has no main clause.
pub(super) fn is_bare_clause(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    CLAUSES.iter().any(|clause| *clause == first && *clause != "When") && !text.contains('?')
}

/// Returns whether the name of a test starts with a clause that has no main clause.
pub(super) fn is_bare_name(name: &str) -> bool {
    let first = name.split('_').next().unwrap_or_default();
    ["what", "whether", "where", "who", "whose", "how", "which"].contains(&first)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut rest = text;
    let mut gap = "";
    while let Some(start) = rest.find(is_part) {
        gap = if words.is_empty() { gap } else { &rest[..start] };
        let word = &rest[start..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        if let Some(last) = words.last_mut() {
            last.after = gap;
        }
        words.push(Word { text: &word[..end], joined: gap == " ", after: "" });
        rest = &word[end..];
    }
    if let Some(last) = words.last_mut() {
        last.after = rest;
    }
    words
}

fn marker(words: &[Word<'_>], at: usize) -> Option<Marker> {
    let word = words[at].text;
    let next = |n: usize| {
        let joined = words.get(at + 1..=at + n)?.iter().all(|word| word.joined);
        joined.then(|| words[at + n].text)
    };
    let one = next(1).unwrap_or_default();
    let two = next(2).unwrap_or_default();
    match word {
        "tells" | "told" | "says" | "said" => Some("speaking thing"),
        "nobody" | "somebody" | "anybody" => Some("indefinite person"),
        _ if FORMS_OF_BE.contains(&word) && one == "none" => Some("negated predicate"),
        _ if FORMS_OF_BE.contains(&word) && one == "no" && is_negated_noun(two) => {
            Some("negated noun")
        }
        "So" | "so" if ["many", "wide", "aligned"].contains(&one) => Some("degree with so"),
        "So" | "so" if one == "long" && two != "as" => Some("degree with so"),
        "behind" if !is_place(words, at) => Some("behind"),
        "stand" | "stands" if one != "for" && !words[at].after.starts_with('-') => Some("stands"),
        "had" if at > 0 && words[at].joined && FORMS_OF_BE.contains(&words[at - 1].text) => {
            Some("passive of have")
        }
        "had" if one == "from" => Some("passive of have"),
        _ if is_verb(word) && one == "not" && is_object(two) => Some("inverted negation"),
        "Such" | "such" if ["of", "with"].contains(&one) => Some("bare such"),
        "Such" | "such" if (one, two) == ("as", "cannot") => Some("bare such"),
        _ => None,
    }
}

/// Returns whether a negation with *no* is unusual with this word.
fn is_negated_noun(word: &str) -> bool {
    let usual = ["longer", "more", "need", "way"].iter().any(|usual| word.starts_with(usual));
    word.starts_with(|c: char| c.is_ascii_lowercase()) && !usual
}

/// Returns whether the word at this position has its literal meaning: the place of something that
/// is reached through a bus, a pointer or the like.
fn is_place(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| words[before].text);
    let is_left = before == Some("left")
        || before == Some("nothing") && at > 1 && words[at - 2].text == "leave";
    let [article, noun] = [1, 2].map(|n| words.get(at + n).map_or("", |word| word.text));
    let nouns =
        ["BAR", "bridge", "bus", "device", "lock", "feature", "pointer", "reference", "switch"];
    is_left || ["a", "an", "the", "that"].contains(&article) && nouns.contains(&noun)
}

fn is_verb(word: &str) -> bool {
    let verbs = ["divide", "read", "write", "hold", "ask", "make"];
    verbs.contains(&word.strip_suffix('s').unwrap_or(word)) || word == "has"
}

fn is_object(word: &str) -> bool {
    ["both", "so", "the", "a", "enough", "many"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line is a construction and a text that contains it, or no construction.
    const EXAMPLES: &str = include_str!("examples.txt");

    #[test]
    fn each_construction_is_found_and_plain_text_is_not() {
        let mut found = Vec::new();
        for line in EXAMPLES.lines() {
            let (expected, text) = line.split_once(": ").unwrap();
            let expected: Vec<Marker> = match expected {
                "plain" => Vec::new(),
                expected => vec![expected],
            };
            assert_eq!(markers(text), expected, "{text}");
            found.extend(expected);
        }
        found.dedup();
        assert_eq!(found.len(), 10, "{found:?}");
    }

    #[test]
    fn bare_clauses_are_found() {
        assert!(is_bare_clause("What may cross"));
        assert!(!is_bare_clause("What may cross?"));
        assert!(!is_bare_clause("Whatever crosses"));
        assert!(is_bare_name("whose_turn_it_is"));
        assert!(!is_bare_name("whole_blocks"));
    }
}
