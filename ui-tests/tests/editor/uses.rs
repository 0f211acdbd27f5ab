//! Navigation from a field to its uses.

use core::cmp::Reverse;
use core::ops::Range;

use crate::document::Document;
use crate::navigation::{CTRL, REGS_CTRL};
use crate::session::Session;

/// Checks that all uses of a field are found from each of them, without uses of other fields of the
/// same name.
pub(crate) fn ask(session: &mut Session, functions: &[&str]) {
    let saved = session.saved.clone();
    let mut namesakes = vec![saved.place(REGS_CTRL)];
    let mut asked = vec![saved.place(CTRL)];
    for function in functions {
        namesakes.push(saved.place_in(function, "io_update!(m, .¦ctrl"));
        asked.push(saved.place_in(function, "io_read!(m, .chan[try: i].¦ctrl"));
    }
    let words = saved.words("ctrl").into_iter();
    let uses: Vec<usize> = words.filter(|place| !namesakes.contains(place)).collect();
    assert_eq!(uses.len(), 1 + 3 * functions.len(), "the document has changed: {uses:?}");

    let expected: Vec<_> = uses.iter().map(|place| saved.shown(*place)).collect();
    for place in asked {
        let mut found = session.references(place);
        found.sort_by_key(|shown| expected.iter().position(|known| known == shown));
        session.same(&format!("uses of `{}`", saved.shown(place)), &expected, &found);

        let edits = session.rename(place, "control");
        let (renamed, found) = (renamed(&saved, &uses, "control"), edited(&saved, edits));
        session.same(&format!("renaming `{}`", saved.shown(place)), &renamed, &found);
    }
}

/// Returns the text with `ctrl` replaced by `name` at the given positions.
fn renamed(document: &Document, places: &[usize], name: &str) -> String {
    let mut text = document.text().to_owned();
    for place in places.iter().rev() {
        text.replace_range(place..&(place + "ctrl".len()), name);
    }
    text
}

/// Returns the text after the edits.
fn edited(document: &Document, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(place, _)| Reverse(place.start));
    let mut text = document.text().to_owned();
    for (place, new) in edits {
        text.replace_range(place, &new);
    }
    text
}
