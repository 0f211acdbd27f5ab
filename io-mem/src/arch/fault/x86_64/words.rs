//! Single accesses: `mov` and `lock cmpxchg`.

use crate::arch::fault::{table::row, word::words};

/// Value, and whether it faulted.
macro_rules! load {
    ($ptr:ident, $text:literal) => {{
        let value: u64;
        let fault: u32;
        core::arch::asm!(
            concat!("2: ", $text),
            "mov {f:e}, 0",
            "3:",
            row!("2" => "3b"),
            p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u32 => fault,
            options(readonly, nostack, preserves_flags)
        );
        (value, fault)
    }};
}

/// What was there, and whether it faulted.
macro_rules! exchange {
    ($ptr:ident, $old:ident, $new:ident, $text:literal) => {{
        let found: u64;
        let fault: u32;
        core::arch::asm!(
            concat!("2: ", $text),
            "mov {f:e}, 0",
            "3:",
            row!("2" => "3b"),
            p = in(reg) $ptr, n = in(reg) $new, inout("rax") $old => found,
            f = inout(reg) 1_u32 => fault,
            options(nostack)
        );
        (found, fault)
    }};
}

words! {
    load_8 store_8 exchange_8 u8,
        "movzx {v:e}, byte ptr [{p}]" "mov byte ptr [{p}], {v:l}"
        "lock cmpxchg byte ptr [{p}], {n:l}";
    load_16 store_16 exchange_16 u16,
        "movzx {v:e}, word ptr [{p}]" "mov word ptr [{p}], {v:x}"
        "lock cmpxchg word ptr [{p}], {n:x}";
    load_32 store_32 exchange_32 u32,
        "mov {v:e}, dword ptr [{p}]" "mov dword ptr [{p}], {v:e}"
        "lock cmpxchg dword ptr [{p}], {n:e}";
    load_64 store_64 exchange_64 u64,
        "mov {v}, qword ptr [{p}]" "mov qword ptr [{p}], {v}"
        "lock cmpxchg qword ptr [{p}], {n}";
}
