//! The metadata of a block: names, offsets, sizes, access kinds, counts, strides, byte orders,
//! docs, nested blocks; and the conversion of an offset to a name.

use io_core::{
    DmaAddr, ReadToClear, RoSideEffect, RwSideEffect, SelfClearing, Width,
    layout::{AccessKind, BitKinds, Endian, FieldInfo, FieldLayout, FieldPath, FieldRef},
    prelude::*,
};

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(transparent)]
struct Flags(u16);

/// A channel.
#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    /// Starts the channel.
    ctrl: SelfClearing<Le<u32>>,
    flags: [Ro<Be<Flags>>; 2],
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair(Le<u16>, Wo<u16>);

#[derive(IoStruct)]
#[io(size = 0x50)]
#[repr(C)]
struct Regs {
    /// Says which device
    /// it is.
    ///
    /// Never changes.
    #[io(at = 0x00)]
    id: Ro<Le<u32>>,
    plain: u32,
    #[io(at = 0x08)]
    chan: [Chan; 3],
    /** Block doc. */
    pair: Pair,
    #[doc = "From an attribute."]
    pending: W1c<Be<i32>>,
    #[io(at = 0x28)]
    address: Le<DmaAddr>,
    #[io(at = 0x30)]
    grid: [[RwSideEffect<u8>; 4]; 2],
    r#type: ReadToClear<i8>,
    set: W1s<u8>,
    fifo: RoSideEffect<u16>,
    rw: Rw<u32>,
    #[io(at = 0x40)]
    _reserved: [u8; 0x10],
}

fn field(name: &str) -> FieldInfo {
    *Regs::FIELDS.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn fields_have_names_offsets_and_sizes() {
    let fields: Vec<_> = Regs::FIELDS.iter().map(|f| (f.name, f.offset, f.size)).collect();
    assert_eq!(
        fields,
        [
            ("id", 0x00, 4),
            ("plain", 0x04, 4),
            ("chan", 0x08, 24),
            ("pair", 0x20, 4),
            ("pending", 0x24, 4),
            ("address", 0x28, 8),
            ("grid", 0x30, 8),
            ("type", 0x38, 1),
            ("set", 0x39, 1),
            ("fifo", 0x3a, 2),
            ("rw", 0x3c, 4),
            ("_reserved", 0x40, 0x10),
        ]
    );
    let fields: Vec<_> = Pair::FIELDS.iter().map(|f| (f.name, f.offset, f.size)).collect();
    assert_eq!(fields, [("0", 0, 2), ("1", 2, 2)]);
}

#[test]
fn fields_have_access_kinds() {
    use AccessKind::*;
    for (name, access) in [
        ("id", Some(ReadOnly)),
        ("plain", Some(ReadWrite)),
        ("chan", None),
        ("pair", None),
        ("pending", Some(WriteOneToClear)),
        ("address", Some(ReadWrite)),
        ("grid", Some(ReadWriteEffect)),
        ("type", Some(ReadToClear)),
        ("set", Some(WriteOneToSet)),
        ("fifo", Some(ReadOnlyEffect)),
        ("rw", Some(ReadWrite)),
        ("_reserved", Some(ReadWrite)),
    ] {
        assert_eq!(field(name).access(), access, "{name}");
    }
    let chan: Vec<_> = Chan::FIELDS.iter().map(FieldInfo::access).collect();
    assert_eq!(chan, [Some(AccessKind::SelfClearing), Some(ReadOnly)]);
    assert_eq!(Pair::FIELDS[1].access(), Some(WriteOnly));
}

#[test]
fn arrays_have_counts_and_strides() {
    for (name, count, stride) in
        [("id", 1, 4), ("chan", 3, 8), ("pair", 1, 4), ("grid", 2, 4), ("_reserved", 16, 1)]
    {
        assert_eq!((field(name).count(), field(name).stride()), (count, stride), "{name}");
    }
    assert_eq!((Chan::FIELDS[1].count(), Chan::FIELDS[1].stride()), (2, 2));
}

#[test]
fn fields_have_their_doc_comments() {
    // One leading space is removed from each line, as in rustdoc.
    assert_eq!(
        field("id").doc.replace("\n ", "\n").trim(),
        "Says which device\nit is.\n\nNever changes."
    );
    assert_eq!(field("plain").doc, "");
    assert_eq!(field("pair").doc.trim(), "Block doc.");
    assert_eq!(field("pending").doc, "From an attribute.");
    assert_eq!(Chan::FIELDS[0].doc.trim(), "Starts the channel.");
}

#[test]
fn nested_blocks_have_fields() {
    assert_eq!(field("chan").fields(), Chan::FIELDS);
    assert_eq!(field("pair").fields(), Pair::FIELDS);
    assert_eq!(field("grid").fields(), []);
    assert_eq!(field("id").fields(), []);
}

const fn value(width: Width, access: AccessKind, endian: Endian) -> FieldLayout {
    FieldLayout::Value { width, access, endian, bits: &BitKinds::PLAIN }
}

#[test]
fn layouts_have_width_access_and_byte_order() {
    assert_eq!(field("id").layout, value(Width::W32, AccessKind::ReadOnly, Endian::Little));
    assert_eq!(
        field("pending").layout,
        value(Width::W32, AccessKind::WriteOneToClear, Endian::Big)
    );
    assert_eq!(field("address").layout, value(Width::W64, AccessKind::ReadWrite, Endian::Little));
    assert_eq!(field("type").layout, value(Width::W8, AccessKind::ReadToClear, Endian::Native));
    const BYTE: FieldLayout = value(Width::W8, AccessKind::ReadWriteEffect, Endian::Native);
    const ROW: FieldLayout = FieldLayout::Array { count: 4, stride: 1, element: &BYTE };
    assert_eq!(field("grid").layout, FieldLayout::Array { count: 2, stride: 4, element: &ROW });
    const FLAGS: FieldLayout = value(Width::W16, AccessKind::ReadOnly, Endian::Big);
    assert_eq!(Chan::FIELDS[1].layout, FieldLayout::Array { count: 2, stride: 2, element: &FLAGS });
    assert_eq!(field("pair").layout, FieldLayout::Block { fields: Pair::FIELDS });
    let bell = FieldInfo::new::<Wo<u16>>("bell", 6, "Rings.");
    assert_eq!((bell.name, bell.offset, bell.size, bell.doc), ("bell", 6, 2, "Rings."));
    assert_eq!(bell.layout, value(Width::W16, AccessKind::WriteOnly, Endian::Native));
}

#[test]
fn offsets_are_converted_to_paths() {
    for (offset, path) in [
        (0x00, ".id"),
        (0x01, ".id+0x1"),
        (0x08, ".chan[0].ctrl"),
        (0x0e, ".chan[0].flags[1]"),
        (0x10, ".chan[1].ctrl"),
        (0x1f, ".chan[2].flags[1]+0x1"),
        (0x20, ".pair.0"),
        (0x22, ".pair.1"),
        (0x2f, ".address+0x7"),
        (0x37, ".grid[1][3]"),
        (0x38, ".type"),
        (0x41, "._reserved[1]"),
        (0x50, "+0x50"),
        (usize::MAX, &format!("+{:#x}", usize::MAX)),
    ] {
        assert_eq!(FieldPath::new(Regs::FIELDS, offset).to_string(), path);
    }
    assert_eq!(FieldPath::new(&[], 4).to_string(), "+0x4");
}

#[test]
fn offsets_are_converted_to_field_references() {
    let leaf = |offset| {
        let FieldRef { width, access, endian, within, .. } =
            FieldPath::new(Regs::FIELDS, offset).leaf()?;
        Some((width, access, endian, within))
    };
    assert_eq!(leaf(0x0e), Some((Width::W16, AccessKind::ReadOnly, Endian::Big, 0)));
    assert_eq!(leaf(0x0f), Some((Width::W16, AccessKind::ReadOnly, Endian::Big, 1)));
    assert_eq!(leaf(0x23), Some((Width::W16, AccessKind::WriteOnly, Endian::Native, 1)));
    assert_eq!(leaf(0x50), None);
}

#[test]
fn numbers_are_converted_from_native_order() {
    let bytes = [1, 2, 3, 4];
    let native = u64::from(u32::from_ne_bytes(bytes));
    assert_eq!(Endian::Native.number(native, Width::W32), native);
    assert_eq!(Endian::Little.number(native, Width::W32), 0x0403_0201);
    assert_eq!(Endian::Big.number(native, Width::W32), 0x0102_0304);
    let native = u64::from(u16::from_ne_bytes([1, 2]));
    assert_eq!(Endian::Big.number(native, Width::W16), 0x0102);
    assert_eq!(Endian::Little.number(0x81, Width::W8), 0x81);
    let native = u64::from_ne_bytes([1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(Endian::Big.number(native, Width::W64), 0x0102_0304_0506_0708);
}

/// The metadata is available in constants.
#[test]
fn metadata_is_available_in_constants() {
    const SECOND: &str = Regs::FIELDS[1].name;
    const COUNT: usize = Regs::FIELDS[2].count();
    const ACCESS: Option<AccessKind> = Regs::FIELDS[0].access();
    assert_eq!((SECOND, COUNT, ACCESS), ("plain", 3, Some(AccessKind::ReadOnly)));
}
