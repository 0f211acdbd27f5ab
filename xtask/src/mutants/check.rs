//! What has to notice a mutation.

use core::fmt;

/// What runs against a mutated tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// The rules over generated code, optimised, for every machine.
    Codegen,
    /// The tests that step through copies.
    Stepping,
    /// The tests of what the library does.
    Behaviour,
    /// The tests of memory that faults.
    Fault,
    /// The tests of cursors, with simulated faults.
    Vm,
    /// The kernel that takes faults, optimised.
    Kernel,
    /// A program that faults, of the form where the linker collects most.
    Matrix,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Check::Codegen => "codegen",
            Check::Stepping => "stepping",
            Check::Behaviour => "behaviour",
            Check::Fault => "fault",
            Check::Vm => "vm",
            Check::Kernel => "kernel",
            Check::Matrix => "matrix",
        })
    }
}
