//! Navigation from a name to its definition.

use crate::session::Session;

/// A name at the cursor, the position of its definition, and texts that its hover shows.
struct Name {
    used: &'static str,
    defined: &'static str,
    shown: [&'static str; 2],
}

const fn name(used: &'static str, defined: &'static str, shown: [&'static str; 2]) -> Name {
    Name { used, defined, shown }
}

/// Names of fields in the functions: after each kind of step, in each macro.
const NAMES: [Name; 12] = [
    name("io_write!(m, .¦one.ctrl, 1)", "    ¦one: Chan", ["one: Chan", "A channel of its own."]),
    name("io_write!(m, .one.¦ctrl, 1)", CTRL, ["ctrl: u32", "Starts a transfer."]),
    name("io_update!(m, .chan[1].¦ctrl", CTRL, ["ctrl: u32", "Starts a transfer."]),
    name("io_write!(m, .¦chan[panic: i].pair.1", CHAN, ["chan: [Chan; 4]", "The other channels."]),
    name("[panic: i].¦pair.1, 3", "    ¦pair: Pair", ["pair: Pair", "From where to where."]),
    name("[panic: i].pair.¦1, 3", "struct Pair(u32, ¦Le<u32>)", ["1: Le<u32>", ""]),
    name("io_write!(m, .timer.¦load", "pub(super) ¦load: u32", ["load: u32", "Where it starts."]),
    name("io_update!(m, .¦ctrl", REGS_CTRL, ["ctrl: u32", "Resets the engine."]),
    name("io_project!(m, .¦chan[build", CHAN, ["chan: [Chan; 4]", "The other channels."]),
    name("io_read!(m, .chan[try: i].¦ctrl", CTRL, ["ctrl: u32", "Starts a transfer."]),
    name("io_read!(m, .one.pair.¦0", "struct Pair(¦u32, Le<u32>)", ["0: u32", ""]),
    name(
        "io_read!(part, .¦count)",
        "    ¦count: Ro<u32>",
        ["count: Ro<u32>", "Bytes that are left."],
    ),
];
const CHAN: &str = "    ¦chan: [Chan; 4]";
pub(crate) const CTRL: &str = "    /// Starts a transfer.\n    ¦ctrl: u32";
pub(crate) const REGS_CTRL: &str = "    /// Resets the engine.\n    ¦ctrl: u32";

/// Names of variables and constants in the functions.
const VARIABLES: [(&str, &str); 5] = [
    ("io_read!(¦part, .count)", "let ¦part = "),
    ("io_write!(m, .chan[panic: ¦i]", "¦i: usize"),
    ("io_read!(m, .chan[try: ¦i]", "¦i: usize"),
    ("io_project!(m, .chan[build: ¦LAST]", "const ¦LAST: usize"),
    ("io_update!(m, .ctrl, |v| ¦v & !1)", "io_update!(m, .ctrl, |¦v|"),
];

/// Each name has one definition, and its hover shows the expected texts.
pub(crate) fn ask(session: &mut Session, function: &str) {
    for Name { used, defined, shown } in NAMES {
        leads_to(session, function, used, session.saved.place(defined));
        let cursor = session.saved.place_in(function, used);
        let hover = session.hover(cursor);
        let is_right = shown.iter().all(|part| hover.contains(part));
        session.same(
            &format!("{shown:?} in `{hover}`, shown at `{used}` in `{function}`"),
            &true,
            &is_right,
        );
    }
    for (used, defined) in VARIABLES {
        let defined = match defined.starts_with("const") {
            true => session.saved.place(defined),
            false => session.saved.place_in(function, defined),
        };
        leads_to(session, function, used, defined);
    }
}

fn leads_to(session: &mut Session, function: &str, used: &str, defined: usize) {
    let found = session.definitions(session.saved.place_in(function, used));
    let expected = vec![session.saved.shown(defined)];
    session.same(&format!("definition of `{used}` in `{function}`"), &expected, &found);
}
