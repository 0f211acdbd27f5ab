//! Comparison of the value written to a register with the value read from it.

use alloc::collections::BTreeMap;

use super::{
    access::Value,
    rule::{RuleKind, RuleSet},
    violation::ViolationKind,
};
use io_core::layout::AccessKind;

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
        let of_type = || (value.target.access == AccessKind::WriteOneToClear).then_some(all);
        let mask = rules.for_value(value).find_map(of_rule).or_else(of_type)?;
        let pending = clears(read, value.number, mask)?;
        Some(ViolationKind::OneToClear { pending })
    }

    /// Returns whether a register that must not be written was read before.
    pub(super) fn has(&self, watch: usize, at: usize) -> bool {
        self.0.contains_key(&(watch, at))
    }
}

/// Returns the pending bits of `mask` that a write clears unintentionally, if it looks like a
/// read-modify-write: ones that were read are written back while other bits change, or all of them
/// are written back together with additional ones. Writing only ones that were read, or all ones of
/// `mask`, is an acknowledgement.
fn clears(read: u64, written: u64, mask: u64) -> Option<u64> {
    let pending = read & mask;
    let others_change = (read ^ written) & !mask != 0;
    let is_added = written & mask & !read != 0 && written & mask != mask;
    let cleared = written & pending;
    (cleared != 0 && (others_change || is_added && cleared == pending)).then_some(cleared)
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
