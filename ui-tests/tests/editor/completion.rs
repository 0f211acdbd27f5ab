//! The completions offered while a path is typed.

use lsp_types::{CompletionItem, CompletionItemKind};

use crate::session::Session;

/// The fields of each block, with their types.
const REGS: &[(&str, &str)] =
    &[("ctrl", "u32"), ("one", "Chan"), ("chan", "[Chan; 4]"), ("timer", "Timer")];
const CHAN: &[(&str, &str)] = &[("ctrl", "u32"), ("count", "Ro<u32>"), ("pair", "Pair")];
const PAIR: &[(&str, &str)] = &[("0", "u32"), ("1", "Le<u32>")];

const TIMER: &[(&str, &str)] = &[("left", "Ro<u32>"), ("load", "u32")];

/// Half-typed paths, and the completions at the cursor.
const PATHS: [(&str, &[(&str, &str)]); 8] = [
    (".¦", REGS),
    (".ch¦", REGS),
    (".one.¦", CHAN),
    (".one.ct¦", CHAN),
    (".chan[1].¦", CHAN),
    (".chan[panic: i].¦", CHAN),
    (".one.pair.¦", PAIR),
    (".timer.¦", TIMER),
];

/// Calls that contain the path, with and without the tokens after it.
const CALLS: [&str; 6] = [
    "io_project!(m, PATH);",
    "io_read!(m, PATH);",
    "io_write!(m, PATH);",
    "io_write!(m, PATH, 1);",
    "io_update!(m, PATH);",
    "io_update!(m, PATH, |v| v | 1);",
];

/// Half-typed user expressions.
const EXPRESSIONS: [&str; 4] = [
    "io_read!(LIMITS.¦)",
    "io_write!(m, .ctrl, LIMITS.¦);",
    "io_update!(m, .ctrl, |v| v + LIMITS.¦);",
    "io_update!(m, .ctrl, |v| v.min(LIMITS.bu¦));",
];
const LIMITS: &[(&str, &str)] = &[("burst", "u32")];

/// Methods of the view of a register; other methods, which only views of other types have.
const METHODS: [&str; 4] = ["read_val", "try_write_val", "copy_read", "poll"];
const OTHER_METHODS: [&str; 4] = ["split_at", "chunks", "read_at", "dma_address"];

/// Types each half-typed call into a function and checks the completions.
pub(crate) fn ask(session: &mut Session, function: &str) {
    for (path, fields) in PATHS {
        for call in CALLS {
            expect(session, function, &call.replace("PATH", path), fields);
        }
    }
    for line in EXPRESSIONS {
        expect(session, function, line, LIMITS);
    }
    session.type_in(&session.saved.clone());
}

/// Types the dot after the view of a register: its methods are offered, and not those of slices and
/// of memory with a device address, which are in separate traits for this reason.
pub(crate) fn ask_for_methods(session: &mut Session, function: &str) {
    let line = "io_project!(m, .ctrl).¦;";
    let (document, cursor) = session.saved.with_line(function, line);
    session.type_in(&document);
    let items = session.completions(cursor);
    let offers = |name: &&str| {
        items.iter().any(|item| {
            item.kind == Some(CompletionItemKind::METHOD)
                && item.label.split('(').next() == Some(*name)
        })
    };
    let found = METHODS.iter().chain(&OTHER_METHODS).filter(|name| offers(name)).collect();
    let expected: Vec<_> = METHODS.iter().collect();
    session.same(&format!("methods offered at `{line}` in `{function}`"), &expected, &found);
    session.type_in(&session.saved.clone());
}

/// Checks that exactly these fields are offered.
fn expect(session: &mut Session, function: &str, line: &str, fields: &[(&str, &str)]) {
    let (document, cursor) = session.saved.with_line(function, line);
    session.type_in(&document);
    let found = offered(&session.completions(cursor));
    let expected = fields.iter().map(|(name, of)| ((*name).to_owned(), (*of).to_owned())).collect();
    session.same(&format!("fields offered at `{line}` in `{function}`"), &expected, &found);
}

/// Returns the offered fields and their types.
fn offered(items: &[CompletionItem]) -> Vec<(String, String)> {
    let fields = items.iter().filter(|item| item.kind == Some(CompletionItemKind::FIELD));
    fields.map(|item| (item.label.clone(), item.detail.clone().unwrap_or_default())).collect()
}
