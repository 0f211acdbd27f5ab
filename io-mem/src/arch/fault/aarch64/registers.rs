//! Blocks in pairs of general registers: bare metal.
//!
//! Accesses may be unaligned. Where the processor is set to refuse that, it is one more fault, and
//! the copy is done byte by byte.

use crate::arch::fault::block::{copy_block, fill_block};

copy_block!(
    /// Sixteen bytes.
    copy_16:
    load "2" "ldp {a}, {b}, [{s}]"
    store 0 at0 "3" "stp {a}, {b}, [{d}]";
    a = out(reg) _, b = out(reg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "ldp {a}, {b}, [{s}]"
    load "3" "ldp {e}, {f}, [{s}, #16]"
    store 0 at0 "4" "stp {a}, {b}, [{d}]"
    store 16 at16 "5" "stp {e}, {f}, [{d}, #16]";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);
copy_block!(
    /// 64 bytes.
    copy_64:
    load "2" "ldp {a}, {b}, [{s}]"
    load "3" "ldp {e}, {f}, [{s}, #16]"
    load "4" "ldp {g}, {h}, [{s}, #32]"
    load "5" "ldp {i}, {j}, [{s}, #48]"
    store 0 at0 "6" "stp {a}, {b}, [{d}]"
    store 16 at16 "7" "stp {e}, {f}, [{d}, #16]"
    store 32 at32 "8" "stp {g}, {h}, [{d}, #32]"
    store 48 at48 "9" "stp {i}, {j}, [{d}, #48]";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _,
    g = out(reg) _, h = out(reg) _, i = out(reg) _, j = out(reg) _
);

fill_block!(
    /// Sixteen bytes.
    fill_16: store 0 at0 "2" "stp {w}, {w}, [{d}]"
);
fill_block!(
    /// 32 bytes.
    fill_32:
    store 0 at0 "2" "stp {w}, {w}, [{d}]"
    store 16 at16 "3" "stp {w}, {w}, [{d}, #16]"
);
fill_block!(
    /// 64 bytes.
    fill_64:
    store 0 at0 "2" "stp {w}, {w}, [{d}]"
    store 16 at16 "3" "stp {w}, {w}, [{d}, #16]"
    store 32 at32 "4" "stp {w}, {w}, [{d}, #32]"
    store 48 at48 "5" "stp {w}, {w}, [{d}, #48]"
);
