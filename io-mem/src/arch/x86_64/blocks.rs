//! Blocks of up to eight bytes.

use crate::arch::block::{block, fill_block};

block!(
    /// One byte.
    copy_1: "movzx {a:e}, byte ptr [{s}]" "mov byte ptr [{d}], {a:l}";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "movzx {a:e}, word ptr [{s}]" "mov word ptr [{d}], {a:x}";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "mov {a:e}, dword ptr [{s}]" "mov dword ptr [{d}], {a:e}";
    a = out(reg) _
);
block!(
    /// Eight bytes.
    copy_8: "mov {a}, qword ptr [{s}]" "mov qword ptr [{d}], {a}";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: "mov byte ptr [{d}], {w:l}"
);
fill_block!(
    /// Two bytes.
    fill_2: "mov word ptr [{d}], {w:x}"
);
fill_block!(
    /// Four bytes.
    fill_4: "mov dword ptr [{d}], {w:e}"
);
fill_block!(
    /// Eight bytes.
    fill_8: "mov qword ptr [{d}], {w}"
);
