//! The recovery table: rows beside the instructions, collected by the linker.
//!
//! The section's name is a C identifier, so every ELF linker defines symbols at its start and end.
//! It is marked as retained, so that it survives `--gc-sections`, and rows are relative to their own
//! place: nothing is relocated at run time, no symbol is looked up, so that position-independent,
//! static, stripped and link-time-optimised programs are all the same. `v1` names the format: two
//! versions of this crate in a program share the table as long as they agree on it.

/// `.pushsection` of the table, up to the row's two numbers.
///
/// In every `asm!` of the table, since the linker joins sections of the same flags only.
macro_rules! section {
    () => {
        ".pushsection io_mem_faults_v1,\"aR\",@progbits\n.balign 4\n"
    };
}

/// A row: at a fault of the instruction behind the numeric label `at`, go on at `to`, which is a
/// numeric label with its direction or, in braces, a `label` operand.
macro_rules! row {
    ($at:literal => $to:literal) => {
        concat!(
            $crate::arch::fault::table::section!(),
            ".long ", $at, "b - .\n.long ", $to, " - .\n.popsection"
        )
    };
    ($at:literal => {$to:ident}) => {
        concat!(
            $crate::arch::fault::table::section!(),
            ".long ", $at, "b - .\n.long {", stringify!($to), "} - .\n.popsection"
        )
    };
}

/// The table's start and end, from the instructions that take the addresses of the two symbols.
///
/// They are hidden, so that each shared library has its own. A row that is found by no program
/// counter makes sure that there is a table.
macro_rules! bounds {
    ($($line:literal)+) => {
        /// Start and end of the table.
        #[inline(always)]
        pub(in crate::arch::fault) fn bounds()
        -> (*const $crate::arch::fault::table::Row, *const $crate::arch::fault::table::Row) {
            let (start, end);
            // SAFETY: takes the addresses of two symbols that the linker defines.
            unsafe {
                core::arch::asm!(
                    concat!($crate::arch::fault::table::section!(), ".long 0\n.long 0\n.popsection"),
                    ".hidden __start_io_mem_faults_v1",
                    ".hidden __stop_io_mem_faults_v1",
                    $($line,)+
                    start = out(reg) start, end = out(reg) end,
                    options(nomem, nostack, preserves_flags)
                );
            }
            (start, end)
        }
    };
}

pub(super) use {bounds, row, section};

/// Two distances, each from its own place.
#[repr(C)]
pub(super) struct Row {
    access: i32,
    landing: i32,
}

/// Where to go on after a fault of the instruction at `pc`, if it is one of ours.
///
/// Reads the table and nothing else. The same instruction may have more rows than one, where the
/// compiler or linker joined copies of it: they lead to the same place.
#[inline(never)]
pub(crate) fn lookup(pc: usize) -> Option<usize> {
    let (mut row, end) = super::imp::bounds();
    while row < end {
        // SAFETY: inside the table, which is never written.
        let access = unsafe { &raw const (*row).access };
        if target(access) == pc {
            // SAFETY: as above.
            return Some(target(unsafe { &raw const (*row).landing }));
        }
        row = row.wrapping_add(1);
    }
    None
}

/// What the distance at a place of the table leads to.
#[inline(always)]
fn target(distance: *const i32) -> usize {
    // SAFETY: of a row of the table, by the only caller; never written.
    distance.addr().wrapping_add_signed(unsafe { distance.read() } as isize)
}
