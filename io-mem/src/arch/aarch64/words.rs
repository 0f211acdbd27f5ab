//! Blocks of four aligned words, and loops over bytes: bare metal.

use crate::arch::{
    block::{block, fill_block},
    byte_loop::byte_loops,
};

block!(
    /// 32 bytes.
    copy_32: "ldp {a}, {b}, [{s}]" "ldp {e}, {f}, [{s}, #16]"
        "stp {a}, {b}, [{d}]" "stp {e}, {f}, [{d}, #16]";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

fill_block!(
    /// 32 bytes.
    fill_32: "stp {w}, {w}, [{d}]" "stp {w}, {w}, [{d}, #16]"
);

byte_loops!(
    "2: cmp {d}, {e}" "b.eq 3f" "ldrb {a:w}, [{s}], #1" "strb {a:w}, [{d}], #1" "b 2b" "3:";
    "2: cmp {d}, {e}" "b.eq 3f" "strb {w:w}, [{d}], #1" "b 2b" "3:"
);
