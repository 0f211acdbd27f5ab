//! Single accesses: every medium, width, direction and kind of field.

use super::{S, SV, SVV};
use crate::effect::Kind::{Load, Store};
use crate::rule::{Expectation, Medium, Rule, Step};
use crate::trace::Argument;

/// The media, with their names in the names of the probes.
pub(super) const MEDIA: [(&str, Medium); 4] = [
    ("mmio", Medium::Ordered),
    ("relaxed", Medium::Relaxed),
    ("combining", Medium::Relaxed),
    ("memory", Medium::Memory),
];

/// Widths in bits.
const WIDTHS: [u32; 4] = [8, 16, 32, 64];

/// Fields of a block of words: name, and index of the word.
const PLACES: [(&str, i64); 5] =
    [("first", 0), ("field", 1), ("nested", 3), ("element", 7), ("block", 17)];

/// One load, with the ordering of the medium.
pub(super) fn load(medium: Medium, bits: u32, offset: Option<i64>) -> Vec<Step> {
    let mut steps = vec![Step::Shared(Load, bits, offset)];
    steps.extend((medium == Medium::Ordered).then_some(Step::AfterRead));
    steps
}

/// One store, with the ordering of the medium.
pub(super) fn store(medium: Medium, bits: u32, offset: Option<i64>) -> Vec<Step> {
    let fence = (medium == Medium::Ordered).then_some(Step::BeforeWrite);
    fence.into_iter().chain([Step::Shared(Store, bits, offset)]).collect()
}

/// A probe with a twin of the same name.
fn probe(
    name: &str,
    arguments: &'static [Argument],
    medium: Medium,
    ways: Vec<Vec<Step>>,
) -> Expectation {
    Expectation {
        name: format!("probe_{name}"),
        arguments,
        rule: Rule::Exact { medium, ways },
        twin: Some(format!("twin_{name}")),
    }
}

pub(super) fn all() -> Vec<Expectation> {
    let mut all = vec![];
    for (name, medium) in MEDIA {
        for bits in WIDTHS {
            let bytes = i64::from(bits / 8);
            for (place, word) in PLACES {
                let at = Some(word * bytes);
                let read = format!("{name}_read_u{bits}_{place}");
                all.push(probe(&read, S, medium, vec![load(medium, bits, at)]));
                let write = format!("{name}_write_u{bits}_{place}");
                all.push(probe(&write, SV, medium, vec![store(medium, bits, at)]));
            }
            let read = format!("{name}_read_u{bits}_checked");
            all.push(probe(&read, SV, medium, vec![load(medium, bits, None)]));
            let write = format!("{name}_write_u{bits}_tried");
            all.push(probe(&write, SVV, medium, vec![vec![], store(medium, bits, None)]));
        }
        let word = Some(20);
        if name == "combining" {
            continue;
        }
        let update = [load(medium, 32, word), store(medium, 32, word)].concat();
        all.push(probe(&format!("update_{name}"), SV, medium, vec![update]));
    }
    all.extend(kinds());
    all.extend(bits());
    all.extend(locations());
    all
}

/// The probes of registers whose bits differ in their kinds.
fn bits() -> Vec<Expectation> {
    let ordered = Medium::Ordered;
    let mut all = vec![];
    for (name, word) in [
        ("update_constant", 0),
        ("update", 0),
        ("update_big", 1),
        ("clear_constant", 0),
        ("clear", 0),
        ("set", 0),
    ] {
        let at = Some(4 * word);
        let way = [load(ordered, 32, at), store(ordered, 32, at)].concat();
        all.push(probe(&format!("bits_{name}"), SV, ordered, vec![way]));
    }
    for (name, word) in [("write", 0), ("clear_without_read", 2), ("clear_zeros", 3)] {
        let way = store(ordered, 32, Some(4 * word));
        all.push(probe(&format!("bits_{name}"), SV, ordered, vec![way]));
    }
    all
}

/// The probes of located registers.
fn locations() -> Vec<Expectation> {
    let relaxed = Medium::Relaxed;
    vec![
        probe("loc_read", S, relaxed, vec![load(relaxed, 32, Some(0x20c))]),
        probe("loc_write_element", SVV, relaxed, vec![vec![], store(relaxed, 32, None)]),
        probe("loc_write_strided", SVV, relaxed, vec![vec![], store(relaxed, 32, None)]),
    ]
}

/// The probes of byte orders and access kinds.
fn kinds() -> Vec<Expectation> {
    let mut all = vec![];
    let ordered = Medium::Ordered;
    for (name, word) in [
        ("read_little", 0),
        ("read_big", 1),
        ("read_only", 2),
        ("read_clearing", 4),
        ("test_bit", 5),
    ] {
        let way = load(ordered, 32, Some(4 * word));
        all.push(probe(&format!("kind_{name}"), S, ordered, vec![way]));
    }
    for (name, word) in [("write_little", 0), ("write_big", 1), ("write_only", 3), ("clear", 4)] {
        let way = store(ordered, 32, Some(4 * word));
        all.push(probe(&format!("kind_{name}"), SV, ordered, vec![way]));
    }
    for (name, first, second) in [("low_first", 0, 4), ("high_first", 12, 8)] {
        let bare = |expectation| Expectation { twin: None, ..expectation };
        let read = [load(ordered, 32, Some(first)), load(ordered, 32, Some(second))].concat();
        all.push(bare(probe(&format!("kind_read_{name}"), S, ordered, vec![read])));
        let write = [store(ordered, 32, Some(first)), store(ordered, 32, Some(second))].concat();
        all.push(bare(probe(&format!("kind_write_{name}"), SV, ordered, vec![write])));
    }
    let way = load(Medium::Memory, 32, Some(20));
    all.push(probe("kind_add_memory", SV, Medium::Memory, vec![way]));
    all
}
