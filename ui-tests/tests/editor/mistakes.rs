//! Errors that are underlined while typing, before any compiler runs.

use crate::session::Session;

/// Mistakes that the macros report: the typed text, the underlined text, and words of the message.
const MISTAKES: [(&str, &str, &str); 3] = [
    (
        "io_read!(m, .chan[¦i].ctrl);",
        "i",
        "a non-literal index requires a policy: `[build: N]` is checked by the compiler, \
         `[try: i]` returns an error, `[panic: i]` panics",
    ),
    ("¦io_write!(m, .ctrl);", "io_write!", "`io_write!` requires a value after the path"),
    ("io_read!(m, .ctrl ¦= 1);", "=", "expected `.field`, `[index]` or `,`"),
];

/// The macros' own errors are shown, and no errors where there is no mistake.
pub(crate) fn ask(session: &mut Session, function: &str) {
    let found = session.diagnostics();
    session.same("what is wrong with the saved file", &vec![], &found);
    for (line, underlined, message) in MISTAKES {
        let (document, place) = session.saved.with_line(function, line);
        session.type_in(&document);
        let place = place..place + underlined.len();
        let expected = vec![(place, message.to_owned())];
        let found = session.diagnostics();
        session.same(&format!("what is wrong with `{line}`"), &expected, &found);
    }
    session.type_in(&session.saved.clone());
}
