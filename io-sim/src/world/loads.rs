//! Loads of the driver: the values that they may see, and double fetches.

use alloc::vec::Vec;
use core::{fmt, ops::Range};

use super::{log::Event, name::Spot, state::State};
use io_core::Width;

impl State {
    /// Performs a load of the driver.
    pub(super) fn load(&mut self, address: usize, width: Width) -> u64 {
        let range = address..address + width.bytes();
        let time = self.time_of_load(&range);
        let (mut bytes, newer) = (self.bytes_at(&range, time), self.newer(&range, time));
        if self.note_load(&range, time) {
            self.double_fetch(&range, &mut bytes);
        }
        if let Some(spot) = self.spot(&range) {
            self.log.push(Event::Load { spot, bytes, newer });
        }
        u64::from_le_bytes(bytes)
    }

    /// Returns the addresses whose bytes come from memory instead of the driver's own pending
    /// stores.
    fn in_memory(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + use<> {
        let forwarded = |address: &usize| self.stores.forwarded(*address).is_none();
        range.clone().filter(forwarded).collect::<Vec<_>>().into_iter()
    }

    /// Lets the adversary choose one time for the whole access. The time is not older than that
    /// reached by barriers and by earlier loads of the same bytes.
    fn time_of_load(&mut self, range: &Range<usize>) -> u64 {
        let mut low = self.floor;
        for address in self.in_memory(range) {
            low = low.max(self.blocks.byte(address).map_or(0, |byte| byte.low()));
        }
        let mut times = Vec::from([low]);
        for address in self.in_memory(range) {
            times.extend(self.blocks.byte(address).into_iter().flat_map(|byte| byte.changes(low)));
        }
        times.sort_unstable_by(|one, other| other.cmp(one));
        times.dedup();
        // Of several times with equal values, keep the oldest: every continuation that is possible
        // after a newer one is possible after it.
        let mut ways: Vec<(u64, [u8; 8])> = Vec::new();
        for time in times {
            let bytes = self.bytes_at(range, time);
            match ways.iter_mut().find(|way| way.1 == bytes) {
                Some(way) => way.0 = time,
                None => ways.push((time, bytes)),
            }
        }
        ways[self.choose(ways.len())].0
    }

    fn bytes_at(&mut self, range: &Range<usize>, time: u64) -> [u8; 8] {
        let mut bytes = [0; 8];
        for (value, address) in bytes.iter_mut().zip(range.clone()) {
            let forwarded = self.stores.forwarded(address);
            let byte = || self.blocks.byte(address).map_or(0, |byte| byte.at(time).value);
            *value = forwarded.unwrap_or_else(byte);
        }
        bytes
    }

    /// Returns the number of newer values; 0 if the newest value is equal.
    fn newer(&mut self, range: &Range<usize>, time: u64) -> usize {
        if self.bytes_at(range, time) == self.bytes_at(range, self.now) {
            return 0;
        }
        let mut times = Vec::new();
        for address in self.in_memory(range) {
            times.extend(self.blocks.byte(address).into_iter().flat_map(|byte| byte.changes(time)));
        }
        times.sort_unstable();
        times.dedup();
        times.len()
    }

    /// Records that the driver has seen these values; returns whether it had loaded one of them
    /// before.
    fn note_load(&mut self, range: &Range<usize>, time: u64) -> bool {
        let mut again = false;
        for address in self.in_memory(range) {
            if let Some(byte) = self.blocks.byte(address) {
                let message = byte.at(time);
                again |= byte.load(message);
                if message.device {
                    self.seen = self.seen.max(message.time);
                }
            }
        }
        again
    }

    /// Records a repeated load of the same bytes. Polling an ownership field requires this;
    /// anywhere else it is an error.
    fn double_fetch(&mut self, range: &Range<usize>, bytes: &mut [u8; 8]) {
        let Some(spot) = self.spot(range).filter(|spot| !spot.is_owner()) else {
            return;
        };
        match self.fetches.iter_mut().find(|(fetched, _)| *fetched == spot) {
            Some((_, count)) => *count += 1,
            None => self.fetches.push((spot, 2)),
        }
        if !self.hostile {
            return;
        }
        let changed = match self.choose(3) {
            0 => [0xff; 8],
            1 => (u64::from_le_bytes(*bytes) ^ self.choices.noise()).to_le_bytes(),
            _ => return,
        };
        for (i, address) in range.clone().enumerate() {
            if self.stores.forwarded(address).is_none() {
                bytes[i] = changed[i];
            }
        }
        self.put(range, *bytes, true);
        self.log.push(Event::Hostile(spot, *bytes));
        self.note_load(range, self.now);
    }
}

/// Bytes that the driver loaded more than once without a store to them in between; prints as
/// `Completion.len, loaded 2 times`.
#[derive(Clone, Copy)]
pub struct DoubleFetch {
    spot: Spot,
    count: usize,
}

impl DoubleFetch {
    /// Combines loaded bytes and the numbers of their loads to one entry for each value.
    pub(super) fn of_values(bytes: &[(Spot, usize)]) -> Vec<Self> {
        let mut fetches: Vec<Self> = Vec::new();
        for (spot, count) in bytes.iter().map(|&(spot, count)| (spot.value(), count)) {
            match fetches.iter_mut().find(|fetch| fetch.spot == spot) {
                Some(fetch) => fetch.count = fetch.count.max(count),
                None => fetches.push(Self { spot, count }),
            }
        }
        fetches
    }

    /// Returns the number of loads of the value.
    #[inline]
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for DoubleFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, loaded {} times", self.spot, self.count)
    }
}

impl fmt::Debug for DoubleFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DoubleFetch({self})")
    }
}
