//! Parses the output of `llvm-objdump -d -r --show-all-symbols`.

use alloc::collections::BTreeSet;
use std::collections::HashMap;

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instruction {
    /// The address in its section.
    pub(crate) address: u64,
    /// The mnemonic.
    pub(crate) mnemonic: String,
    /// The operands, without the comments that the disassembler adds.
    pub(crate) operands: Vec<String>,
    /// The relocation that the linker applies, if there is one.
    pub(crate) relocation: Option<Relocation>,
}

/// A value that the linker inserts into an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relocation {
    /// The kind, such as `R_AARCH64_CALL26`.
    pub(crate) kind: String,
    /// The symbol, without an offset.
    pub(crate) symbol: String,
}

/// A function: its instructions from one label to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    /// The names; the compiler may merge identical functions into one body.
    pub(crate) names: Vec<String>,
    /// The name of its file in the archive.
    pub(crate) member: String,
    /// The name of its section.
    pub(crate) section: String,
    /// The instructions.
    pub(crate) code: Vec<Instruction>,
}

/// All functions of some object files.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) functions: Vec<Function>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Listing {
    /// Parses the disassembler's output.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut listing = Self::default();
        let (mut member, mut section) = (String::new(), String::new());
        for (number, line) in text.lines().enumerate() {
            if let Some((file, _)) = line.split_once(":\tfile format ") {
                file.clone_into(&mut member);
            } else if let Some(name) = line.strip_prefix("Disassembly of section ") {
                name.trim_end_matches(':').clone_into(&mut section);
            } else if let Some(label) = label(line) {
                if !label.starts_with(".L") && !label.starts_with('$') {
                    listing.label(label, &member, &section);
                }
            } else if !line.trim().is_empty() {
                let problem =
                    || format!("cannot parse line {} of the disassembly: `{line}`", number + 1);
                listing.line(line).ok_or_else(problem)?;
            }
        }
        listing.functions.retain(|function| !function.code.is_empty());
        listing.index();
        listing.functions.iter_mut().for_each(move_call_relocations);
        Ok(listing)
    }

    /// Starts a function, or adds a name to the function that was just started.
    fn label(&mut self, name: &str, member: &str, section: &str) {
        match self.functions.last_mut() {
            Some(last)
                if last.code.is_empty() && last.member == member && last.section == section =>
            {
                last.names.push(name.to_owned());
            }
            _ => self.functions.push(Function {
                names: vec![name.to_owned()],
                member: member.to_owned(),
                section: section.to_owned(),
                code: vec![],
            }),
        }
    }

    /// Parses an instruction or a relocation.
    fn line(&mut self, line: &str) -> Option<()> {
        let (address, rest) = line.trim().split_once(':')?;
        let address = u64::from_str_radix(address, 16).ok()?;
        let code = &mut self.functions.last_mut()?.code;
        let rest = rest.trim();
        if rest.starts_with("R_") {
            let (kind, symbol) = rest.split_once(char::is_whitespace)?;
            let last = code.last_mut()?;
            if last.relocation.is_none() && kind != "R_RISCV_RELAX" {
                let symbol = without_addend(symbol.trim()).to_owned();
                last.relocation = Some(Relocation { kind: kind.to_owned(), symbol });
            }
        } else if !rest.starts_with('<') {
            code.push(instruction(address, rest)?);
        }
        Some(())
    }

    fn index(&mut self) {
        for (i, function) in self.functions.iter().enumerate() {
            let at_start = function.code.first().is_some_and(|first| first.address == 0);
            let section = at_start.then_some(&function.section);
            for name in function.names.iter().chain(section) {
                self.by_name.entry(name.clone()).or_default().push(i);
            }
        }
    }

    /// Returns the function of this name, preferably the one in this archive member.
    pub(crate) fn find(&self, name: &str, member: &str) -> Option<usize> {
        let all = self.by_name.get(name)?;
        all.iter().copied().find(|&i| self.functions[i].member == member).or(all.first().copied())
    }

    /// Returns the referenced symbols that are not functions of this listing.
    pub(crate) fn missing(&self) -> BTreeSet<&str> {
        let code = self.functions.iter().flat_map(|function| &function.code);
        let names = code.filter_map(|i| Some(i.relocation.as_ref()?.symbol.as_str()));
        names.filter(|name| !self.by_name.contains_key(*name)).collect()
    }

    /// Adds the functions of another listing.
    pub(crate) fn extend(&mut self, other: Self) {
        self.functions.extend(other.functions);
        self.by_name.clear();
        self.index();
    }

    /// Returns the function at an address of a section.
    pub(crate) fn at(&self, member: &str, section: &str, address: u64) -> Option<usize> {
        self.functions.iter().position(|function| {
            function.member == member
                && function.section == section
                && function.code.first().is_some_and(|first| first.address == address)
        })
    }
}

impl Function {
    /// Formats the listing for display.
    pub(crate) fn show(&self) -> String {
        let mut text = format!("{}:\n", self.names.join(", "));
        for instruction in &self.code {
            let line = format!("{:6x}:  {}", instruction.address, instruction.show());
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Returns the index of the instruction at an address.
    pub(crate) fn position(&self, address: u64) -> Option<usize> {
        self.code.binary_search_by_key(&address, |instruction| instruction.address).ok()
    }
}

impl Instruction {
    /// Formats the instruction.
    pub(crate) fn show(&self) -> String {
        let operands = self.operands.join(", ");
        let note = self.relocation.as_ref().map(|r| format!("   <{}>", r.symbol));
        format!("{:<8} {operands}{}", self.mnemonic, note.unwrap_or_default())
    }
}

/// Parses `0000000000000010 <name>:`; the address has 8 digits on 32-bit targets.
fn label(line: &str) -> Option<&str> {
    let (address, name) = line.split_once(" <")?;
    let name = name.strip_suffix(">:")?;
    let is_label = matches!(address.len(), 8 | 16) && u64::from_str_radix(address, 16).is_ok();
    is_label.then_some(name)
}

/// The prefixes of x86 instructions.
const PREFIXES: [&str; 7] = ["rep", "repe", "repne", "repz", "repnz", "lock", "notrack"];

fn instruction(address: u64, text: &str) -> Option<Instruction> {
    let text = text.split(" # ").next()?.split(" // ").next()?;
    let text = text.split("\t# ").next()?.trim();
    let (mnemonic, rest) = match text.split_once('\t') {
        Some((mnemonic, rest)) => (mnemonic.trim(), rest.trim()),
        None => (text, ""),
    };
    let (mnemonic, rest) = match PREFIXES.contains(&mnemonic) {
        true => match rest.split_once('\t') {
            Some((name, rest)) => (format!("{mnemonic} {}", name.trim()), rest.trim()),
            None => (format!("{mnemonic} {rest}"), ""),
        },
        false => (mnemonic.to_owned(), rest),
    };
    let operands = split(rest).into_iter().map(str::to_owned).collect();
    Some(Instruction { address, mnemonic, operands, relocation: None })
}

/// Splits operands at commas outside of brackets, without `<symbol+0x…>`.
fn split(operands: &str) -> Vec<&str> {
    let operands = match operands.find(" <") {
        Some(comment) => &operands[..comment],
        None => operands,
    };
    let (mut parts, mut start, mut depth) = (vec![], 0, 0_i32);
    for (i, c) in operands.char_indices() {
        match c {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(operands[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    let last = operands[start..].trim();
    if !last.is_empty() {
        parts.push(last);
    }
    parts
}

/// Returns `symbol` for `symbol-0x4`.
fn without_addend(symbol: &str) -> &str {
    match symbol.rfind(['+', '-']) {
        Some(sign) if symbol[sign + 1..].starts_with("0x") => &symbol[..sign],
        _ => symbol,
    }
}

/// Moves the relocation of a RISC-V call, which is a pair of instructions, from the first
/// instruction to the second, which jumps.
fn move_call_relocations(function: &mut Function) {
    for i in 1..function.code.len() {
        let is_call = |r: &Relocation| r.kind.starts_with("R_RISCV_CALL");
        let jumps = matches!(function.code[i].mnemonic.as_str(), "jalr" | "jr");
        if jumps && function.code[i - 1].relocation.as_ref().is_some_and(is_call) {
            function.code[i].relocation = function.code[i - 1].relocation.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X86: &str = "
/t/a.o:\tfile format elf64-x86-64

Disassembly of section .text.probe_a:

0000000000000000 <probe_a>:
0000000000000000 <twin_a>:
   0:      \tmov\teax, dword ptr [rdi + 8*rsi + 0x10]
   4:      \tcall\tqword ptr [rip]         # 0xa <probe_a+0xa>
\t\t0000000000000006:  R_X86_64_GOTPCREL\tother-0x4
   a:      \tjne\t0x4 <probe_a+0x4>
   c:      \tret
";

    const RISCV: &str = "
/t/b.o:\tfile format elf64-littleriscv
Disassembly of section .text.f:

0000000000000000 <$x>:
0000000000000000 <f>:
   0:      \tfence\tw, o
   4:      \tlw\ta0, 0x0(a0)
0000000000000008 <.Lpcrel_hi0>:
   8:      \tauipc\tra, 0x0
\t\t0000000000000008:  R_RISCV_CALL_PLT\tg
\t\t0000000000000008:  R_RISCV_RELAX\t*ABS*
   c:      \tjalr\tra <.Lpcrel_hi0+0x4>
0000000000000010 <h>:
  10:      \tret
";

    #[test]
    fn names_instructions_and_relocations_are_parsed() {
        let listing = Listing::parse(X86).expect("it is well-formed");
        let function = &listing.functions[listing.find("twin_a", "/t/a.o").expect("it is there")];
        assert_eq!(function.names, ["probe_a", "twin_a"]);
        let operands: Vec<_> = function.code.iter().map(|i| i.operands.join("; ")).collect();
        assert_eq!(operands, ["eax; dword ptr [rdi + 8*rsi + 0x10]", "qword ptr [rip]", "0x4", ""]);
        let relocation = function.code[1].relocation.as_ref().expect("a relocation");
        assert_eq!((&*relocation.kind, &*relocation.symbol), ("R_X86_64_GOTPCREL", "other"));
        assert_eq!(function.position(0xa), Some(2));
        assert_eq!(function.position(0xb), None);
        assert_eq!(listing.find(".text.probe_a", ""), Some(0));
    }

    #[test]
    fn local_labels_start_no_function_and_call_targets_are_resolved() {
        let listing = Listing::parse(RISCV).expect("it is well-formed");
        let names: Vec<_> = listing.functions.iter().map(|f| f.names.join(" ")).collect();
        assert_eq!(names, ["f", "h"]);
        let code = &listing.functions[0].code;
        assert_eq!(code[0].operands, ["w", "o"]);
        assert_eq!(code[1].operands, ["a0", "0x0(a0)"]);
        assert_eq!(code[2].relocation, None);
        assert_eq!(code[3].relocation.as_ref().map(|r| &*r.symbol), Some("g"));
        assert_eq!(code[3].operands, ["ra"]);
        assert_eq!(listing.at("/t/b.o", ".text.f", 0x10), Some(1));
    }

    #[test]
    fn unknown_lines_are_errors() {
        let text = format!("{X86}\nwarning: odd\n");
        assert!(Listing::parse(&text).is_err_and(|error| error.contains("`warning: odd`")));
    }
}
