//! Small listings, as the disassembler prints them.

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
fn functions_have_names_instructions_and_relocations() {
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
fn local_labels_start_no_function_and_calls_know_where_they_go() {
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
fn what_cannot_be_read_is_an_error() {
    let text = format!("{X86}\nwarning: odd\n");
    assert!(Listing::parse(&text).is_err_and(|error| error.contains("`warning: odd`")));
}
