//! The entry from QEMU into Rust: 64-bit mode, with the first gigabyte identity-mapped.
//!
//! Kernel writes to read-only pages fault (`CR0.WP`). `window_table`, initially empty, maps the
//! last 2 MiB of the lower half of the address space.
//!
//! Source: Xen's `docs/misc/pvh.pandoc` (the entry: 32-bit mode, no paging); Intel SDM volume 3,
//! "Initializing IA-32e Mode".

use core::arch::global_asm;

global_asm!(
    r#"
.section .note.pvh, "a", @note
.p2align 2
.long 4, 8, 18
.asciz "Xen"
.quad start

.section .boot, "ax", @progbits
.code32
.global start
start:
    cli
    cld
    movl $directory, %edi     // 512 pages of 2 MiB: present, writable
    movl $0x83, %eax
    movl $512, %ecx
2:  movl %eax, (%edi)
    addl $0x200000, %eax
    addl $8, %edi
    decl %ecx
    jnz 2b
    movl $directory + 3, directories
    movl $directories + 3, root
    // The window's tables are open to users; its pages say whether they are.
    movl $window_directories + 7, root + 8 * 255
    movl $window_directory + 7, window_directories + 8 * 511
    movl $window_table + 7, window_directory + 8 * 511
    movl $root, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x20, %eax           // PAE
    movl %eax, %cr4
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax          // EFER.LME
    wrmsr
    movl %cr0, %eax
    orl $0x80010001, %eax     // PG, WP, PE
    movl %eax, %cr0
    lgdt gdt_pointer
    ljmp $8, $3f
.code64
3:  movw $16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $stack_top, %esp
    xorl %ebp, %ebp
    call kernel_main

.p2align 3
gdt: .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
gdt_pointer: .word . - gdt - 1
    .long gdt

.section .bss.boot, "aw", @nobits
.p2align 12
root: .skip 4096
directories: .skip 4096
directory: .skip 4096
window_directories: .skip 4096
window_directory: .skip 4096
.global window_table
window_table: .skip 4096
.global frames
frames: .skip 4096 * {frames}
stack: .skip 65536
stack_top:
.text
"#,
    frames = const super::memory::FRAMES,
    options(att_syntax)
);
