#[allow(clippy::duplicate_mod, reason = "the tests of each macro include it")]
#[path = "../testing/mod.rs"]
mod testing;

use proc_macro2::{TokenStream, TokenTree};

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

/// Returns the rows of each register table in the tokens.
fn tables(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(tables(group.stream())),
            TokenTree::Literal(literal) => {
                let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) else {
                    continue;
                };
                if text.value().contains(super::table::HEADING) {
                    let text = text.value();
                    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
                    found.push(rows.map(str::to_owned).collect());
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn table_shows_the_width_of_bit_fields_where_offsets_imply_it() {
    let input = "#[repr(C)] #[io(size = 0x20)] struct Regs {
        #[io(at = 0x0)] status: Ro<Le<Status>>,
        #[io(at = 0x4)] errors: [ReadToClear<flags::Errors>; 2],
        #[io(at = 0x8)] mode: Narrow<Mode, u32>,
        pub config: Le<Config>,
        _pad: Reserved<4>,
        #[io(at = 0x14)] pub chan: Chan,
        #[io(at = 0x18)] last: W1c<Le<Irq>>,
    }";
    let [rows] = &tables(super::expand(parse(input)))[..] else { panic!("not one table") };
    assert_eq!(
        rows[..],
        [
            "| 0x00 | `status` | `Ro<Le<Status>>` | 32 | read-only |  |",
            "| 0x04 | `errors` | `[ReadToClear<flags::Errors>; 2]` | 16 | read-to-clear |  |",
            "| 0x08 | `mode` | `Narrow<Mode, u32>` | 32 | read-write |  |",
            "| 0x0c | `config` | `Le<Config>` | see [`Config`](type@Config) | read-write |  |",
            "| 0x14 | `chan` | `Chan` | see [`Chan`](type@Chan) | see [`Chan`](type@Chan) |  |",
            "| 0x18 | `last` | `W1c<Le<Irq>>` | 64 | write-one-to-clear |  |",
        ]
    );
}

#[test]
fn table_counts_offsets_from_the_last_known_one() {
    let input = "#[repr(C)] struct Regs<T> {
        pub head: Head<T>,
        a: u32,
        b: LoHi<Le<u64>>,
        #[io(stride = 0x20)] pub chan: [Chan; 4],
        #[io(at = BASE + 4)] c: Wo<T>,
        #[io(at = 0x100, stride = 0x10)] d: [Chan; 2],
        _pad: Reserved<8>,
        /// The number of entries | free ones.
        e: [Le<u16>],
    }";
    let [rows] = &tables(super::expand(parse(input)))[..] else { panic!("not one table") };
    assert_eq!(
        rows[..],
        [
            "| 0x00 | `head` | `Head<T>` | see [`Head<T>`](type@Head) | see [`Head<T>`](type@Head) |  |",
            "| after `head` | `a` | `u32` | 32 | read-write |  |",
            "| after `head` + 0x04 | `b` | `LoHi<Le<u64>>` | 64 (2 × 32) | read-write |  |",
            "| after `head` + 0x0c | `chan` | `[Chan; 4]` | see [`Chan`](type@Chan) | see [`Chan`](type@Chan) |  |",
            "| `BASE + 4` | `c` | `Wo<T>` | see `T` | write-only |  |",
            "| 0x100 | `d` | `[Chan; 2]` | see `Chan` | see `Chan` |  |",
            "| 0x128 | `e` | `[Le<u16>]` | 16 | read-write | The number of entries \\| free ones. |",
        ]
    );
}

/// A gap after a field may be part of the distance to the next one.
#[test]
fn table_of_the_attribute_implies_no_widths() {
    let item =
        "struct Regs { #[io(at = 0x0)] pub a: Ro<Status>, #[cfg(x)] #[io(at = 8)] pub b: Ro<Odd> }";
    let expansion = super::expand_attribute(parse("size = 0x10"), parse(item));
    let [rows] = &tables(expansion.clone())[..] else { panic!("not one table") };
    assert_eq!(
        rows[..],
        [
            "| 0x00 | `a` | `Ro<Status>` | see [`Status`](type@Status) | read-only |  |",
            "| 0x08 | `b` | `Ro<Odd>` | see `Odd` | read-only |  |",
        ]
    );
    // The derive that the attribute adds.
    assert_eq!(tables(super::expand(expansion)), Vec::<Vec<String>>::new());
}

#[test]
fn table_of_a_remote_struct_is_at_its_alias() {
    let item = "struct Regs { #[io(at = 0x0)] a: Ro<Le<Status>>, #[io(at = 0x2)] b: u16 }";
    let expansion = super::expand_attribute(parse("remote = bindings::regs"), parse(item));
    let [rows] = &tables(expansion)[..] else { panic!("not one table") };
    assert_eq!(rows[0], "| 0x00 | `a` | `Ro<Le<Status>>` | 16 | read-only |  |");
}
