#[allow(clippy::duplicate_mod, reason = "the tests of each macro include it")]
#[path = "../testing/mod.rs"]
mod testing;

use self::testing::{assert_never_panics, assert_snapshots};

const CASES: &[(&str, &str)] = &[
    ("newtype", "#[repr(transparent)] struct Status(u32);"),
    ("flags", "#[io(bits = u32)] #[repr(transparent)] struct Status(Internal);"),
    (
        "masks",
        "#[io(w1c = Self::A | Self::B, read_clears = 4, ro = 8)] #[repr(transparent)] struct Status(u16);",
    ),
    ("refused_masks", "#[io(w1t = 1, w1c = \"1\", ro)] #[repr(u8)] enum Mode { Off }"),
    ("enum", "#[repr(i8)] enum r#Mode { Off = -1, r#On }"),
    ("refused_enum", "#[io(bits = u8)] #[repr(C)] enum Mode { Off, #[io(at = 0)] On(u8) }"),
    ("refused_newtype", "struct Status<T>(T, #[io] u8);"),
    ("refused_unsized", "struct Status([u8]);"),
];

const TOKENS: &str = "struct enum union pub Status u32 i8 usize Le bits T 'a r#On # # ! , , ; : :: < > \
                      = & _ 0 8 - \"text\" io repr C transparent align crate dyn";

const FRAMES: &[&str] = &[
    "HOLE",
    "#[repr(HOLE)] #[io(HOLE)] struct Status(#[io(HOLE)] u32);",
    "#[repr(transparent)] #[io(crate = HOLE)] struct Status { bits: HOLE }",
    "#[repr(transparent)] struct Status<HOLE>(u32);",
    "#[repr(transparent)] struct Status(HOLE);",
    "#[repr(transparent)] #[io(bits = HOLE)] struct Status(Internal);",
    "#[repr(transparent)] #[io(w1c = HOLE, ro = HOLE)] struct Status(u32);",
    "#[repr(HOLE)] enum Mode { Off, On }",
    "#[repr(u8)] #[io(HOLE)] enum Mode<HOLE> { HOLE }",
    "#[repr(u8)] enum Mode { Off(HOLE), On = HOLE, Two { HOLE } }",
];

#[test]
fn expansions_match_their_snapshots() {
    assert_snapshots("io_value", CASES, super::expand);
}

#[test]
fn no_input_causes_a_panic() {
    assert_never_panics(TOKENS, FRAMES, CASES.iter().map(|case| case.1), super::expand);
}

/// `crate = $path` in a `macro_rules!` is a path.
#[test]
fn crate_accepts_a_path_fragment() {
    let input = "#[repr(transparent)] #[io(crate = $(a::io_core))] struct Status(u32);";
    let input = io_macros_oracle::tokens(input).expect("tokens");
    let expansion = super::expand(input).to_string();
    assert!(expansion.contains("From < a :: io_core :: Le"), "{expansion}");
}
