//! Accesses that survive a fault, and the table that says how.
//!
//! An instruction that may fault has a row in the recovery table: its address, and where to go on
//! instead. Whoever handles the processor's faults looks there ([`lookup`]) and changes the program
//! counter, nothing else. Where nothing of this is written down yet (`unrecovered.rs`), accesses
//! are ordinary ones and the table is empty.
//!
//! The rows and what they lead to are one `asm!` each: places in the block itself, or its `label`
//! operands. So the compiler knows of every way out, and what registers hold there.
//!
//! Source: the method of Linux' exception tables, `Documentation/arch/x86/exception-tables.rst`.

/// An access faulted: nothing was loaded, or nothing stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault;

// The table is made of ELF sections.
macro_rules! if_recovered {
    ($($item:item)+) => {$(
        #[cfg(all(
            not(miri),
            any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"),
            not(any(windows, target_vendor = "apple", target_os = "uefi")),
        ))]
        $item
    )+};
}
macro_rules! if_unrecovered {
    ($($item:item)+) => {$(
        #[cfg(not(all(
            not(miri),
            any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"),
            not(any(windows, target_vendor = "apple", target_os = "uefi")),
        )))]
        $item
    )+};
}

if_recovered! {
    mod block;
    mod copy;
    #[cfg_attr(target_arch = "x86_64", path = "../x86_64/faults.rs")]
    #[cfg_attr(target_arch = "aarch64", path = "../aarch64/faults.rs")]
    #[cfg_attr(target_arch = "riscv64", path = "../riscv64/faults.rs")]
    mod imp;
    mod table;
    mod word;

    /// Whether faults are recovered from on this target.
    pub(crate) const RECOVERS: bool = true;

    pub(crate) use copy::{copy, fill};
    pub(crate) use table::lookup;
    pub(crate) use imp::words::*;
}

if_unrecovered! {
    mod unrecovered;

    pub(crate) use unrecovered::*;
}
