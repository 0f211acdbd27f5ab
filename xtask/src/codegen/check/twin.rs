//! A probe beside its twin: no instruction more than by hand.

use super::Build;
use crate::codegen::effect::Flow;
use crate::codegen::listing::Function;

impl Build<'_> {
    /// As many instructions as by hand, and the same ones.
    pub(super) fn twin(&self, probe: usize, twin: usize) -> Option<String> {
        let [probe, twin] = [probe, twin].map(|i| self.body(i));
        let (mine, theirs) = (self.kinds(probe), self.kinds(twin));
        if mine == theirs {
            return None;
        }
        let what = match (mine.len(), theirs.len()) {
            (mine, theirs) if mine == theirs => "other instructions than by hand".to_owned(),
            (mine, theirs) => format!("{mine} instructions, {theirs} by hand"),
        };
        Some(format!("{what}:\n{}", twin.show()))
    }

    /// What the instructions are, with outlined code put back.
    ///
    /// Not told apart: x86's two loads of small integers, and branches, since
    /// `< 8` may be asked as `<= 7`.
    pub(super) fn kinds<'b>(&'b self, function: &'b Function) -> Vec<&'b str> {
        let mut kinds = vec![];
        for instruction in &function.code {
            let outlined = instruction.relocation.as_ref().map(|r| &r.symbol);
            let outlined = outlined.filter(|name| name.contains("OUTLINED_FUNCTION"));
            let flow = self.machine.arch.effect(instruction).flow;
            match outlined.and_then(|name| self.listing.find(name, &function.member)) {
                Some(index) => {
                    let mut inner = self.kinds(&self.listing.functions[index]);
                    if matches!(flow, Flow::Call(_)) {
                        inner.pop();
                    }
                    kinds.extend(inner);
                }
                None if matches!(flow, Flow::Branch(_)) => kinds.push("branch"),
                None if instruction.mnemonic == "movzx" => kinds.push("mov"),
                None => kinds.push(&instruction.mnemonic),
            }
        }
        kinds
    }

    /// The function, or the one that it consists of a jump to.
    pub(super) fn body(&self, index: usize) -> &Function {
        let function = &self.listing.functions[index];
        let [only] = function.code.as_slice() else { return function };
        let target = only.relocation.as_ref().map(|relocation| &relocation.symbol);
        let target = target.and_then(|name| self.listing.find(name, &function.member));
        target.map_or(function, |index| &self.listing.functions[index])
    }
}
