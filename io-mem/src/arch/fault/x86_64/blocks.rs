//! Blocks of up to eight bytes.

use crate::arch::fault::block::{copy_block, fill_block};

copy_block!(
    /// One byte.
    copy_1:
    load "2" "movzx {a:e}, byte ptr [{s}]"
    store 0 at0 "3" "mov byte ptr [{d}], {a:l}";
    a = out(reg) _
);
copy_block!(
    /// Two bytes.
    copy_2:
    load "2" "movzx {a:e}, word ptr [{s}]"
    store 0 at0 "3" "mov word ptr [{d}], {a:x}";
    a = out(reg) _
);
copy_block!(
    /// Four bytes.
    copy_4:
    load "2" "mov {a:e}, dword ptr [{s}]"
    store 0 at0 "3" "mov dword ptr [{d}], {a:e}";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "mov {a}, qword ptr [{s}]"
    store 0 at0 "3" "mov qword ptr [{d}], {a}";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "mov byte ptr [{d}], {w:l}"
);
fill_block!(
    /// Two bytes.
    fill_2: store 0 at0 "2" "mov word ptr [{d}], {w:x}"
);
fill_block!(
    /// Four bytes.
    fill_4: store 0 at0 "2" "mov dword ptr [{d}], {w:e}"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "mov qword ptr [{d}], {w}"
);
