//! DMA: memory owned by the device, and the addresses and lengths written for its transfers.

use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

use super::{
    access::Value,
    rule::{Hit, RuleKind, RuleSet},
    violation::ViolationKind,
};
use io_core::backend::Order;

use crate::field_addr::FieldAddr;

/// The transfers that drivers have written, by watch and address field.
#[derive(Default)]
pub(super) struct Transfers(BTreeMap<(usize, usize), Transfer>);

/// Address and length of one transfer, as far as they are known.
#[derive(Default)]
struct Transfer {
    address: Option<u64>,
    len: Option<u64>,
    bits: u32,
    /// For address and length: `true` if it was written since the last check.
    is_new: [bool; 2],
    /// The field that was written last.
    last_written: Option<FieldAddr>,
}

impl Transfer {
    fn check(&mut self) -> Option<(FieldAddr, ViolationKind)> {
        self.is_new = [false; 2];
        let Transfer { address: Some(address), len: Some(len), bits, .. } = *self else {
            return None;
        };
        let end = u128::from(address) + u128::from(len);
        let kind = ViolationKind::DmaMask { address, len: Some(len), bits };
        (end > 1 << bits.min(64)).then_some((self.last_written?, kind))
    }
}

impl Transfers {
    /// Records a written value and returns its violation, if any.
    pub(super) fn write(
        &mut self,
        watch: usize,
        value: &Value,
        order: Order,
        rules: &RuleSet,
    ) -> Vec<(FieldAddr, ViolationKind)> {
        let (mut found, mut is_part) = (Vec::new(), false);
        for (kind, hit) in rules.for_value(value) {
            match kind {
                RuleKind::DmaMask(bits, len) => {
                    found.extend(self.address(watch, value, &hit, bits, len))
                }
                RuleKind::DmaLength(distance) => {
                    found.extend(self.length(watch, value, &hit, distance))
                }
                _ => continue,
            }
            is_part = true;
        }
        if !is_part && order != Order::Memory {
            let mine = self.0.range_mut((watch, 0)..=(watch, usize::MAX));
            let half_new = mine.filter(|(_, transfer)| transfer.is_new.contains(&true));
            found.extend(half_new.filter_map(|(_, transfer)| transfer.check()));
        }
        found
    }

    fn address(
        &mut self,
        watch: usize,
        value: &Value,
        hit: &Hit,
        bits: u32,
        len: Option<isize>,
    ) -> Option<(FieldAddr, ViolationKind)> {
        let transfer = self.0.entry((watch, hit.at)).or_default();
        put(transfer.address.get_or_insert(0), value, hit);
        let part = value.number << hit.shift;
        if part.checked_shr(bits).unwrap_or(0) != 0 {
            // Reported here, so it is not reported again with the length.
            (transfer.address, transfer.is_new) = (None, [false; 2]);
            return Some((value.addr, ViolationKind::DmaMask { address: part, len: None, bits }));
        }
        len?;
        (transfer.bits, transfer.last_written) = (bits, Some(value.addr));
        transfer.is_new[0] = true;
        if transfer.is_new == [true; 2] { transfer.check() } else { None }
    }

    fn length(
        &mut self,
        watch: usize,
        value: &Value,
        hit: &Hit,
        distance: isize,
    ) -> Option<(FieldAddr, ViolationKind)> {
        let address = hit.at.wrapping_add_signed(distance.wrapping_neg());
        let transfer = self.0.entry((watch, address)).or_default();
        put(transfer.len.get_or_insert(0), value, hit);
        transfer.last_written = Some(value.addr);
        transfer.is_new[1] = true;
        if transfer.is_new == [true; 2] { transfer.check() } else { None }
    }
}

/// Stores a value, or one half of it, at its position in `number`.
fn put(number: &mut u64, value: &Value, hit: &Hit) {
    let all = value.target.width.all_ones() << hit.shift;
    *number = *number & !all | value.number << hit.shift;
}

/// Checked memory that the device owns: the driver has handed it over and not taken it back.
#[derive(Default)]
pub(super) struct DeviceOwned(Vec<OwnedRange>);

struct OwnedRange {
    watch: usize,
    bytes: Range<usize>,
    /// The ownership field of the range, which the driver may read.
    owner: Option<Range<usize>>,
}

impl DeviceOwned {
    pub(super) fn add(&mut self, watch: usize, bytes: Range<usize>, owner: Option<Range<usize>>) {
        self.remove(watch, &bytes);
        self.0.push(OwnedRange { watch, bytes, owner });
    }

    /// Hands `bytes` back to the driver. If only a part of a range is handed back, the device keeps
    /// the rest.
    pub(super) fn remove(&mut self, watch: usize, bytes: &Range<usize>) {
        let mut rests = Vec::new();
        self.0.retain(|owned| {
            let is_hit = owned.watch == watch && overlap(&owned.bytes, bytes);
            if is_hit {
                let before = owned.bytes.start..bytes.start;
                let after = bytes.end..owned.bytes.end;
                let parts = [before, after].into_iter().filter(|part| !part.is_empty());
                let owner = &owned.owner;
                rests.extend(parts.map(|bytes| OwnedRange { watch, bytes, owner: owner.clone() }));
            }
            !is_hit
        });
        self.0.append(&mut rests);
    }

    /// Returns whether the driver must not access the bytes.
    pub(super) fn forbids(&self, watch: usize, bytes: &Range<usize>, write: bool) -> bool {
        self.0.iter().any(|owned| {
            let is_owner = owned
                .owner
                .as_ref()
                .is_some_and(|owner| owner.start <= bytes.start && bytes.end <= owner.end);
            owned.watch == watch && overlap(&owned.bytes, bytes) && (write || !is_owner)
        })
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
