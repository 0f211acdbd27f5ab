//! Single accesses: loads, stores and reserved pairs.

use crate::arch::fault::{table::row, word::words};

/// Value, and whether it faulted.
macro_rules! load {
    ($ptr:ident, $text:literal) => {{
        let value: u64;
        let fault: u64;
        core::arch::asm!(
            concat!("2: ", $text),
            "li {f}, 0",
            "3:",
            row!("2" => "3b"),
            p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u64 => fault,
            options(readonly, nostack, preserves_flags)
        );
        (value, fault)
    }};
}

/// What was there, and whether it faulted. The load can, and so can the store.
macro_rules! exchange {
    // Of 32 or 64 bits. The load extends the sign, and so is the comparison: the status is apart.
    ($ptr:ident, $old:ident, $new:ident, ($load:literal $store:literal $extend:literal)) => {{
        let found: u64;
        let fault: u64;
        core::arch::asm!(
            $extend,
            concat!("2: ", $load),
            "bne {v}, {o}, 4f",
            concat!("3: ", $store),
            "bnez {t}, 2b",
            "4: li {f}, 0",
            "5:",
            row!("2" => "5b"),
            row!("3" => "5b"),
            p = in(reg) $ptr, o = inout(reg) $old => _, n = in(reg) $new, v = out(reg) found,
            t = out(reg) _, f = inout(reg) 1_u64 => fault,
            options(nostack)
        );
        (found, fault)
    }};
    // Of fewer bits: inside the aligned word of 32, whose other bits stay.
    ($ptr:ident, $old:ident, $new:ident, $mask:literal) => {{
        let shift = $ptr.addr() % 4 * 8;
        let found: u64;
        let fault: u64;
        core::arch::asm!(
            "2: lr.w {w}, ({p})",
            "and {v}, {w}, {m}",
            "bne {v}, {o}, 4f",
            "xor {t}, {w}, {v}",
            "or {t}, {t}, {n}",
            "3: sc.w {t}, {t}, ({p})",
            "bnez {t}, 2b",
            "4: li {f}, 0",
            "5:",
            row!("2" => "5b"),
            row!("3" => "5b"),
            p = in(reg) $ptr.map_addr(|address| address - address % 4), o = in(reg) $old << shift,
            n = in(reg) $new << shift, m = in(reg) $mask << shift, w = out(reg) _,
            v = out(reg) found, t = out(reg) _, f = inout(reg) 1_u64 => fault,
            options(nostack)
        );
        (found >> shift, fault)
    }};
}

words! {
    load_8 store_8 exchange_8 u8,
        "lbu {v}, 0({p})" "sb {v}, 0({p})" 0xff_u64;
    load_16 store_16 exchange_16 u16,
        "lhu {v}, 0({p})" "sh {v}, 0({p})" 0xffff_u64;
    load_32 store_32 exchange_32 u32,
        "lwu {v}, 0({p})" "sw {v}, 0({p})"
        ("lr.w {v}, ({p})" "sc.w {t}, {n}, ({p})" "sext.w {o}, {o}");
    load_64 store_64 exchange_64 u64,
        "ld {v}, 0({p})" "sd {v}, 0({p})" ("lr.d {v}, ({p})" "sc.d {t}, {n}, ({p})" "");
}
