#[allow(clippy::duplicate_mod, reason = "`lib.rs` does not know of tests")]
#[path = "../testing/mod.rs"]
mod testing;

use self::testing::{assert_never_panics, assert_snapshots};

const CASES: &[(&str, &str)] = &[
    ("newtype", "#[repr(transparent)] struct Status(u32);"),
    ("refused", "enum Mode { Off, On }"),
];

const TOKENS: &str = "struct enum union pub Status u32 Le bits T 'a # # ! , , ; : :: < > = & _ 0 8 \
                      \"text\" io repr C transparent crate";

const FRAMES: &[&str] = &[
    "HOLE",
    "#[repr(HOLE)] #[io(HOLE)] struct Status(#[io(HOLE)] u32);",
    "#[repr(transparent)] #[io(crate = HOLE)] struct Status { bits: HOLE }",
    "#[repr(transparent)] struct Status<HOLE>(u32);",
    "#[repr(transparent)] struct Status(HOLE);",
    "enum Mode { HOLE }",
];

#[test]
fn expansions() {
    assert_snapshots("io_value", CASES, super::expand);
}

#[test]
fn never_panics() {
    assert_never_panics(TOKENS, FRAMES, CASES.iter().map(|case| case.1), super::expand);
}

/// `crate = $path` in a `macro_rules!` is a path.
#[test]
fn a_fragment_is_a_path() {
    let input = "#[repr(transparent)] #[io(crate = $(a::io_core))] struct Status(u32);";
    let input = io_macros_oracle::tokens(input).expect("tokens");
    let expansion = super::expand(input).to_string();
    assert!(expansion.contains("for a :: io_core :: Le"), "{expansion}");
}
