//! Blocks of four aligned words: bare metal.

use crate::arch::block::{block, fill_block};

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
