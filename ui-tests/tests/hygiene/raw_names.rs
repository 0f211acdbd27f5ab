//! Names that are keywords elsewhere.

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct r#Union {
    r#type: u32,
    r#fn: [r#Pair; 2],
    r#final: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct r#Pair {
    r#in: u16,
    out: u16,
}

#[test]
fn raw_identifiers_are_field_names() {
    let pair = || Pair { r#in: 1, out: 2 };
    let mut memory = Union { r#type: 0, r#fn: [pair(), pair()], r#final: 0 };
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .r#type, 3);
    io_write!(view, .r#fn[1].r#in, 4);
    io_update!(view, .r#final, |v| v + 5);
    assert_eq!(io_read!(view, .r#type), 3);
    assert_eq!(io_read!(view, .r#fn[1].r#in), 4);
    assert_eq!(io_read!(view, .r#final), 5);
}

#[test]
fn metadata_omits_the_raw_prefix() {
    let names: Vec<_> = Union::FIELDS.iter().map(|field| field.name).collect();
    assert_eq!(names, ["type", "fn", "final"]);
    assert_eq!(Pair::FIELDS[0].name, "in");
}
