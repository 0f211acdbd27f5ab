//! What is asked of a probe, as a value.

use crate::effect::Kind;
use crate::isa::Arch;
use crate::trace::Argument;

/// What is accessed, which decides the instructions that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Registers, ordered.
    Ordered,
    /// Registers, relaxed.
    Relaxed,
    /// Memory.
    Memory,
}

/// One of the six barriers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Barrier {
    Mb,
    Rmb,
    Wmb,
    DmaMb,
    DmaRmb,
    DmaWmb,
}

impl Barrier {
    /// Linux' instruction; nothing where the compiler's order is enough.
    pub(crate) fn text(self, arch: Arch) -> Option<&'static str> {
        let [x86, arm, riscv] = match self {
            Barrier::Mb => ["mfence", "dsb sy", "fence iorw, iorw"],
            Barrier::Rmb => ["lfence", "dsb ld", "fence ir, ir"],
            Barrier::Wmb => ["sfence", "dsb st", "fence ow, ow"],
            Barrier::DmaMb => ["mfence", "dmb osh", "fence iorw, iorw"],
            Barrier::DmaRmb => ["", "dmb oshld", "fence ir, ir"],
            Barrier::DmaWmb => ["", "dmb oshst", "fence ow, ow"],
        };
        let text = match arch {
            Arch::X86 => x86,
            Arch::Arm => arm,
            Arch::Riscv => riscv,
        };
        (!text.is_empty()).then_some(text)
    }
}

/// What stands behind an ordered read.
pub(crate) fn after_read(arch: Arch) -> Option<&'static str> {
    match arch {
        Arch::X86 => None,
        Arch::Arm => Some("dmb oshld"),
        Arch::Riscv => Some("fence i, ir"),
    }
}

/// What stands before an ordered write.
pub(crate) fn before_write(arch: Arch) -> Option<&'static str> {
    match arch {
        Arch::X86 => None,
        Arch::Arm => Some("dmb oshst"),
        Arch::Riscv => Some("fence w, o"),
    }
}

/// One step of a way through a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// One access of this width at this offset; unknown after a checked index.
    Shared(Kind, u32, Option<i64>),
    /// One access to the caller's buffer, at its start.
    Private(Kind, u32),
    /// What stands behind an ordered read.
    AfterRead,
    /// What stands before an ordered write.
    BeforeWrite,
    /// One of the six barriers.
    Barrier(Barrier),
}

/// What is asked of a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Exactly these steps, on every way that returns.
    Exact { medium: Medium, ways: Vec<Vec<Step>> },
    /// A copy of shared memory: each byte of `size` once, ascending.
    Copy { kind: Kind, size: Option<i64> },
    /// What the probe `of` does to shared memory, so many times.
    Repeat { of: &'static str, times: usize, kind: Kind },
    /// Accesses to registers of one of these widths.
    Device(Device),
}

/// Many accesses to registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) medium: Medium,
    pub(crate) kind: Kind,
    /// The widths that are allowed.
    pub(crate) bits: &'static [u32],
    /// First byte and number of bytes, where they are known.
    pub(crate) range: Option<(i64, i64)>,
    /// Always the same register.
    pub(crate) is_fifo: bool,
}

/// A probe and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expectation {
    /// The function's name.
    pub(crate) name: String,
    pub(crate) arguments: &'static [Argument],
    pub(crate) rule: Rule,
    /// The same by hand: as many instructions.
    pub(crate) twin: Option<String>,
}
