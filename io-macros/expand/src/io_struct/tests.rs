#[allow(clippy::duplicate_mod, reason = "the tests of each macro include it")]
#[path = "../testing/mod.rs"]
mod testing;

use self::testing::{assert_never_panics, assert_snapshots, parse};

const CASES: &[(&str, &str)] = &[
    ("one_field", "#[repr(C)] struct Regs { ctrl: u32 }"),
    (
        "at_and_size",
        "#[repr(C, packed(4))] #[io(size = 8, crate = crate::io)] \
         struct Desc { #[doc = \" In bytes.\"] #[io(at = 4)] len: Le<u32> }",
    ),
    ("generic", "#[repr(C)] struct Bank<T: Copy, const N: usize>([T; N]) where T: Default;"),
    ("own_bit", "#[repr(C)] struct Desc { body: u32, #[io(own_bit)] flags: OwnBit<u32> }"),
    ("refused", "#[io(sise = 8)] struct Regs { #[io(at)] ctrl: u32 }"),
];

const TOKENS: &str = "struct enum union pub Regs T u32 r#type ctrl Self 'a 'b const N usize where \
                      dyn impl for fn # # ! , , ; : : :: < > = = -> & * + .. _ 0 8 0x10 1.5 -1 \
                      \"text\" io repr C packed transparent at size crate doc";

const FRAMES: &[&str] = &[
    "HOLE",
    "HOLE struct Regs { a: u32 }",
    "#[HOLE] struct Regs { #[HOLE] a: u32 }",
    "#[repr(HOLE)] #[io(HOLE)] struct Regs { #[io(HOLE)] a: u32 }",
    "#[repr(C)] #[io(size = HOLE, crate = HOLE)] struct Regs(#[io(at = HOLE)] u32);",
    "#[repr(C)] struct Regs<HOLE>(u32);",
    "#[repr(C)] struct Regs<T, const N: usize> where HOLE { a: [T; N] }",
    "#[repr(C)] struct Regs { a: HOLE }",
    "#[repr(C)] struct Regs { HOLE }",
    "#[repr(C)] struct Regs(HOLE);",
];

#[test]
fn expansions_match_their_snapshots() {
    assert_snapshots("io_struct", CASES, super::expand);
}

#[test]
fn no_input_causes_a_panic() {
    assert_never_panics(TOKENS, FRAMES, CASES.iter().map(|case| case.1), super::expand);
}

/// All mistakes in a struct are reported at once, and uses of the struct add no errors.
#[test]
fn all_errors_are_reported_at_once() {
    let input =
        "#[io(sise = 8)] struct Regs { #[io(at)] a: u8, #[io(at = 0, at = 4)] b: u8, #[io] c: u8 }";
    let expansion = super::expand(parse(input)).to_string();
    assert_eq!(expansion.matches("compile_error").count(), 5, "{expansion}");
    assert!(expansion.contains("IoStruct for Regs"), "{expansion}");
}

/// Const parameters may have defaults, and structs may have no fields.
#[test]
fn unusual_structs_are_accepted() {
    for input in [
        "#[repr(C)] struct Empty;",
        "#[repr(C)] struct Empty {}",
        "#[repr(C)] struct Empty();",
        "#[repr(C)] struct Bank<const N: usize = 4, const ON: bool = { true }>([u32; N]);",
        "#[repr(transparent)] struct Only(u32);",
        "#[repr(C)] #[repr(align(64))] pub(in crate::x) struct r#Raw { r#type: u8 }",
    ] {
        let expansion = super::expand(parse(input)).to_string();
        assert!(!expansion.contains("compile_error"), "{input}: {expansion}");
    }
}
