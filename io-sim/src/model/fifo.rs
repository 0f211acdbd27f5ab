//! Registers with a queue behind them.

use alloc::collections::VecDeque;

/// A FIFO behind a register, described: what the device pushes is read, what is
/// written waits until the device takes it. Each direction has its own depth of
/// entries.
///
/// A read of an empty FIFO gives 0, and a write to a full one is lost; both are
/// [rejected](super::RegisterModel::rejected), unless the description says what
/// happens.
///
/// ```
/// use io_sim::Fifo;
///
/// // Bit 31 says that there is nothing: reading it is not an error.
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
    /// An empty FIFO of so many entries each way.
    #[inline]
    pub const fn new(depth: usize) -> Self {
        Fifo { depth, empty: None, drops_oldest: false }
    }

    /// Reads of the empty FIFO are in order, and give this number.
    #[inline]
    #[must_use]
    pub const fn empty_reads(self, number: u64) -> Self {
        Fifo { empty: Some(number), ..self }
    }

    /// What comes into the full FIFO takes the place of the oldest entry, from
    /// either side.
    #[inline]
    #[must_use]
    pub const fn full_drops_oldest(self) -> Self {
        Fifo { drops_oldest: true, ..self }
    }

    /// How many entries it has each way.
    #[inline]
    pub const fn depth(&self) -> usize {
        self.depth
    }
}

/// A FIFO with what is in it.
#[derive(Clone, Debug)]
pub(super) struct Queues {
    fifo: Fifo,
    /// What reads get.
    pub(super) readable: VecDeque<u64>,
    /// What was written.
    pub(super) written: VecDeque<u64>,
}

impl Queues {
    pub(super) fn new(fifo: Fifo) -> Self {
        Queues { fifo, readable: VecDeque::new(), written: VecDeque::new() }
    }

    /// Gives a number to future reads, if there is room.
    pub(super) fn push(&mut self, number: u64) -> bool {
        put(&mut self.readable, self.fifo, number)
    }

    /// Takes a number from a write, if there is room.
    pub(super) fn write(&mut self, number: u64) -> bool {
        put(&mut self.written, self.fifo, number)
    }

    /// What a read gets; `Err` with what it gives nevertheless.
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
