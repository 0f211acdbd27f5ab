//! The mutations: what is swapped or dropped, and which check must detect it.

use super::{check::Check, cursors};

/// One change of one file.
#[derive(Debug)]
pub(super) struct Mutation {
    pub(super) name: &'static str,
    pub(super) check: Check,
    /// A text that the report of the check must contain.
    pub(super) because: &'static str,
    pub(super) file: &'static str,
    pub(super) find: &'static str,
    pub(super) put: &'static str,
}

impl Mutation {
    /// The name filter of the tests that must detect the mutation, if `because` is a test name;
    /// otherwise all tests run.
    pub(super) fn test(&self) -> Option<&'static str> {
        let is_name = |letter| matches!(letter, 'a'..='z' | '0'..='9' | '_' | ':');
        self.because.chars().all(is_name).then_some(self.because)
    }

    /// The targets whose code the mutation changes, if it changes one architecture only; otherwise
    /// empty, which selects all targets.
    pub(super) fn targets(&self) -> &'static [&'static str] {
        let of_folder = [
            ("/x86_64/", &["x86_64-unknown-linux-gnu"]),
            ("/aarch64/", &["aarch64-unknown-none"]),
            ("/riscv64/", &["riscv64gc-unknown-none-elf"]),
        ];
        match self.file {
            UNALIGNED => of_folder[0].1,
            ALIGNED => of_folder[2].1,
            file => of_folder.iter().find(|(part, _)| file.contains(part)).map_or(&[], |of| of.1),
        }
    }
}

/// All mutations.
pub(super) fn all() -> impl Iterator<Item = &'static Mutation> {
    ALL.iter().chain(cursors::ALL)
}

/// The checks that mutations use, each once.
pub(super) fn checks() -> Vec<Check> {
    let kinds = [
        Check::Codegen,
        Check::Stepping,
        Check::Behaviour,
        Check::Fault,
        Check::Vm,
        Check::Kernel,
        Check::Matrix,
    ];
    kinds.into_iter().filter(|check| self::all().any(|m| m.check == *check)).collect()
}

const UNALIGNED: &str = "io-mem/src/arch/unaligned.rs";
const ALIGNED: &str = "io-mem/src/arch/aligned.rs";
const X86_64: &str = "io-mem/src/arch/x86_64/mod.rs";
const AARCH64: &str = "io-mem/src/arch/aarch64/mod.rs";
const X86_64_FAULTS: &str = "io-mem/src/arch/x86_64/faults.rs";
const X86_64_FAULT_VECTORS: &str = "io-mem/src/arch/x86_64/fault_vectors.rs";
const FAULT_TABLE: &str = "io-mem/src/arch/fault/table.rs";
const RISCV64: &str = "io-mem/src/arch/riscv64/mod.rs";

/// The start of the copy function of both algorithms.
const COPY: &str = "\
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
";
const COPY_NONOVERLAPPING: &str = "\
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    if len != usize::MAX {
        return unsafe { core::ptr::copy_nonoverlapping(src, dst, len) };
    }
";
const NAMED_MEMCPY: &str = "\
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    unsafe extern \"C\" {
        fn memcpy(dst: *mut u8, src: *const u8, len: usize) -> *mut u8;
    }
    if len != usize::MAX {
        unsafe { memcpy(dst, src, len) };
        return;
    }
";
const VOLATILE_STRUCT: &str = "\
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    #[repr(C)]
    struct Whole(u32, u32, [u16; 4]);
    if len == 16 {
        let whole = unsafe { src.cast::<Whole>().read_volatile() };
        return unsafe { dst.cast::<Whole>().write_unaligned(whole) };
    }
";

/// The mutations of accesses and macros.
const ALL: &[Mutation] = &[
    Mutation {
        name: "the element after the last one of a located array",
        check: Check::Behaviour,
        because: "locations::elements_are_checked_at_run_time",
        file: "io-core/src/io/loc.rs",
        find: "if index >= N {",
        put: "if index > N {",
    },
    Mutation {
        name: "only the first element of a located array is inside the region",
        check: Check::Behaviour,
        because: "locations::strides_are_checked",
        file: "io-core/src/layout/check.rs",
        find: "    if count > 1 {",
        put: "    if count == usize::MAX {",
    },
    Mutation {
        name: "a relative location without its base",
        check: Check::Behaviour,
        because: "locations::locations_in_a_part_are_relative_to_it",
        file: "io-core/src/io/loc.rs",
        find: "offset: self.offset + part.offset",
        put: "offset: part.offset",
    },
    Mutation {
        name: "a block of enums is declared to accept any bits",
        check: Check::Behaviour,
        because: "enums::fields_of_enums_do_not_accept_any_bits",
        file: "io-core/src/value/field_layout.rs",
        find: "if !fields[i].any_bits {",
        put: "if fields.is_empty() {",
    },
    Mutation {
        name: "copy_nonoverlapping instead of block copies",
        check: Check::Codegen,
        because: "copy",
        file: UNALIGNED,
        find: COPY,
        put: COPY_NONOVERLAPPING,
    },
    Mutation {
        name: "copy_nonoverlapping instead of word copies",
        check: Check::Codegen,
        because: "copy",
        file: ALIGNED,
        find: COPY,
        put: COPY_NONOVERLAPPING,
    },
    Mutation {
        name: "copy_nonoverlapping, single-stepped",
        check: Check::Stepping,
        because: "Again(",
        file: UNALIGNED,
        find: COPY,
        put: COPY_NONOVERLAPPING,
    },
    Mutation {
        name: "memcpy by name instead of block copies",
        check: Check::Codegen,
        because: "copy",
        file: UNALIGNED,
        find: COPY,
        put: NAMED_MEMCPY,
    },
    Mutation {
        name: "a volatile struct access instead of block copies",
        check: Check::Codegen,
        because: "copy",
        file: UNALIGNED,
        find: COPY,
        put: VOLATILE_STRUCT,
    },
    Mutation {
        name: "a volatile struct access, single-stepped",
        check: Check::Stepping,
        because: "Descends(",
        file: UNALIGNED,
        find: COPY,
        put: VOLATILE_STRUCT,
    },
    Mutation {
        name: "the tail of a copy overlaps",
        check: Check::Stepping,
        because: "Again(",
        file: "io-mem/src/arch/x86_64/vectors.rs",
        find: "    unsafe { short_copy(dst, src, left & 31) };",
        put: "    if left & 31 != 0 {
        let back = 32 - (left & 31);
        unsafe { avx::copy_32(dst.wrapping_sub(back), src.wrapping_sub(back)) };
    }",
    },
    Mutation {
        name: "x86-64 without the compiler barrier before a device write",
        check: Check::Stepping,
        because: "ordered_accesses_are_compiler_barriers",
        file: X86_64,
        find: "pub fn before_device_write() {
    compiler_barrier();",
        put: "pub fn before_device_write() {
    let _ = compiler_barrier;",
    },
    Mutation {
        name: "x86-64 without the compiler barrier after a device read",
        check: Check::Stepping,
        because: "ordered_accesses_are_compiler_barriers",
        file: X86_64,
        find: "pub fn after_device_read() {
    compiler_barrier();",
        put: "pub fn after_device_read() {
    let _ = compiler_barrier;",
    },
    Mutation {
        name: "x86-64 loads may be folded into arithmetic",
        check: Check::Codegen,
        because: "folded",
        file: X86_64,
        find: "                    asm!($modifier, inlateout($class) value,
                        options(nomem, nostack, preserves_flags));",
        put: "                    value = core::convert::identity(value);",
    },
    Mutation {
        name: "x86-64 without sfence",
        check: Check::Codegen,
        because: "wmb",
        file: X86_64,
        find: "asm!(\"sfence\",",
        put: "asm!(\"\",",
    },
    Mutation {
        name: "aarch64 without the barrier before a device write",
        check: Check::Codegen,
        because: "write",
        file: AARCH64,
        find: "pub fn before_device_write() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!(\"dmb oshst\", options(nostack, preserves_flags)) };",
        put: "pub fn before_device_write() {",
    },
    Mutation {
        name: "aarch64 without the dependency after a device read",
        check: Check::Codegen,
        because: "read",
        file: AARCH64,
        find: "asm!(\"eor {t}, {v:x}, {v:x}\", \"cbnz {t}, .\",",
        put: "asm!(\"/* {t} {v} */\",",
    },
    Mutation {
        name: "aarch64 with an inner shareable barrier",
        check: Check::Codegen,
        because: "dma_wmb",
        file: AARCH64,
        find: "Barrier::DmaWmb => fence!(\"dmb oshst\"),",
        put: "Barrier::DmaWmb => core::sync::atomic::fence(core::sync::atomic::Ordering::SeqCst),",
    },
    Mutation {
        name: "riscv64 fences without the I/O bits",
        check: Check::Codegen,
        because: "write",
        file: RISCV64,
        find: "fence!(\"fence w, o\");",
        put: "fence!(\"fence w, w\");",
    },
    Mutation {
        name: "a hand-over without the barrier",
        check: Check::Behaviour,
        because: "publish::publish_writes_body_then_barrier_then_ownership_field",
        file: "io-core/src/io/descriptor.rs",
        find: "    I::Backend::barrier(view, I::Backend::BEFORE_PUBLISH);\n",
        put: "",
    },
    Mutation {
        name: "command bits are written as given",
        check: Check::Behaviour,
        because: "bits::an_update_writes_zero_to_command_bits",
        file: "io-core/src/io/bits.rs",
        find: "T::Repr::from_u64(given & !masks.special | masks.neutral)",
        put: "T::Repr::from_u64(given)",
    },
    Mutation {
        name: "bits of other kinds are cleared, too",
        check: Check::Behaviour,
        because: "bits::clear_and_set_act_on_their_bits_and_keep_plain_ones",
        file: "io-core/src/io/bits.rs",
        find: "(bits & masks.ones[command as usize], bits & masks.zeros[command as usize])",
        put: "(bits, bits & masks.zeros[command as usize])",
    },
    Mutation {
        name: "a fault counts one store too many, in general registers",
        check: Check::Kernel,
        because: "copies::an_absent_destination_page_faults ... FAILED",
        file: X86_64_FAULTS,
        find: "store 16 at16 \"8\" \"mov [{d} + 16], {e}\"",
        put: "store 24 at16 \"8\" \"mov [{d} + 16], {e}\"",
    },
    Mutation {
        name: "a string instruction counts bytes that it did not copy",
        check: Check::Kernel,
        because: "copies::an_absent_source_page_faults ... FAILED",
        file: X86_64_FAULTS,
        find: "Err(8 * (words - left))",
        put: "Err(8 * (words - left + 1))",
    },
    Mutation {
        name: "loads are missing from the recovery table, in a kernel",
        check: Check::Kernel,
        because: "which is not in the recovery table",
        file: X86_64_FAULTS,
        find: "                row!(\"2\" => \"3b\"),\n                p = in(reg) $ptr, v",
        put: "                p = in(reg) $ptr, v",
    },
    Mutation {
        name: "a fault counts one store too many",
        check: Check::Fault,
        because: "every_byte::a_destination",
        file: X86_64_FAULT_VECTORS,
        find: "store 64 at64 \"8\" \"vmovdqu [{d} + 64], ymm2\"",
        put: "store 96 at64 \"8\" \"vmovdqu [{d} + 64], ymm2\"",
    },
    Mutation {
        name: "stores are repeated after a fault",
        check: Check::Fault,
        because: "handlers::no_byte_is_stored_twice",
        file: X86_64_FAULT_VECTORS,
        find: "store 64 at64 \"8\" \"vmovdqu [{d} + 64], ymm2\"",
        put: "store 0 at64 \"8\" \"vmovdqu [{d} + 64], ymm2\"",
    },
    Mutation {
        name: "an exchange is not atomic",
        check: Check::Stepping,
        because: "each_access_is_one_instruction",
        file: X86_64_FAULTS,
        find: "lock cmpxchg dword",
        put: "cmpxchg dword",
    },
    Mutation {
        name: "loads are missing from the recovery table",
        check: Check::Fault,
        because: "SIGSEGV",
        file: "io-mem/src/arch/fault/block.rs",
        find: "$(concat!($l, \": \", $load), $crate::arch::fault::table::row!($l => {at0}),)+",
        put: "$(concat!($l, \": \", $load),)+",
    },
    Mutation {
        name: "the handler does not forward foreign faults",
        check: Check::Fault,
        because: "children::a_stack_overflow_is_reported_by_rust",
        file: "io-mem/src/fault/signal.rs",
        find: "        handler(signal, info, context);",
        put: "        handler(signal, ptr::null_mut(), context);",
    },
    Mutation {
        name: "the linker may remove the recovery table",
        check: Check::Matrix,
        because: "__start_io_mem_faults_v1",
        file: FAULT_TABLE,
        find: "\\\"aR\\\"",
        put: "\\\"a\\\"",
    },
    Mutation {
        name: "the recovery table is not loaded",
        check: Check::Matrix,
        because: "is not loaded",
        file: FAULT_TABLE,
        find: "\\\"aR\\\"",
        put: "\\\"R\\\"",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn mutations_have_distinct_names_and_change_the_text() {
        for (i, mutation) in all().enumerate() {
            assert!(all().take(i).all(|other| other.name != mutation.name), "{}", mutation.name);
            assert_ne!(mutation.find, mutation.put, "{}", mutation.name);
        }
    }

    #[test]
    fn a_mutation_of_one_architecture_is_checked_on_its_target() {
        let of = |name| all().find(|mutation| mutation.name == name).map(Mutation::targets);
        assert_eq!(of("x86-64 without sfence"), Some(&["x86_64-unknown-linux-gnu"][..]));
        assert_eq!(
            of("riscv64 fences without the I/O bits"),
            Some(&["riscv64gc-unknown-none-elf"][..])
        );
        assert_eq!(of("a hand-over without the barrier"), Some(&[][..]));
    }

    #[test]
    fn the_text_of_every_mutation_occurs_once() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut files = HashMap::new();
        for mutation in super::all() {
            let text = files
                .entry(mutation.file)
                .or_insert_with(|| std::fs::read_to_string(root.join(mutation.file)).unwrap());
            assert_eq!(text.matches(mutation.find).count(), 1, "{}", mutation.name);
        }
    }
}
