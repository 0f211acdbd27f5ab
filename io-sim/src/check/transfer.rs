//! Addresses and lengths that are written for a device's DMA.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    access::Value,
    rule::{Hit, Kind, RuleSet},
    violation::Breach,
};
use io_core::backend::Order;

use crate::Place;

/// The transfers that drivers have written, by watch and address field.
#[derive(Default)]
pub(super) struct Transfers(BTreeMap<(usize, usize), Transfer>);

/// Address and length of one, as far as they are known.
#[derive(Default)]
struct Transfer {
    address: Option<u64>,
    len: Option<u64>,
    bits: u32,
    /// Whether address and length were written since they were judged.
    is_new: [bool; 2],
    /// What was written last.
    place: Option<Place>,
}

impl Transfer {
    fn judge(&mut self) -> Option<(Place, Breach)> {
        self.is_new = [false; 2];
        let Transfer { address: Some(address), len: Some(len), bits, .. } = *self else {
            return None;
        };
        let end = u128::from(address) + u128::from(len);
        let breach = Breach::DmaMask { address, len: Some(len), bits };
        (end > 1 << bits.min(64)).then_some((self.place?, breach))
    }
}

impl Transfers {
    /// A value that was written, and what is wrong with it.
    pub(super) fn write(
        &mut self,
        watch: usize,
        value: &Value,
        order: Order,
        rules: &RuleSet,
    ) -> Vec<(Place, Breach)> {
        let (mut found, mut is_part) = (Vec::new(), false);
        for (kind, hit) in rules.for_value(value) {
            match kind {
                Kind::DmaMask(bits, len) => {
                    found.extend(self.address(watch, value, &hit, bits, len))
                }
                Kind::DmaLength(distance) => {
                    found.extend(self.length(watch, value, &hit, distance))
                }
                _ => continue,
            }
            is_part = true;
        }
        if !is_part && order != Order::Memory {
            let mine = self.0.range_mut((watch, 0)..=(watch, usize::MAX));
            let half_new = mine.filter(|(_, transfer)| transfer.is_new.contains(&true));
            found.extend(half_new.filter_map(|(_, transfer)| transfer.judge()));
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
    ) -> Option<(Place, Breach)> {
        let transfer = self.0.entry((watch, hit.at)).or_default();
        put(transfer.address.get_or_insert(0), value, hit);
        let part = value.number << hit.shift;
        if part.checked_shr(bits).unwrap_or(0) != 0 {
            // Told here, and not again with the length.
            (transfer.address, transfer.is_new) = (None, [false; 2]);
            return Some((value.place, Breach::DmaMask { address: part, len: None, bits }));
        }
        len?;
        (transfer.bits, transfer.place) = (bits, Some(value.place));
        transfer.is_new[0] = true;
        if transfer.is_new == [true; 2] { transfer.judge() } else { None }
    }

    fn length(
        &mut self,
        watch: usize,
        value: &Value,
        hit: &Hit,
        distance: isize,
    ) -> Option<(Place, Breach)> {
        let address = hit.at.wrapping_add_signed(distance.wrapping_neg());
        let transfer = self.0.entry((watch, address)).or_default();
        put(transfer.len.get_or_insert(0), value, hit);
        transfer.place = Some(value.place);
        transfer.is_new[1] = true;
        if transfer.is_new == [true; 2] { transfer.judge() } else { None }
    }
}

/// Puts a value, which may be a half, where it belongs in a number.
fn put(number: &mut u64, value: &Value, hit: &Hit) {
    let all = value.target.width.all_ones() << hit.shift;
    *number = *number & !all | value.number << hit.shift;
}
