//! Registers that are ports of a FIFO.

use alloc::collections::VecDeque;

/// The description of a FIFO that is accessed through a register. Reads return the values that the
/// device pushes; written values wait until the device takes them. Both directions have the same
/// depth.
///
/// A read of an empty FIFO returns 0, and a write to a full one is lost; both are
/// [rejected](super::RegisterModel::rejected) unless the description defines another behaviour.
///
/// ```
/// use io_sim::Fifo;
///
/// // Bit 31 is set if the FIFO is empty: reading it is not an error.
/// let fifo = Fifo::new(8).empty_reads(1 << 31).full_drops_oldest();
/// # assert_eq!(fifo.depth(), 8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fifo {
    depth: usize,
    empty: Option<u64>,
    drops_oldest: bool,
}

impl Fifo {
    /// Creates the description of a FIFO with this many entries in each direction.
    #[inline]
    pub const fn new(depth: usize) -> Self {
        Fifo { depth, empty: None, drops_oldest: false }
    }

    /// Reads of the empty FIFO are not rejected and return this number.
    #[inline]
    #[must_use]
    pub const fn empty_reads(self, number: u64) -> Self {
        Fifo { empty: Some(number), ..self }
    }

    /// A new entry replaces the oldest one if the FIFO is full, in both directions.
    #[inline]
    #[must_use]
    pub const fn full_drops_oldest(self) -> Self {
        Fifo { drops_oldest: true, ..self }
    }

    /// Returns the number of entries in each direction.
    #[inline]
    pub const fn depth(&self) -> usize {
        self.depth
    }
}

/// A FIFO and its contents.
#[derive(Clone, Debug)]
pub(super) struct Queues {
    fifo: Fifo,
    /// The numbers for reads.
    pub(super) readable: VecDeque<u64>,
    /// The numbers that were written.
    pub(super) written: VecDeque<u64>,
}

impl Queues {
    pub(super) fn new(fifo: Fifo) -> Self {
        Queues { fifo, readable: VecDeque::new(), written: VecDeque::new() }
    }

    /// Appends a number for reads, if there is space.
    pub(super) fn push(&mut self, number: u64) -> bool {
        put(&mut self.readable, self.fifo, number)
    }

    /// Appends a written number, if there is space.
    pub(super) fn write(&mut self, number: u64) -> bool {
        put(&mut self.written, self.fifo, number)
    }

    /// Returns the result of a read; `Err` contains the number that is returned nevertheless.
    pub(super) fn read(&mut self) -> Result<u64, u64> {
        self.readable.pop_front().or(self.fifo.empty).ok_or(0)
    }

    pub(super) fn clear(&mut self) {
        self.readable.clear();
        self.written.clear();
    }
}

fn put(queue: &mut VecDeque<u64>, fifo: Fifo, number: u64) -> bool {
    if queue.len() >= fifo.depth && (!fifo.drops_oldest || queue.pop_front().is_none()) {
        return false;
    }
    queue.push_back(number);
    true
}
