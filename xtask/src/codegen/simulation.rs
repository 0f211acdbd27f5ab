//! The test kit costs nothing where it is not used: with the feature `sim` on,
//! each probe has the same instructions.

use super::build::Tools;
use super::compile;
use super::expect;
use super::listing::{Function, Listing};
use super::table::{Failure, Results};
use super::target::{MACHINES, Machine, WITH_SIM, WITHOUT_SIM};
use crate::project::Project;

/// Compiles the probes with the feature, and compares them with those without,
/// which must have been compiled.
pub(crate) fn costs_nothing(project: &Project) -> Result<Results, String> {
    let tools = Tools::find(project)?;
    compile(project, WITH_SIM)?;
    let mut results = Results::default();
    for machine in &MACHINES {
        let [without, with] =
            [WITHOUT_SIM, WITH_SIM].map(|level| tools.disassemble(project, machine, level));
        results = results.with(compare(machine, &without?, &with?));
    }
    Ok(results)
}

fn compare(machine: &'static Machine, without: &Listing, with: &Listing) -> Results {
    let mut results = Results::default();
    for probe in expect::all() {
        results.checks += 1;
        let [before, after] = [without, with]
            .map(|listing| listing.find(&probe.name, "").map(|index| &listing.functions[index]));
        let problem = match (before, after) {
            (Some(before), Some(after)) => difference(before, after),
            _ => Some("there is no function of that name".to_owned()),
        };
        if let Some(problem) = problem {
            results.failures.push(Failure {
                name: probe.name,
                machine,
                level: WITH_SIM,
                problems: vec![problem],
                listing: after.map_or(String::new(), Function::show),
            });
        }
    }
    results
}

/// The first instruction that differs.
fn difference(before: &Function, after: &Function) -> Option<String> {
    let (mut before, mut after) = (text(before).into_iter(), text(after).into_iter());
    for number in 1.. {
        match (before.next(), after.next()) {
            (None, None) => break,
            (was, is) if was == is => {}
            (was, is) => {
                let shown =
                    |line: Option<String>| line.map_or("the end".into(), |l| format!("`{l}`"));
                let (was, is) = (shown(was), shown(is));
                return Some(format!("instruction {number} is {is} with `sim`, {was} without"));
            }
        }
    }
    None
}

/// The instructions without the names of symbols, which have hashes.
fn text(function: &Function) -> Vec<String> {
    let start = function.code.first().map_or(0, |first| first.address);
    let line = |instruction: &super::listing::Instruction| {
        let operands: Vec<&str> = (instruction.operands.iter())
            .map(|operand| operand.split(" <").next().unwrap_or_default())
            .collect();
        let operands =
            if instruction.relocation.is_some() { String::new() } else { operands.join(", ") };
        let at = instruction.address - start;
        format!("{at:#x} {} {operands}", instruction.mnemonic)
    };
    function.code.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(code: &str) -> Function {
        let text = format!(
            "p.o:\tfile format elf64-x86-64\nDisassembly of section .text.p:\n\
             0000000000000000 <p>:\n{code}"
        );
        let listing = Listing::parse(&text).expect("a listing");
        listing.functions[0].clone()
    }

    #[test]
    fn the_first_difference_is_named() {
        let mov = "       0:      \tmov\teax, dword ptr [rdi]\n";
        let ret = "       2:      \tret\n";
        let both = function(&format!("{mov}{ret}"));
        assert_eq!(difference(&both, &both.clone()), None);
        let part = difference(&both, &function(mov)).expect("a difference");
        assert_eq!(part, "instruction 2 is the end with `sim`, `0x2 ret ` without");
    }
}
