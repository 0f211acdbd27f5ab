//! Blocks of aligned words.

use crate::arch::fault::block::{copy_block, fill_block};

copy_block!(
    /// One byte.
    copy_1:
    load "2" "lbu {a}, 0({s})"
    store 0 at0 "3" "sb {a}, 0({d})";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "ld {a}, 0({s})"
    store 0 at0 "3" "sd {a}, 0({d})";
    a = out(reg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "ld {a}, 0({s})"
    load "3" "ld {b}, 8({s})"
    load "4" "ld {e}, 16({s})"
    load "5" "ld {f}, 24({s})"
    store 0 at0 "6" "sd {a}, 0({d})"
    store 8 at8 "7" "sd {b}, 8({d})"
    store 16 at16 "8" "sd {e}, 16({d})"
    store 24 at24 "9" "sd {f}, 24({d})";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "sb {w}, 0({d})"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "sd {w}, 0({d})"
);
fill_block!(
    /// 32 bytes.
    fill_32:
    store 0 at0 "2" "sd {w}, 0({d})"
    store 8 at8 "3" "sd {w}, 8({d})"
    store 16 at16 "4" "sd {w}, 16({d})"
    store 24 at24 "5" "sd {w}, 24({d})"
);
