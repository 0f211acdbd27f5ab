//! Comparison of the value written to a register with the value read from it.

use alloc::collections::BTreeMap;

use super::{
    access::Value,
    rule::{RuleKind, RuleSet},
    violation::ViolationKind,
};
use io_core::layout::BitKind;

use crate::write_back::lost_bits;

/// Values that one thread has read and not written since, by watch and offset.
#[derive(Default)]
pub(super) struct Reads(BTreeMap<(usize, usize), u64>);

impl Reads {
    pub(super) fn read(&mut self, watch: usize, value: &Value) {
        self.0.insert((watch, value.target.at), value.number);
    }

    /// Records a write after a read and returns its violation, if any. Each read counts once.
    pub(super) fn write(
        &mut self,
        watch: usize,
        value: &Value,
        rules: &RuleSet,
    ) -> Option<ViolationKind> {
        let read = self.0.remove(&(watch, value.target.at))?;
        let all = value.target.width.all_ones();
        let of_rule = |(kind, hit): (RuleKind, super::rule::Hit)| match kind {
            RuleKind::OneToClear(bits) => Some(bits >> hit.shift & all),
            _ => None,
        };
        let of_type = || Some(value.target.bits.get(BitKind::OneToClear)).filter(|mask| *mask != 0);
        let mask = rules.for_value(value).find_map(of_rule).or_else(of_type)?;
        let pending = lost_bits(read, value.number, mask)?;
        Some(ViolationKind::OneToClear { pending })
    }

    /// Returns whether a register that must not be written was read before.
    pub(super) fn has(&self, watch: usize, at: usize) -> bool {
        self.0.contains_key(&(watch, at))
    }
}

/// The known contents of registers, by watch and offset.
#[derive(Default)]
pub(super) struct Known(BTreeMap<(usize, usize), u64>);

impl Known {
    /// Records a read or write; returns the violation of the reserved bits of a write, if any.
    pub(super) fn touch(
        &mut self,
        watch: usize,
        value: &Value,
        write: bool,
        rules: &RuleSet,
    ) -> Option<ViolationKind> {
        let before = self.0.insert((watch, value.target.at), value.number);
        if !write {
            return None;
        }
        let all = value.target.width.all_ones();
        rules.for_value(value).find_map(|(kind, hit)| match (kind, before) {
            (RuleKind::Reserved(bits), _) => {
                let bits = bits >> hit.shift & value.number;
                (bits != 0).then_some(ViolationKind::ReservedBits { bits })
            }
            (RuleKind::Preserved(bits), None) => {
                Some(ViolationKind::NotRead { bits: bits >> hit.shift & all })
            }
            (RuleKind::Preserved(bits), Some(before)) => {
                let bits = bits >> hit.shift & (before ^ value.number);
                (bits != 0).then_some(ViolationKind::NotPreserved { bits })
            }
            _ => None,
        })
    }
}
