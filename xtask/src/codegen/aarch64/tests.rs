//! Instructions of AArch64, one by one.

use super::*;
use crate::codegen::listing::Listing;

fn effects(lines: &[&str]) -> Vec<Effect> {
    let mut text = "0000000000000000 <f>:\n".to_owned();
    for (i, line) in lines.iter().enumerate() {
        text.push_str(&format!("  {:x}: \t{line}\n", 4 * i));
    }
    let listing = Listing::parse(&text).expect("it is well-formed");
    listing.functions[0].code.iter().map(effect).collect()
}

fn form_of(line: &str) -> Vec<(Kind, u32, Form)> {
    let effect = effects(&[line]).remove(0);
    effect.accesses.iter().map(|a| (a.kind, a.bits, a.form)).collect()
}

#[test]
fn forms_are_told_apart() {
    use Kind::{Load, Store};
    assert_eq!(form_of("ldr\tw0, [x0]"), [(Load, 32, Form::Plain)]);
    assert_eq!(form_of("ldrb\tw0, [x0, #0x11]"), [(Load, 8, Form::Displaced)]);
    assert_eq!(form_of("strh\tw0, [x0, x1, lsl #1]"), [(Store, 16, Form::Indexed)]);
    assert_eq!(form_of("str\tw2, [x0], #0x4"), [(Store, 32, Form::Writeback)]);
    assert_eq!(form_of("str\tx2, [x0, #0x8]!"), [(Store, 64, Form::Writeback)]);
    assert_eq!(form_of("stp\tx2, x3, [x0]"), [(Store, 64, Form::Pair); 2]);
    assert_eq!(form_of("ldr\tq0, [x0]"), [(Load, 128, Form::Vector)]);
    assert_eq!(form_of("stlr\tw0, [x1]")[1], (Store, 32, Form::Atomic));
    assert_eq!(form_of("str\txzr, [x1]"), [(Store, 64, Form::Plain)]);
}

#[test]
fn the_second_of_a_pair_is_one_word_on() {
    let effect = effects(&["ldp\tx29, x30, [sp], #0x10"]).remove(0);
    let offsets: Vec<i64> = effect.accesses.iter().map(|a| a.at.offset).collect();
    assert_eq!(offsets, [0, 8]);
    assert_eq!(effect.sets, [(STACK_POINTER, Source::Plus(STACK_POINTER, 16))]);
}

#[test]
fn fences_and_the_branch_that_is_an_order() {
    let found = effects(&["dmb\toshld", "eor\tx8, x0, x0", "cbnz\tx8, 0x8 <f+0x8>"]);
    assert_eq!(found[0].fence.as_deref(), Some("dmb oshld"));
    assert_eq!(found[1].sets, [(8, Source::Mixed(vec![0, 0]))]);
    assert_eq!(found[2].flow, Flow::Dependency(8));
    assert_eq!(effects(&["cbnz\tx8, 0x4"])[0].flow, Flow::Branch(4));
    assert_eq!(effects(&["b.ne\t0x10 <f>"])[0].flow, Flow::Branch(16));
}

#[test]
fn addresses_are_followed() {
    let set = |line: &str| effects(&[line]).remove(0).sets;
    assert_eq!(set("add\tx8, x0, #0x1, lsl #12"), [(8, Source::Plus(0, 0x1000))]);
    assert_eq!(set("add\tx8, x0, x1"), [(8, Source::Sum(0, 1))]);
    assert_eq!(set("add\tx8, x0, x1, lsl #2"), [(8, Source::SumShifted(0, 1, 2))]);
    assert_eq!(set("mov\tw0, wzr"), [(0, Source::Number(0))]);
}
