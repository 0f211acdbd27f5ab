//! What one device contributed to a log of several.

use alloc::vec::Vec;
use core::fmt;

use super::{Entry, Recorder};

/// The entries of one instance, from [`Recorder::only`]; prints as the
/// recorder does, one line an entry.
#[derive(Clone, Debug)]
pub struct Excerpt {
    entries: Vec<Entry>,
}

impl Excerpt {
    /// The entries, oldest first.
    #[inline]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

impl Recorder {
    /// What was recorded of one instance up to now; equal events that only
    /// events of other instances were between are one entry.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::Recorder;
    ///
    /// let (mut ring, mut bell) = ([0_u8; 2], [0_u8; 1]);
    /// let recorder = Recorder::new();
    /// let ring = recorder.record_region("ring", SysMem::from_mut_slice(&mut ring));
    /// let bell = recorder.record_region("bell", SysMem::from_mut_slice(&mut bell));
    /// for slot in ring.iter() {
    ///     slot.write_val(7);
    ///     bell.get(0).unwrap().write_val(1);
    /// }
    /// assert_eq!(recorder.only("bell").to_string(), "WR bell+0x0 8 <- 0x01 (x2)");
    /// ```
    pub fn only(&self, instance: &str) -> Excerpt {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in self.entries() {
            if entry.event.place().instance != instance {
                continue;
            }
            match entries.last_mut() {
                Some(last) if last.event == entry.event => last.count += entry.count,
                _ => entries.push(entry),
            }
        }
        Excerpt { entries }
    }
}

/// One line an entry, the last without a line end.
impl fmt::Display for Excerpt {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, entry) in self.entries.iter().enumerate() {
            write!(f, "{}{entry}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
