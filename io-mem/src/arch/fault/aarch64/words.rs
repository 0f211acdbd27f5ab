//! Single accesses: `ldr`, `str` and exclusive pairs.

use crate::arch::fault::{table::row, word::words};

/// Value, and whether it faulted.
macro_rules! load {
    ($ptr:ident, $text:literal) => {{
        let value: u64;
        let fault: u32;
        core::arch::asm!(
            concat!("2: ", $text),
            "mov {f:w}, wzr",
            "3:",
            row!("2" => "3b"),
            p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u32 => fault,
            options(readonly, nostack, preserves_flags)
        );
        (value, fault)
    }};
}

/// What was there, and whether it faulted. The load can, and so can the store.
macro_rules! exchange {
    ($ptr:ident, $old:ident, $new:ident, ($load:literal $store:literal)) => {{
        let found: u64;
        let fault: u32;
        core::arch::asm!(
            concat!("2: ", $load),
            "cmp {v}, {o}",
            "b.ne 4f",
            concat!("3: ", $store),
            "cbnz {t:w}, 2b",
            "b 5f",
            "4: clrex",
            "5: mov {f:w}, wzr",
            "6:",
            row!("2" => "6b"),
            row!("3" => "6b"),
            p = in(reg) $ptr, o = in(reg) $old, n = in(reg) $new, v = out(reg) found,
            t = out(reg) _, f = inout(reg) 1_u32 => fault,
            options(nostack)
        );
        (found, fault)
    }};
}

words! {
    load_8 store_8 exchange_8 u8,
        "ldrb {v:w}, [{p}]" "strb {v:w}, [{p}]"
        ("ldxrb {v:w}, [{p}]" "stxrb {t:w}, {n:w}, [{p}]");
    load_16 store_16 exchange_16 u16,
        "ldrh {v:w}, [{p}]" "strh {v:w}, [{p}]"
        ("ldxrh {v:w}, [{p}]" "stxrh {t:w}, {n:w}, [{p}]");
    load_32 store_32 exchange_32 u32,
        "ldr {v:w}, [{p}]" "str {v:w}, [{p}]"
        ("ldxr {v:w}, [{p}]" "stxr {t:w}, {n:w}, [{p}]");
    load_64 store_64 exchange_64 u64,
        "ldr {v}, [{p}]" "str {v}, [{p}]"
        ("ldxr {v}, [{p}]" "stxr {t:w}, {n}, [{p}]");
}
