//! The rule for a probe, as a value.

use crate::effect::Kind;
use crate::isa::Arch;
use crate::trace::Argument;

/// The kind of memory that is accessed, which determines the allowed instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Registers, with ordered accesses.
    Ordered,
    /// Registers, with relaxed accesses.
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
    /// Returns Linux's instruction; `None` where compiler ordering is sufficient.
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

/// Returns the fence after an ordered read.
pub(crate) fn after_read(arch: Arch) -> Option<&'static str> {
    match arch {
        Arch::X86 => None,
        Arch::Arm => Some("dmb oshld"),
        Arch::Riscv => Some("fence i, ir"),
    }
}

/// Returns the fence before an ordered write.
pub(crate) fn before_write(arch: Arch) -> Option<&'static str> {
    match arch {
        Arch::X86 => None,
        Arch::Arm => Some("dmb oshst"),
        Arch::Riscv => Some("fence w, o"),
    }
}

/// One step of a path through a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// One access of this width at this offset, which is unknown after a checked index.
    Shared(Kind, u32, Option<i64>),
    /// One access to the caller's buffer, at its start.
    Private(Kind, u32),
    /// The fence after an ordered read.
    AfterRead,
    /// The fence before an ordered write.
    BeforeWrite,
    /// One of the six barriers.
    Barrier(Barrier),
}

/// The requirement on a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Exactly these steps, on every path that returns.
    Exact { medium: Medium, ways: Vec<Vec<Step>> },
    /// A copy of shared memory: each byte of `size` once, in ascending order.
    Copy { kind: Kind, size: Option<i64> },
    /// The accesses of the probe `of` to shared memory, `times` times.
    Repeat { of: &'static str, times: usize, kind: Kind },
    /// Accesses to registers, each of one of the given widths.
    Device(Device),
}

/// Multiple accesses to registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) medium: Medium,
    pub(crate) kind: Kind,
    /// The allowed widths in bits.
    pub(crate) bits: &'static [u32],
    /// The first byte and the number of bytes, if known.
    pub(crate) range: Option<(i64, i64)>,
    /// `true` if every access is to the same register.
    pub(crate) is_fifo: bool,
}

/// A probe and its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expectation {
    /// The name of the function.
    pub(crate) name: String,
    pub(crate) arguments: &'static [Argument],
    pub(crate) rule: Rule,
    /// The name of the same access written by hand, which must have as many instructions.
    pub(crate) twin: Option<String>,
}
