//! Whether accesses are ordered against others.

/// What the accesses of a view are ordered against.
///
/// Source: Linux `Documentation/memory-barriers.txt`, "KERNEL I/O BARRIER EFFECTS".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Accesses of the same device and memory accesses, as Linux' `readX` and
    /// `writeX`: what was written to memory before a register is there before
    /// it, and what is read from memory after a register is read after it.
    Ordered,
    /// Accesses of the same device only, as Linux' `readX_relaxed` and
    /// `writeX_relaxed`; of write-combining memory not even these.
    Relaxed,
    /// Nothing: memory, whose order is a matter of barriers.
    Memory,
}
