//! A page: its links, and the anchors that links may refer to.

use alloc::collections::BTreeSet;
use std::path::PathBuf;

/// Links and anchors of one page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// The names after `#` that the page defines.
    pub(crate) anchors: BTreeSet<String>,
    /// The links, in order.
    pub(crate) links: Vec<Link>,
    /// The page that a browser shows instead.
    pub(crate) redirect: Option<String>,
    /// Files whose text is part of the page.
    pub(crate) included: Vec<PathBuf>,
    /// Errors of the page itself, as `line: text`.
    pub(crate) problems: Vec<(usize, String)>,
}

/// A link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The line of the page.
    pub(crate) line: usize,
    /// The target, as in the source.
    pub(crate) target: String,
}

impl Page {
    /// Adds a link.
    pub(crate) fn link(&mut self, line: usize, target: &str) {
        self.links.push(Link { line, target: target.to_owned() });
    }

    /// Returns whether the page defines an anchor, which may be percent-encoded in the link.
    pub(crate) fn has_anchor(&self, name: &str) -> bool {
        self.anchors.contains(name) || self.anchors.contains(&decoded(name))
    }
}

/// Returns the number of the line that contains the byte at `offset`, from 1.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Decodes `%20` and other percent-encoded bytes; returns text that cannot be decoded unchanged.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let byte = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| u8::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_decoded() {
        assert_eq!(decoded("impl-From%3CT%3E"), "impl-From<T>");
        for same in ["100%", "%zz", "%2", "plain", "%ff"] {
            assert_eq!(decoded(same), same);
        }
    }

    #[test]
    fn anchors_are_found_encoded_and_decoded() {
        let anchors = ["a%3Cb", "c<d"].map(str::to_owned).into();
        let page = Page { anchors, ..Page::default() };
        assert!(page.has_anchor("a%3Cb") && page.has_anchor("c%3Cd") && page.has_anchor("c<d"));
        assert!(!page.has_anchor("a") && !page.has_anchor("a<b"));
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(
            ["a\nb\nc"].map(|text| [0, 1, 2, 4].map(|at| line_at(text, at))),
            [[1, 1, 2, 3]]
        );
    }
}
