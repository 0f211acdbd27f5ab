//! Accesses that recover from faults, and the recovery table.
//!
//! For each instruction that may fault, the recovery table contains its address and the address at
//! which to continue. The fault handler searches the table ([`lookup`]) and changes only the
//! program counter. On targets without table entries (`unrecovered.rs`), accesses are ordinary
//! accesses and the table is empty.
//!
//! Each table entry and the address at which it continues are in the same `asm!`: the address is
//! inside the block, or it is a `label` operand. Therefore the compiler takes every exit into
//! account, with the contents of the registers there.
//!
//! Source: the method of Linux's exception tables, `Documentation/arch/x86/exception-tables.rst`.

/// An access faulted: nothing was loaded or stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault;

// The table consists of ELF sections.
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

    /// `true` if faults are recovered from on this target.
    pub(crate) const RECOVERS: bool = true;

    pub(crate) use copy::{copy, fill};
    pub(crate) use table::lookup;
    pub(crate) use imp::words::*;
}

if_unrecovered! {
    mod unrecovered;

    pub(crate) use unrecovered::*;
}
