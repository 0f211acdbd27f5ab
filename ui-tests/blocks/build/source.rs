//! The source of the blocks and of one test case for each.

use core::fmt::Write as _;

use crate::{
    model::{Block, Order, Type, Use},
    placed::{Tail, Woven},
};

/// The largest number of values that are accessed by their path in each block.
const CALLS: usize = 6;

/// Returns the source of all blocks, and of lists of their test cases.
pub(crate) fn of(blocks: &[Block], woven: &[Woven], tails: &[Tail]) -> String {
    let mut text = String::new();
    for block in blocks {
        write_block(&mut text, block);
    }
    for block in blocks {
        write_case(&mut text, block);
    }
    text.push_str("pub(crate) const CASES: &[Case] = &[\n");
    for block in blocks {
        writeln!(text, "    case_of_{}(),", block.name.to_lowercase()).unwrap();
    }
    text.push_str("];\n");
    woven.iter().for_each(|woven| woven.write(&mut text));
    tails.iter().for_each(|tail| tail.write(&mut text));
    let list = |names: Vec<String>| format!("&[{}];\n", names.join(", "));
    let checks = woven.iter().map(Woven::check).collect();
    write!(text, "pub(crate) const WOVEN: &[fn()] = {}", list(checks)).unwrap();
    let checks = tails.iter().map(Tail::check).collect();
    write!(text, "pub(crate) const TAILS: &[fn()] = {}", list(checks)).unwrap();
    text
}

fn write_block(text: &mut String, block: &Block) {
    text.push_str("#[derive(IoStruct, FromBytes, IntoBytes, Immutable)]\n#[repr(C)]\n");
    writeln!(text, "struct {} {{", block.name).unwrap();
    for (i, (_, field)) in block.fields.iter().enumerate() {
        writeln!(text, "    f{i}: {},", name_of(field)).unwrap();
    }
    text.push_str("}\n");
}

/// Returns the type as Rust source.
pub(crate) fn name_of(ty: &Type) -> String {
    match ty {
        Type::Value { bytes, order, kind } => {
            in_kind(kind, in_order(*order, format!("u{}", bytes * 8)))
        }
        Type::Halves { order, low_first, kind } => {
            let halves = if *low_first { "LoHi" } else { "HiLo" };
            in_kind(kind, format!("{halves}<{}>", in_order(*order, "u64".to_owned())))
        }
        Type::Reserved(bytes) => format!("Reserved<{bytes}>"),
        Type::Array(count, element) => format!("[{}; {count}]", name_of(element)),
        Type::Block(block) => block.name.clone(),
    }
}

fn in_order(order: Order, number: String) -> String {
    match order {
        Order::Native => number,
        Order::Little => format!("Le<{number}>"),
        Order::Big => format!("Be<{number}>"),
    }
}

fn in_kind(kind: &str, value: String) -> String {
    if kind.is_empty() { value } else { format!("{kind}<{value}>") }
}

fn write_case(text: &mut String, block: &Block) {
    let name = &block.name;
    let mut accesses = vec![];
    block.accesses(0, &mut accesses);
    let function = |is_there: bool, function: &str| {
        if is_there { format!("Some({function}::<{name}>)") } else { "None".to_owned() }
    };
    writeln!(text, "const fn case_of_{}() -> Case {{\n    Case {{", name.to_lowercase()).unwrap();
    writeln!(text, "        name: \"{name}\",").unwrap();
    writeln!(text, "        size: {},", block.size).unwrap();
    writeln!(text, "        accesses: &{accesses:?},").unwrap();
    writeln!(text, "        reserved: &{:?},", block.reserved()).unwrap();
    writeln!(text, "        read: {},", function(block.uses != Use::Write, "read")).unwrap();
    writeln!(text, "        write: {},", function(block.uses != Use::Read, "write")).unwrap();
    writeln!(text, "        fields: fields_of_{},", name.to_lowercase()).unwrap();
    text.push_str("    }\n}\n");
    write_fields(text, block);
}

/// Writes a function that accesses each value by its path, and checks the accesses.
fn write_fields(text: &mut String, block: &Block) {
    let name = &block.name;
    writeln!(text, "fn fields_of_{}() {{", name.to_lowercase()).unwrap();
    writeln!(text, "    let dev = &device::<{name}>();\n    expect(dev, &[]);").unwrap();
    let mut calls = vec![];
    for (i, (offset, field)) in block.fields.iter().enumerate() {
        add_calls(&mut calls, format!(".f{i}"), *offset, field);
    }
    // Each call takes milliseconds to compile.
    let step = calls.len().div_ceil(CALLS).max(1);
    for (call, accesses) in calls.into_iter().step_by(step) {
        writeln!(text, "    {call};\n    expect(dev, &{accesses:?});").unwrap();
    }
    text.push_str("}\n");
}

/// Adds the reads and writes of the values at a path, with their accesses; of an array, those of
/// the last element.
fn add_calls(
    calls: &mut Vec<(String, Vec<(usize, usize)>)>,
    path: String,
    at: usize,
    field: &Type,
) {
    match field {
        Type::Value { kind, .. } | Type::Halves { kind, .. } => {
            let mut accesses = vec![];
            field.accesses(at, &mut accesses);
            if *kind != "Wo" {
                calls.push((format!("let _ = io_read!(dev, {path})"), accesses.clone()));
            }
            if *kind != "Ro" {
                calls.push((format!("io_write!(dev, {path}, 1)"), accesses));
            }
        }
        Type::Reserved(_) => {}
        Type::Array(count, element) => {
            let last = count - 1;
            add_calls(calls, format!("{path}[{last}]"), at + last * element.size(), element);
        }
        Type::Block(block) => {
            for (i, (offset, field)) in block.fields.iter().enumerate() {
                add_calls(calls, format!("{path}.f{i}"), at + offset, field);
            }
        }
    }
}
