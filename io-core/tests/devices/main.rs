//! Register maps and descriptors of real devices, written from their specifications, with offsets
//! compared with those of the specification's tables.
//!
//! None of the blocks counts bytes of padding, and none of the drivers' masks for neutral values:
//! both follow from offsets and from the kinds of bits.

mod ahci;
mod dw_uart;
mod gicv3;
mod hda;
mod ixgbe;
mod nvme;
mod virtio;
mod xhci;

use io_core::layout::FieldInfo;

/// Compares the offsets of all fields with those of the specification.
#[track_caller]
fn assert_offsets(fields: &[FieldInfo], expected: &[(&str, usize)]) {
    let names: Vec<_> = fields
        .iter()
        .filter(|field| field.access() != Some(io_core::layout::AccessKind::Reserved))
        .map(|field| (field.name, field.offset))
        .collect();
    assert_eq!(names, expected);
}
