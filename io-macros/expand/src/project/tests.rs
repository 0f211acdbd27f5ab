use proc_macro2::{TokenStream, TokenTree};

#[allow(clippy::duplicate_mod, reason = "the tests of each macro include it")]
#[path = "../testing/mod.rs"]
mod testing;

use self::testing::{assert_never_panics, assert_snapshots, parse};

/// Pairs of each verb and each kind of step.
const CASES: &[(&str, &str)] = &[
    ("field", "project io_core; regs, .ctrl"),
    ("literal", "read io_core; regs, [1]"),
    ("try", "write io_core; regs, [try: i], value()"),
    ("build", "update io_core; regs, [build: N - 1], |v| v | 1"),
    ("panic", "try_read io_core; regs, [panic: i]"),
    ("tuple_fields", "try_write io_core; regs, .0.1, 5"),
    ("located", "try_update io_core; bar, build: CTRL, |v| v"),
    ("located_variable", "read io_core; bar, build: self.place"),
    ("located_element", "read io_core; bar, build: CHANS.element(2)"),
    ("located_steps", "write io_core; bar, build: CHAN, .data[2], 5"),
    ("loc_field", "loc io_core; CHAN, .ctrl"),
    ("loc_steps", "loc io_core; CHANS, [2].data[build: N][panic: i]"),
    ("half_typed", "read io_core; regs, .chan."),
    ("half_typed_view", "read io_core; self."),
    ("half_typed_write", "write io_core; regs, .chan."),
    ("half_typed_value", "write io_core; regs, .ctrl, ring.tail."),
    ("refused", "read io_core; regs, .chan[i].ctrl"),
];

const TOKENS: &str = "project loc read write update try_read io_core ; ; , , . . . :: : : = | & - \
                      regs ctrl r#type build try panic const _ self 0 1 0.1 1.2.3 1. 1e5 300 0x10 \
                      1u32 18446744073709551616 -1 .. ..= ? ! # $ \"text\" 'c' 'a b\"x\"";

const FRAMES: &[&str] = &[
    "HOLE",
    "read HOLE",
    "read io_core; HOLE",
    "write io_core; regs, HOLE",
    "update io_core; regs, .HOLE, |v| v",
    "project io_core; regs, .a HOLE [HOLE]",
    "project io_core; regs, [build: HOLE][try: HOLE][panic: HOLE]",
    "project io_core; bar, build: HOLE",
    "write io_core; bar, build: LOC, HOLE",
    "loc io_core; HOLE",
];

#[test]
fn expansions_match_their_snapshots() {
    assert_snapshots("project", CASES, super::expand);
}

#[test]
fn no_input_causes_a_panic() {
    assert_never_panics(TOKENS, FRAMES, CASES.iter().map(|case| case.1), super::expand);
}

/// In an editor a call grows token by token: each prefix of it expands to either the usual shape or
/// one error, and is valid Rust.
#[test]
fn every_prefix_expands_to_valid_rust() {
    for (_, input) in CASES {
        let tokens: Vec<TokenTree> = parse(input).into_iter().collect();
        for end in 0..tokens.len() {
            let part: TokenStream = tokens[..end].iter().cloned().collect();
            let text = part.to_string();
            let expansion = super::expand(part);
            let errors = expansion.to_string().matches("compile_error").count();
            assert!(errors <= 1, "{errors} errors for {text}");
            let block = syn::parse2::<syn::Block>(quote::quote!({ #expansion }));
            assert!(block.is_ok(), "the expansion of {text} is not valid Rust: {expansion}");
        }
    }
}

/// An editor completes after a dot only if the call has its usual shape.
#[test]
fn an_unfinished_field_keeps_the_usual_shape() {
    for (verb, call) in [
        ("read", "regs, ."),
        ("read", "regs, .chan."),
        ("read", "regs, .chan[1]."),
        ("write", "regs, .chan[1]."),
        ("write", "regs, .ctrl, ring."),
        ("update", "regs, .ctrl, |v| v.set(ring.)"),
        ("update", "self."),
    ] {
        let expansion = super::expand(parse(&format!("{verb} io_core; {call}"))).to_string();
        assert!(expansion.contains("missing_field_name"), "{expansion}");
        assert!(!expansion.contains("compile_error"), "{expansion}");
    }
}

/// An expression that cannot end with a range is still a mistake, and the dots of a range stay.
#[test]
fn ranges_are_not_unfinished_fields() {
    for (value, is_mistake) in [("(..)", false), ("a[1..]", false), ("a +..=", true)] {
        let input = parse(&format!("write io_core; regs, .ctrl, {value}"));
        let expansion = super::expand(input).to_string();
        assert!(!expansion.contains("missing_field_name"), "{expansion}");
        assert_eq!(expansion.contains("compile_error"), is_mistake, "{expansion}");
    }
}

/// After `build: LOC`, brackets are the value if nothing follows them.
#[test]
fn brackets_after_a_location_are_steps_or_the_value() {
    for (call, steps) in [
        ("write io_core; bar, build: LOC, [1]", 0),
        ("write io_core; bar, build: LOC, [1, 2],", 0),
        ("write io_core; bar, build: LOC, [1, 2][i].a,", 0),
        ("write io_core; bar, build: LOC, [1], 2", 1),
        ("write io_core; bar, build: LOC, [1][0].a, [2],", 2),
        ("write io_core; bar, build: LOC, [build: 1], 2", 1),
        ("write io_core; bar, build: LOC, ..", 0),
        ("read io_core; bar, build: LOC, [1]", 1),
        ("loc io_core; bar, build: LOC, [1]", 1),
        ("read io_core; bar, build: LOC,", 0),
    ] {
        let expansion = super::expand(parse(call)).to_string();
        assert_eq!(expansion.matches("BuildIndex").count(), steps, "{expansion}");
        assert!(!expansion.contains("compile_error"), "{expansion}");
    }
}

/// The steps before a mistake are in the expansion, so that an editor can resolve them.
#[test]
fn steps_before_an_error_are_expanded() {
    for (call, before) in [
        ("read io_core; regs", "start (regs)"),
        ("read io_core; regs, .chan[i].ctrl", "(* __io_core_base . at) . chan"),
        ("write io_core; regs, .chan[1].ctrl", "(* __io_core_base . at) . ctrl"),
        ("write io_core; regs, .chan.ctrl, 1 2", "(* __io_core_base . at) . ctrl"),
    ] {
        let expansion = super::expand(parse(call)).to_string();
        assert!(expansion.contains(before), "{expansion}");
        assert_eq!(expansion.matches("compile_error").count(), 1, "{expansion}");
    }
}

/// The user's expressions never occur inside `unsafe` code.
#[test]
fn user_code_is_never_inside_unsafe() {
    fn blocks(tokens: TokenStream, found: &mut Vec<String>) {
        let mut is_unsafe = false;
        for token in tokens {
            match &token {
                TokenTree::Group(group) if is_unsafe => found.push(group.to_string()),
                TokenTree::Group(group) => blocks(group.stream(), found),
                _ => {}
            }
            is_unsafe = matches!(&token, TokenTree::Ident(word) if word == "unsafe");
        }
    }

    let input = "write io_core; USER, .field[build: USER][try: USER][panic: USER], USER";
    let mut found = Vec::new();
    blocks(super::expand(parse(input)), &mut found);
    assert_eq!(found.len(), 1);
    assert!(!found[0].contains("USER"), "{}", found[0]);
}

#[test]
fn bug_reports_name_the_called_macro() {
    assert_eq!(super::name(&parse("try_read io_core; regs, .ctrl")), "io_try_read!");
    assert_eq!(super::name(&parse("loc io_core; CHAN, .ctrl")), "loc!");
    assert_eq!(super::name(&TokenStream::new()), "io_project!");
}
