//! Instructions of x86-64, one by one.

use super::*;
use crate::codegen::listing::Listing;

/// The effects of lines of a listing.
fn effects(lines: &[&str]) -> Vec<Effect> {
    let mut text = "0000000000000000 <f>:\n".to_owned();
    for (i, line) in lines.iter().enumerate() {
        text.push_str(&format!("  {i:x}: \t{line}\n"));
    }
    let listing = Listing::parse(&text).expect("it is well-formed");
    listing.functions[0].code.iter().map(effect).collect()
}

fn form(line: &str) -> Vec<(Kind, u32, Form)> {
    let effect = effects(&[line]).remove(0);
    effect.accesses.iter().map(|a| (a.kind, a.bits, a.form)).collect()
}

#[test]
fn plain_moves_are_plain() {
    use Kind::{Load, Store};
    assert_eq!(form("mov\teax, dword ptr [rdi]"), [(Load, 32, Form::Plain)]);
    assert_eq!(form("mov\tal, byte ptr [rdi + 0x10]"), [(Load, 8, Form::Displaced)]);
    assert_eq!(form("movzx\teax, word ptr [rdi]"), [(Load, 16, Form::Plain)]);
    assert_eq!(form("mov\tqword ptr [rdi + 8*rsi + 0x20], rdx"), [(Store, 64, Form::Indexed)]);
    assert_eq!(form("mov\tdword ptr [rdi], 0x1"), [(Store, 32, Form::Plain)]);
}

#[test]
fn folded_and_wide_accesses_are_not() {
    use Kind::{Load, Store};
    assert_eq!(form("add\teax, dword ptr [rdi]"), [(Load, 32, Form::Folded)]);
    assert_eq!(form("test\tbyte ptr [rdi + 0x14], 0x8"), [(Load, 8, Form::Folded)]);
    assert_eq!(
        form("or\tdword ptr [rdi], esi"),
        [(Load, 32, Form::Folded), (Store, 32, Form::Folded)]
    );
    assert_eq!(form("movups\txmm0, xmmword ptr [rdi]"), [(Load, 128, Form::Vector)]);
    assert_eq!(form("movups\txmmword ptr [rdi], xmm0"), [(Store, 128, Form::Vector)]);
    assert_eq!(
        form("rep\t\tmovsb\tbyte ptr es:[rdi], byte ptr [rsi]").len(),
        2,
        "loads and stores"
    );
    assert_eq!(
        effects(&["lock\t\tor\tdword ptr [rsp - 0x40], 0x0"])[0].fence.as_deref(),
        Some("lock")
    );
}

#[test]
fn registers_get_what_was_computed() {
    let set = |line: &str| effects(&[line]).remove(0).sets;
    assert_eq!(set("lea\trax, [rdi + 0x8]"), [(0, Source::Place(Address::of(7, 8)))]);
    assert_eq!(set("xor\teax, eax"), [(0, Source::Number(0))]);
    assert_eq!(set("sub\trsp, 0x18"), [(4, Source::Plus(4, -0x18))]);
    assert_eq!(set("cmovb\trax, r9"), [(0, Source::Either(0, 9))]);
    assert_eq!(set("cmp\trax, r9"), []);
}

#[test]
fn jumps_are_told_apart() {
    let flow = |line: &str| effects(&[line]).remove(0).flow;
    assert_eq!(flow("jne\t0x13b <f+0x13b>"), Flow::Branch(0x13b));
    assert_eq!(flow("jmp\trax"), Flow::Computed);
    assert_eq!(flow("jmp\t0x10"), Flow::Jump(Target::Address(16)));
    assert_eq!(flow("ud2"), Flow::Trap);
}
