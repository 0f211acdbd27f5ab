//! Access of a device to memory.

use alloc::{sync::Arc, vec::Vec};
use core::{fmt, ops::Range};

use spin::Mutex;

use super::{log::Event, name::Name, state::State};
use io_core::{DmaAddr, Error};

/// Access of a device model to the memory of its [`World`](super::World).
///
/// It behaves like a PCI bus. An access of up to eight bytes that does not cross a multiple of
/// eight is a single access. The words of a longer one are read in ascending order, and *written in
/// any order*. Separate writes arrive in program order, and a read arrives after the writes before
/// it, so that a model needs no barriers.
///
/// ```
/// use io_core::{Error, prelude::*};
/// use io_sim::World;
///
/// let world = World::seeded(1);
/// let word = world.memory::<Le<u32>>()?;
/// let port = world.port("tester");
/// port.write(word.dma_address(), &[1, 2, 0, 0])?;
/// (&word).dma_mb(); // without it, the driver may load the old value
/// assert_eq!((&word).read_val(), 0x201);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct Port {
    state: Arc<Mutex<State>>,
    who: Name,
}

impl Port {
    pub(super) fn new(state: Arc<Mutex<State>>, who: Name) -> Self {
        Self { state, who }
    }

    /// Reads memory. For each pending store of the driver that no barrier has made visible, the
    /// adversary decides whether the read sees it.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if a byte is outside the block that contains `address`. Nothing was
    ///   read. The offset in the error is relative to the start of memory.
    #[inline]
    pub fn read(&self, address: DmaAddr, bytes: &mut [u8]) -> Result<(), Error> {
        let mut state = self.state.lock();
        let range = checked(&state, address, bytes.len())?;
        let mut rest = bytes;
        for word in words(range) {
            let value = state.device_read(self.who, &word);
            let (part, behind) = core::mem::take(&mut rest).split_at_mut(word.len());
            part.copy_from_slice(&value[..word.len()]);
            rest = behind;
        }
        Ok(())
    }

    /// Writes memory. The driver sees the new value at the latest when its barriers require it.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read). Nothing was written.
    #[inline]
    pub fn write(&self, address: DmaAddr, bytes: &[u8]) -> Result<(), Error> {
        let mut state = self.state.lock();
        let range = checked(&state, address, bytes.len())?;
        let start = range.start;
        let mut words: Vec<_> = words(range).collect();
        while !words.is_empty() {
            let word = words.remove(state.choose(words.len()));
            let part = &bytes[word.start - start..][..word.len()];
            state.device_write(self.who, &word, part);
        }
        Ok(())
    }
}

/// Returns the address range of an access if it is inside a block.
fn checked(state: &State, address: DmaAddr, size: usize) -> Result<Range<usize>, Error> {
    let start = usize::try_from(address.raw()).unwrap_or(usize::MAX);
    state.blocks.check(start, size)?;
    Ok(start..start + size) // inside a block, or empty
}

/// Splits an access at multiples of eight.
fn words(range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    core::iter::from_fn(move || {
        if start == range.end {
            return None;
        }
        let word = start..range.end.min((start | 7) + 1);
        start = word.end;
        Some(word)
    })
}

impl State {
    fn device_read(&mut self, who: Name, word: &Range<usize>) -> [u8; 8] {
        self.expose(word);
        let mut bytes = [0; 8];
        for (value, address) in bytes.iter_mut().zip(word.clone()) {
            *value = self.blocks.byte(address).map_or(0, |byte| byte.newest().value);
        }
        let missed = self.stores.missed(word).and_then(|store| self.spot(&store));
        if let Some(spot) = self.spot(word) {
            self.log.push(Event::DeviceRead { who, spot, bytes, missed });
        }
        bytes
    }

    fn device_write(&mut self, who: Name, word: &Range<usize>, part: &[u8]) {
        self.expose(word);
        let mut bytes = [0; 8];
        bytes[..part.len()].copy_from_slice(part);
        self.put(word, bytes, true);
        if let Some(spot) = self.spot(word) {
            self.log.push(Event::DeviceWrite { who, spot, bytes });
        }
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Port({})", self.who)
    }
}
