//! Blocks of up to eight bytes.

use crate::arch::block::{block, fill_block};

block!(
    /// One byte.
    copy_1: "ldrb {a:w}, [{s}]" "strb {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "ldrh {a:w}, [{s}]" "strh {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "ldr {a:w}, [{s}]" "str {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Eight bytes.
    copy_8: "ldr {a}, [{s}]" "str {a}, [{d}]";
    a = out(reg) _
);

fill_block!(
    /// Eight bytes.
    fill_8: "str {w}, [{d}]"
);
