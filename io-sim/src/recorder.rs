//! A recorder of all accesses through the views that it wraps.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use spin::Mutex;

use crate::{
    trace::{Entry, Event},
    traced::{Observer, TracedView},
};
use io_core::{IoBase, IoStruct, layout::FieldInfo};

/// A log of accesses, copies and barriers. Clones write to the same log.
///
/// Wrap a view or an owner of any backend in it, and use the returned view in its place. An event
/// is recorded when it has completed, so events of parallel threads are in the order of their
/// completion.
///
/// Equal consecutive events are one entry with a count, so that a poll of a million reads takes one
/// entry.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::Recorder;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Edu { id: Ro<Le<u32>>, liveness: Le<u32> }
///
/// # let mut memory = Edu { id: Ro::new(0x0100_00ed), liveness: 0.into() };
/// # let edu = SysMem::from_mut(&mut memory);
/// let recorder = Recorder::new();
/// let edu = recorder.record("edu", edu);
///
/// io_read!(edu, .id);
/// io_write!(edu, .liveness, 0x1234_5678);
/// edu.wmb();
///
/// assert_eq!(recorder.to_string(), "\
/// RD edu.id 32 -> 0x010000ed
/// WR edu.liveness 32 <- 0x12345678
/// BARRIER wmb");
/// ```
#[derive(Clone, Default)]
pub struct Recorder {
    log: Arc<Mutex<Log>>,
}

/// The entries, with equal consecutive events combined.
#[derive(Default)]
struct Log {
    entries: Vec<Entry>,
}

impl Log {
    fn push(&mut self, event: Event) {
        match self.entries.last_mut() {
            Some(last) if last.event == event => last.count += 1,
            _ => self.entries.push(Entry { event, count: 1 }),
        }
    }
}

impl Recorder {
    /// Creates an empty log.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a register block or descriptor as `instance`, with the names and byte orders of its
    /// fields.
    ///
    /// A name that is created at run time can be [leaked](alloc::string::String::leak).
    #[inline]
    pub fn record<'a, I>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target>
    where
        I: IoBase<'a, Target: IoStruct>,
    {
        self.wrap(instance, <I::Target as IoStruct>::FIELDS, io)
    }

    /// Records any other view as `instance`: addresses are offsets, and numbers are in native byte
    /// order.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::Recorder;
    ///
    /// let (mut memory, recorder) = ([0_u16; 8], Recorder::new());
    /// let ring = recorder.record_region("ring", SysMem::from_mut_slice(&mut memory));
    /// ring.get(3).unwrap().write_val(5);
    /// assert_eq!(recorder.to_string(), "WR ring+0x6 16 <- 0x0005");
    /// ```
    #[inline]
    pub fn record_region<'a, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        self.wrap(instance, &[], io)
    }

    fn wrap<'a, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        fields: &'static [FieldInfo],
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        TracedView::new(instance, fields, io.as_view(), (&*self.log, 0))
    }

    /// Returns the entries recorded so far.
    #[inline]
    pub fn entries(&self) -> Vec<Entry> {
        self.log.lock().entries.clone()
    }

    /// Returns the single accesses so far, without copies and barriers. An access with a count is
    /// repeated that many times.
    #[inline]
    pub fn accesses(&self) -> impl Iterator<Item = Event> + use<> {
        self.entries()
            .into_iter()
            .filter(|entry| matches!(entry.event, Event::Access { .. }))
            .flat_map(|entry| core::iter::repeat_n(entry.event, entry.count))
    }

    /// Returns the entries of one instance so far. Equal events that are separated only by events
    /// of other instances are one entry.
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
    pub fn only(&self, instance: &str) -> FilteredTrace {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in self.entries() {
            if entry.event.addr().instance != instance {
                continue;
            }
            match entries.last_mut() {
                Some(last) if last.event == entry.event => last.count += entry.count,
                _ => entries.push(entry),
            }
        }
        FilteredTrace { entries }
    }

    /// Removes all entries.
    #[inline]
    pub fn clear(&self) {
        self.log.lock().entries.clear();
    }
}

impl Observer for Mutex<Log> {
    fn happened(&self, _watch: usize, _address: usize, event: Event) {
        self.lock().push(event);
    }
}

/// The entries of one instance, from [`Recorder::only`]. Prints one line for each entry, as the
/// recorder does.
#[derive(Clone, Debug)]
pub struct FilteredTrace {
    entries: Vec<Entry>,
}

impl FilteredTrace {
    /// Returns the entries, oldest first.
    #[inline]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// One line for each entry, without a trailing line end.
impl fmt::Display for Recorder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_entries(&self.entries(), f)
    }
}

/// One line for each entry, without a trailing line end.
impl fmt::Display for FilteredTrace {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_entries(&self.entries, f)
    }
}

fn fmt_entries(entries: &[Entry], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, entry) in entries.iter().enumerate() {
        write!(f, "{}{entry}", if i == 0 { "" } else { "\n" })?;
    }
    Ok(())
}

impl fmt::Debug for Recorder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recorder({} entries)", self.log.lock().entries.len())
    }
}
