//! The README's table of instructions, written from the generated code.

use core::fmt::Write as _;

use crate::Workspace;
use crate::build::{self, Tools};
use crate::listing::{Instruction, Listing};
use crate::target::{LEVELS, Level};

/// The name of the level at which the table is written.
pub const TABLE_LEVEL: &str = "3";

/// Armv7-M, on which no rule is checked.
pub(crate) const ARMV7M: &str = "thumbv7em-none-eabihf";

/// The columns: title and target.
const COLUMNS: [(&str, &str); 4] = [
    ("x86-64", "x86_64-unknown-linux-gnu"),
    ("aarch64", "aarch64-unknown-none"),
    ("riscv64", "riscv64gc-unknown-none-elf"),
    ("Armv7-M", ARMV7M),
];

/// The rows: title, and function of `ui-tests/probes`.
const ROWS: [(&str, &str); 11] = [
    ("`io_read!`, `Mmio`", "shown_ordered_read"),
    ("`io_write!`, `Mmio`", "shown_ordered_write"),
    ("`io_update!`, `Mmio`: set one bit", "shown_ordered_update"),
    ("`io_read!`, `RelaxedMmio`", "shown_relaxed_read"),
    ("`io_write!`, `RelaxedMmio`", "shown_relaxed_write"),
    ("`io_read!`, `CoherentView` or `SysMem`", "shown_memory_read"),
    ("`io_write!`, `CoherentView` or `SysMem`", "shown_memory_write"),
    ("`publish_with`: a field, then the ownership field", "shown_publish"),
    ("`dma_wmb`", "shown_dma_wmb"),
    ("`dma_rmb`", "shown_dma_rmb"),
    ("`wmb`", "shown_wmb"),
];

/// Returns the table in Markdown. The probes must be compiled at level [`TABLE_LEVEL`] for the
/// targets on which rules are checked; they are compiled for Armv7-M here.
///
/// # Errors
///
/// Returns an error if a tool is missing, the functions cannot be compiled, or the disassembler's
/// output cannot be parsed.
pub fn instruction_table(workspace: &Workspace<'_>) -> Result<String, String> {
    let level = LEVELS.iter().find(|level| level.short == TABLE_LEVEL);
    let level: &Level = level.ok_or_else(|| format!("there is no level `{TABLE_LEVEL}`"))?;
    build::compile_for(workspace, level, ARMV7M)?;
    let tools = Tools::find(workspace)?;
    let names = ROWS.map(|(_, function)| function);
    let listings: Vec<Listing> = COLUMNS
        .iter()
        .map(|(_, triple)| tools.functions(workspace, triple, level, &names))
        .collect::<Result<_, _>>()?;
    table(&listings)
}

/// Returns the table for one listing for each column.
fn table(listings: &[Listing]) -> Result<String, String> {
    let titles = COLUMNS.map(|(title, _)| title);
    let mut table = format!("| access | {} |\n|---|---|---|---|---|\n", titles.join(" | "));
    for (title, function) in ROWS {
        table.push_str(&format!("| {title} |"));
        for (listing, column) in listings.iter().zip(titles) {
            let index = listing.find(function, "");
            let index = index.ok_or_else(|| format!("{column} has no function `{function}`"))?;
            // Writing to a string cannot fail.
            let _ = write!(table, " {} |", cell(&listing.functions[index].code));
        }
        table.push('\n');
    }
    Ok(table)
}

/// Returns the instructions of a function. Registers, moves between registers, the sign extension of
/// results, stack frames and returns are omitted.
fn cell(code: &[Instruction]) -> String {
    let shown: Vec<String> = code.iter().filter_map(shown).collect();
    if shown.is_empty() { "–".to_owned() } else { shown.join(", ") }
}

/// Returns the text of one instruction; `None` if it is not shown.
fn shown(instruction: &Instruction) -> Option<String> {
    let operands = instruction.operands.join(", ");
    let mnemonic = instruction.mnemonic.as_str();
    match mnemonic {
        "ret" | "bx" | "push" | "pop" | "sext.w" => None,
        "mov" | "mv" if !operands.contains('[') => None,
        "dmb" | "dsb" | "fence" => Some(format!("`{mnemonic} {operands}`")),
        _ => Some(format!("`{mnemonic}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A listing in which every function of the table has these instructions.
    fn listing(lines: &[&str]) -> Listing {
        let mut text = "/t/a.o:\tfile format elf64\n".to_owned();
        for (i, (_, name)) in ROWS.iter().enumerate() {
            let start = 0x100 * i;
            text.push_str(&format!("{start:016x} <{name}>:\n"));
            for (j, line) in lines.iter().enumerate() {
                text.push_str(&format!("  {:x}:\t{line}\n", start + j));
            }
        }
        Listing::parse(&text).expect("it is well-formed")
    }

    #[test]
    fn registers_moves_and_returns_are_omitted() {
        let arm = ["ldr\tw8, [x0]", "dmb\toshld", "eor\tx9, x8, x8", "mov\tw0, w8", "ret"];
        let code = &listing(&arm).functions[0].code;
        assert_eq!(cell(code), "`ldr`, `dmb oshld`, `eor`");
        let thumb = ["push\t{r7, lr}", "mov\tr7, sp", "dmb\tsy", "str\tr1, [r0]", "pop\t{r7, pc}"];
        assert_eq!(cell(&listing(&thumb).functions[0].code), "`dmb sy`, `str`");
        let x86 = ["mov\tdword ptr [rdi], esi", "mov\teax, ecx", "ret"];
        assert_eq!(cell(&listing(&x86).functions[0].code), "`mov`");
        assert_eq!(cell(&listing(&["ret"]).functions[0].code), "–");
        assert_eq!(cell(&listing(&["fence\tw, o", "ret"]).functions[0].code), "`fence w, o`");
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let columns = [["a"], ["b"], ["c"], ["dmb\tsy"]].map(|lines| listing(&lines));
        let text = table(&columns).expect("all functions exist");
        assert_eq!(text.lines().count(), 2 + ROWS.len());
        assert!(text.contains("| `dma_rmb` | `a` | `b` | `c` | `dmb sy` |\n"), "{text}");
    }

    #[test]
    fn a_missing_function_is_an_error() {
        let empty = Listing::parse("").expect("it is well-formed");
        assert!(table(&[empty]).is_err_and(|text| text.contains("x86-64 has no function")));
    }
}
