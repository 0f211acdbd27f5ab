//! The checks that must detect a mutation.

use core::fmt;

/// A check that runs on a mutated tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// The rules for generated code, optimised, for every machine.
    Codegen,
    /// The tests that single-step copies.
    Stepping,
    /// The tests of the library's behaviour.
    Behaviour,
    /// The tests of memory that faults.
    Fault,
    /// The tests of cursors, with simulated faults.
    Vm,
    /// The kernel that handles faults, optimised.
    Kernel,
    /// A program that faults, in the build form whose linker removes most.
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
