//! The recovery table: entries beside the instructions, collected by the linker.
//!
//! The section's name is a C identifier, so every ELF linker defines symbols at its start and end.
//! The section is marked as retained, so that it is kept under `--gc-sections`, and entries are
//! relative to their own addresses. Nothing is relocated at run time and no symbol is looked up, so
//! that position-independent, static, stripped and link-time-optimised programs behave the same.
//! `v1` identifies the format: two versions of this crate in a program share the table if they use
//! the same format.

/// The `.pushsection` of the table, up to the two numbers of an entry.
///
/// It is in every `asm!` of the table, because the linker joins only sections with the same flags.
macro_rules! section {
    () => {
        ".pushsection io_mem_faults_v1,\"aR\",@progbits\n.balign 4\n"
    };
}

/// A table entry: after a fault of the instruction at the numeric label `at`, continue at `to`,
/// which is a numeric label with its direction or, in braces, a `label` operand.
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

/// Defines the function that returns the table's start and end, from the instructions that load the
/// addresses of the two symbols.
///
/// The symbols are hidden, so that each shared library has its own. An entry that matches no
/// program counter ensures that the section exists.
macro_rules! bounds {
    ($($line:literal)+) => {
        /// Returns the start and the end of the table.
        #[inline(always)]
        pub(in crate::arch::fault) fn bounds()
        -> (*const $crate::arch::fault::table::Row, *const $crate::arch::fault::table::Row) {
            let (start, end);
            // SAFETY: the instructions load the addresses of two symbols that the linker defines.
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

/// A table entry: two distances, each relative to its own address.
#[repr(C)]
pub(super) struct Row {
    access: i32,
    landing: i32,
}

/// Returns the address at which to continue after a fault of the instruction at `pc`, if the
/// instruction is in the table.
///
/// Only reads the table. An instruction may have more than one entry, where the compiler or linker
/// merged copies of it; all of them have the same target.
#[inline(never)]
pub(crate) fn lookup(pc: usize) -> Option<usize> {
    let (mut row, end) = super::imp::bounds();
    while row < end {
        // SAFETY: `row` is inside the table, which is never written.
        let access = unsafe { &raw const (*row).access };
        if target(access) == pc {
            // SAFETY: as above.
            return Some(target(unsafe { &raw const (*row).landing }));
        }
        row = row.wrapping_add(1);
    }
    None
}

/// Returns the address that a distance in the table leads to.
#[inline(always)]
fn target(distance: *const i32) -> usize {
    // SAFETY: the only caller passes a pointer to a field of a table entry, which is never written.
    distance.addr().wrapping_add_signed(unsafe { distance.read() } as isize)
}
