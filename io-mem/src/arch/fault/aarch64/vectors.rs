//! Blocks in vector registers: programs of an operating system.

use crate::arch::fault::block::{copy_block, fill_block};

copy_block!(
    /// Sixteen bytes.
    copy_16:
    load "2" "ldr {a:q}, [{s}]"
    store 0 at0 "3" "str {a:q}, [{d}]";
    a = out(vreg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "ldp {a:q}, {b:q}, [{s}]"
    store 0 at0 "3" "stp {a:q}, {b:q}, [{d}]";
    a = out(vreg) _, b = out(vreg) _
);
copy_block!(
    /// 64 bytes.
    copy_64:
    load "2" "ldp {a:q}, {b:q}, [{s}]"
    load "3" "ldp {e:q}, {f:q}, [{s}, #32]"
    store 0 at0 "4" "stp {a:q}, {b:q}, [{d}]"
    store 32 at32 "5" "stp {e:q}, {f:q}, [{d}, #32]";
    a = out(vreg) _, b = out(vreg) _, e = out(vreg) _, f = out(vreg) _
);

fill_block!(
    /// Sixteen bytes.
    fill_16: store 0 at0 "2" "stp {w}, {w}, [{d}]"
);
fill_block!(
    /// 32 bytes.
    fill_32:
    "dup {a:v}.2d, {w}"
    store 0 at0 "2" "stp {a:q}, {a:q}, [{d}]";
    a = out(vreg) _
);
fill_block!(
    /// 64 bytes.
    fill_64:
    "dup {a:v}.2d, {w}"
    store 0 at0 "2" "stp {a:q}, {a:q}, [{d}]"
    store 32 at32 "3" "stp {a:q}, {a:q}, [{d}, #32]";
    a = out(vreg) _
);
