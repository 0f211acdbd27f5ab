//! Blocks of up to eight bytes.

use crate::arch::fault::block::{copy_block, fill_block};

copy_block!(
    /// One byte.
    copy_1:
    load "2" "ldrb {a:w}, [{s}]"
    store 0 at0 "3" "strb {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Two bytes.
    copy_2:
    load "2" "ldrh {a:w}, [{s}]"
    store 0 at0 "3" "strh {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Four bytes.
    copy_4:
    load "2" "ldr {a:w}, [{s}]"
    store 0 at0 "3" "str {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "ldr {a}, [{s}]"
    store 0 at0 "3" "str {a}, [{d}]";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "strb {w:w}, [{d}]"
);
fill_block!(
    /// Two bytes.
    fill_2: store 0 at0 "2" "strh {w:w}, [{d}]"
);
fill_block!(
    /// Four bytes.
    fill_4: store 0 at0 "2" "str {w:w}, [{d}]"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "str {w}, [{d}]"
);
