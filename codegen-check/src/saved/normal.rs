//! Listings without addresses, hashes, crate names and module paths.
//!
//! A probe begins with `== NAME`, and each function of our crates that it calls with `--`;
//! instruction lines are indented by two spaces.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::build::is_ours;
use crate::effect::Flow;
use crate::isa::Arch;
use crate::listing::{Function, Instruction, Listing};

/// All probes of a build, in the order of their names.
pub(super) fn text(listing: &Listing, arch: Arch) -> String {
    let mut probes = BTreeMap::new();
    for (i, function) in listing.functions.iter().enumerate() {
        for name in function.names.iter().filter(|name| name.starts_with("probe_")) {
            probes.insert(name, closure(listing, arch, i));
        }
    }
    probes.iter().map(|(name, text)| format!("== {name}\n{text}")).collect()
}

/// A probe, followed by the functions of our crates that it reaches, in the order of their text.
fn closure(listing: &Listing, arch: Arch, root: usize) -> String {
    let root = body(listing, arch, root);
    let mut seen = BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(i) = open.pop() {
        let function = &listing.functions[i];
        let called = function.code.iter().filter_map(|one| callee(listing, arch, function, one));
        open.extend(called.filter(|i| seen.insert(*i)));
    }
    seen.remove(&root);
    let lines = |i: usize| function_text(listing, arch, &listing.functions[i]);
    let mut callees: Vec<String> = seen.into_iter().map(lines).collect();
    callees.sort();
    let callees: String = callees.iter().map(|text| format!("--\n{text}")).collect();
    lines(root) + &callees
}

/// Returns the target of a function that consists of one jump; otherwise the function itself.
fn body(listing: &Listing, arch: Arch, index: usize) -> usize {
    let function = &listing.functions[index];
    match function.code.as_slice() {
        [only] => callee(listing, arch, function, only).unwrap_or(index),
        _ => index,
    }
}

/// The function of our crates that an instruction refers to, by relocation or by address.
fn callee(listing: &Listing, arch: Arch, from: &Function, one: &Instruction) -> Option<usize> {
    let index = match &one.relocation {
        Some(relocation) => listing.find(&relocation.symbol, &from.member)?,
        None if jumps(arch, one) => {
            let address = target(one).filter(|address| from.position(*address).is_none())?;
            listing.at(&from.member, &from.section, address)?
        }
        None => return None,
    };
    let file = listing.functions[index].member.rsplit('/').next()?;
    is_ours(file).then_some(index)
}

fn function_text(listing: &Listing, arch: Arch, function: &Function) -> String {
    let lines = function.code.iter().enumerate();
    lines.map(|(i, one)| format!("  {}\n", line(listing, arch, function, i, one))).collect()
}

fn line(listing: &Listing, arch: Arch, of: &Function, i: usize, one: &Instruction) -> String {
    let mut operands = one.operands.clone();
    let is_address = jumps(arch, one) || matches!(one.mnemonic.as_str(), "adr" | "adrp");
    if is_address && let Some(address) = target(one) {
        operands.pop();
        if one.relocation.is_none() {
            operands.push(place(listing, of, i, address));
        }
    }
    if let Some(relocation) = &one.relocation {
        operands.push(format!("<{}>", symbol(&relocation.symbol)));
    }
    format!("{} {}", one.mnemonic, operands.join(", ")).trim_end().to_owned()
}

/// Formats an address: as the number of instructions forward or backward, or as the name of another
/// function.
fn place(listing: &Listing, of: &Function, i: usize, address: u64) -> String {
    if let Some(position) = of.position(address) {
        return format!("@{:+}", position as i64 - i as i64);
    }
    let other = listing.at(&of.member, &of.section, address);
    let name = other.and_then(|index| listing.functions[index].names.first());
    name.map_or("@elsewhere".to_owned(), |name| format!("<{}>", symbol(name)))
}

fn jumps(arch: Arch, one: &Instruction) -> bool {
    !matches!(arch.effect(one).flow, Flow::Next | Flow::Return | Flow::Trap)
}

/// The last operand, if it is an address.
fn target(one: &Instruction) -> Option<u64> {
    u64::from_str_radix(one.operands.last()?.strip_prefix("0x")?, 16).ok()
}

/// The last path segment of a symbol; compiler-made names without their numbers.
pub(super) fn symbol(name: &str) -> String {
    let name = match name.find("_ZN").or_else(|| name.find("_R").filter(|_| is_v0(name))) {
        Some(start) => &name[start..],
        None => name,
    };
    if let Some(path) = name.strip_prefix("_ZN") {
        return legacy(path);
    }
    if is_v0(name) {
        return v0(name);
    }
    let local = name.find(".L").map(|at| &name[at..]);
    let numbered = local.or(name.starts_with("OUTLINED_FUNCTION").then_some(name));
    match numbered {
        Some(name) if name.starts_with(".Lanon") => ".Lanon".to_owned(),
        Some(name) => name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned(),
        None => name.to_owned(),
    }
}

fn is_v0(name: &str) -> bool {
    let start = name.strip_prefix(".text.").unwrap_or(name);
    start.starts_with("_RN") || start.starts_with("_RI") || start.starts_with("_RC")
}

/// The last segment before the hash of `LENGTH SEGMENT … 17hHASH E`.
fn legacy(mut path: &str) -> String {
    let mut last = "";
    while let Some((segment, rest)) = segment(path) {
        let is_hash = segment.len() == 17 && segment.starts_with('h') && rest.starts_with('E');
        if !is_hash {
            last = segment;
        }
        path = rest;
    }
    last.to_owned()
}

/// Splits `LENGTH SEGMENT` from the front; `None` if the text does not begin with a number.
fn segment(text: &str) -> Option<(&str, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let length: usize = text[..digits].parse().ok()?;
    text[digits..].split_at_checked(length)
}

/// The last segment of the path of a v0 name: identifiers up to the first generic argument.
fn v0(name: &str) -> String {
    let (mut rest, mut last, mut begun) = (name, "", false);
    while !rest.is_empty() {
        let disambiguator = rest.starts_with('s').then(|| rest.find('_')).flatten();
        if let Some(end) = disambiguator {
            rest = &rest[end + 1..];
        } else if let Some((digits, tail)) = number(rest) {
            let tail = tail.strip_prefix('_').unwrap_or(tail);
            let Some((ident, tail)) = tail.split_at_checked(digits) else { break };
            (last, rest, begun) = (ident, tail, true);
        } else if begun && !rest.starts_with(['s', '_']) {
            break;
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            rest = &rest[next..];
        }
    }
    last.to_owned()
}

fn number(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_keep_the_last_segment() {
        for (name, wanted) in [
            ("_ZN7io_core4arch6x86_644copy17h0123456789abcdefE", "copy"),
            ("_ZN6io_mem4arch6x86_644copy17hfedcba9876543210E", "copy"),
            (".text._ZN6io_mem4copy17hfedcba9876543210E", "copy"),
            ("_RNvNtNtCs1234_7io_core4arch6x86_644copy", "copy"),
            ("_RNvNtNtCsabcd_6io_mem4arch6x86_644copy", "copy"),
            ("_RINvNtCsabcd_6io_mem4arch4copyhECs12_9io_probes", "copy"),
            (".rodata..Lanon.0123.4", ".Lanon"),
            ("OUTLINED_FUNCTION_12", "OUTLINED_FUNCTION"),
            ("memcpy", "memcpy"),
        ] {
            assert_eq!(symbol(name), wanted, "{name}");
        }
    }

    #[test]
    fn branch_targets_are_relative_and_callees_follow() {
        let listing = |crate_name: &str, start: u64| {
            let name = format!("_ZN{}{crate_name}4copy17h0123456789abcdefE", crate_name.len());
            let file = "x/io_probes-1.io_probes.2-cgu.0.rcgu.o";
            let text = format!(
                "{file}:\tfile format elf64\n{start:016x} <probe_a>:\n  {:x}:\tcall\t0x5\n\
                 \t\t{:016x}:  R_X86_64_PLT32\t{name}-0x4\n  {:x}:\tjmp\t{start:#x} <probe_a>\n\
                 {:016x} <{name}>:\n  {:x}:\tret\n",
                start,
                start + 1,
                start + 5,
                start + 7,
                start + 7
            );
            Listing::parse(&text).expect("it is well-formed")
        };
        let wanted = "== probe_a\n  call <copy>\n  jmp @-1\n--\n  ret\n";
        for (name, start) in [("io_core", 0), ("io_mem", 0x40)] {
            assert_eq!(text(&listing(name, start), Arch::X86), wanted);
        }
    }
}
