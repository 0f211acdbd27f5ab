//! Value types whose bits have random kinds, and one test case for each.

use core::fmt::Write as _;

use crate::random::Random;

/// The option of each kind, and the letter by which the test names it.
const KINDS: [(&str, char); 8] = [
    ("ro", 'r'),
    ("w1c", 'c'),
    ("w1s", 's'),
    ("toggle", 't'),
    ("w0c", 'C'),
    ("w0s", 'S'),
    ("w0t", 'T'),
    ("self_clearing", 'x'),
];

/// The plain bit.
const PLAIN: char = '.';

/// Returns the source of `count` types with registers of these types.
pub(crate) fn source(random: &mut Random, count: usize) -> String {
    let (mut source, mut cases) = (String::new(), String::new());
    for number in 0..count {
        let bits = random.pick(&[8, 16, 32, 64]);
        let kinds = kinds(random, bits);
        let register = register(random, number, bits);
        let masks: Vec<String> = KINDS.iter().filter_map(|kind| mask(*kind, &kinds)).collect();
        let masks = masks.join(", ");
        writeln!(
            source,
            "#[derive(Clone, Copy, IoValue)]\n#[io({masks})]\n#[repr(transparent)]\n\
             struct Mask{number}(u{bits});\n"
        )
        .expect("a string takes all text");
        writeln!(
            cases,
            "    MaskCase {{ name: \"Mask{number}: {register}\", \
             check: || check_masks::<{register}, _>(\"{kinds}\") }},"
        )
        .expect("a string takes all text");
    }
    format!("{source}const MASKS: &[MaskCase] = &[\n{cases}];\n")
}

/// Returns the letter of each bit's kind, from bit 0 on. Each command has a bit.
fn kinds(random: &mut Random, bits: usize) -> String {
    let mut kinds: Vec<char> =
        (0..bits).map(|_| if random.one_in(2) { PLAIN } else { random.pick(&KINDS).1 }).collect();
    for (place, letters) in [['c', 'C'], ['s', 'S'], ['t', 'T']].iter().enumerate() {
        kinds[place * 2 + random.below(2)] = random.pick(letters);
    }
    if random.one_in(4) {
        // No plain bits: there is no read.
        kinds.iter_mut().filter(|kind| **kind == PLAIN).for_each(|kind| *kind = 'r');
    }
    kinds.into_iter().collect()
}

fn mask((option, letter): (&str, char), kinds: &str) -> Option<String> {
    let ones = kinds.chars().enumerate().filter(|(_, kind)| *kind == letter);
    let mask = ones.fold(0_u64, |mask, (bit, _)| mask | 1 << bit);
    (mask != 0).then(|| format!("{option} = {mask:#x}"))
}

/// Returns the type of the register, in a random byte order.
fn register(random: &mut Random, number: usize, bits: usize) -> String {
    let order = random.pick(&["Le", "Be"]);
    let value = format!("{order}<Mask{number}>");
    match random.below(3) {
        0 if bits == 64 => format!("LoHi<{value}>"),
        1 if bits == 64 => format!("HiLo<{value}>"),
        _ => value,
    }
}
