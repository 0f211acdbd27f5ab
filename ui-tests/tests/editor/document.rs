//! The text in the editor, and positions in it.
//!
//! A position is named by the text around it with `¦` at the cursor: `.chan[1].¦ctrl`.

use core::ops::Range;

use lsp_types::Position;

/// Marks the cursor in the name of a position.
const CURSOR: char = '¦';

/// The text of a document.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    text: String,
}

impl Document {
    pub(crate) fn new(text: &str) -> Self {
        // With ASCII, columns are the same in every encoding.
        assert!(text.is_ascii(), "the document has letters beyond ASCII");
        Self { text: text.to_owned() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range of a function, from its name to the closing brace in the first column.
    fn function(&self, name: &str) -> Range<usize> {
        let start = self.only(&format!("fn {name}"), 0..self.text.len());
        let length = self.text[start..].find("\n}").expect("functions end");
        start..start + length
    }

    /// Returns the document with a line added at the start of a function's body, and the position
    /// of the cursor.
    pub(crate) fn with_line(&self, function: &str, line: &str) -> (Self, usize) {
        let body = self.function(function);
        let start = body.start + self.text[body].find("{\n").expect("functions have bodies") + 2;
        let mut text = self.text.clone();
        text.insert_str(start, &format!("    {}\n", line.replace(CURSOR, "")));
        let cursor = line.find(CURSOR).unwrap_or_else(|| panic!("no cursor in {line}"));
        (Self { text }, start + 4 + cursor)
    }

    /// Returns the only position with this name.
    pub(crate) fn place(&self, place: &str) -> usize {
        self.place_within(place, 0..self.text.len())
    }

    /// Returns the only position with this name in a function.
    pub(crate) fn place_in(&self, function: &str, place: &str) -> usize {
        self.place_within(place, self.function(function))
    }

    fn place_within(&self, place: &str, part: Range<usize>) -> usize {
        let cursor = place.find(CURSOR).unwrap_or_else(|| panic!("no cursor in {place}"));
        self.only(&place.replace(CURSOR, ""), part) + cursor
    }

    fn only(&self, what: &str, part: Range<usize>) -> usize {
        let found: Vec<_> = self.text[part.clone()].match_indices(what).collect();
        match found[..] {
            [(place, _)] => part.start + place,
            _ => panic!("`{what}` is {} times in the document, not once", found.len()),
        }
    }

    /// Formats a position for display: the line number and the line's text, with the cursor.
    pub(crate) fn shown(&self, offset: usize) -> String {
        let position = self.position(offset);
        let (before, after) = self.text.split_at(offset);
        let before = before.rsplit('\n').next().unwrap_or(before).trim_start();
        let after = after.split('\n').next().unwrap_or(after);
        format!("{}: {before}{CURSOR}{after}", position.line + 1)
    }

    pub(crate) fn position(&self, offset: usize) -> Position {
        let line_start = self.text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[..offset].matches('\n').count();
        Position::new(line.try_into().unwrap(), (offset - line_start).try_into().unwrap())
    }

    pub(crate) fn offset(&self, position: Position) -> usize {
        let lines = self.text.split_inclusive('\n').take(position.line.try_into().unwrap());
        let column: usize = position.character.try_into().unwrap();
        lines.map(str::len).sum::<usize>() + column
    }

    /// Returns the positions of this word outside of comments.
    pub(crate) fn words(&self, word: &str) -> Vec<usize> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let found = self.text.match_indices(word).map(|(place, _)| place);
        let whole = |place: &usize| {
            let (before, from) = self.text.split_at(*place);
            let line = before.rsplit('\n').next().unwrap_or(before);
            !before.ends_with(is_part)
                && !from[word.len()..].starts_with(is_part)
                && !line.contains("//")
        };
        found.filter(whole).collect()
    }
}
