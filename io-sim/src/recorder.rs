//! A log of everything that goes through the views that it is put around.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use spin::Mutex;

use crate::{
    trace::{Entry, Event},
    traced::{Observer, TracedView},
};
use io_core::{IoBase, IoStruct, layout::FieldInfo};

/// A log of accesses, copies and barriers; clones write to the same log.
///
/// Put it around a view or an owner of any backend; the view that comes back is
/// used in its place. An event is written down when it is done, so events of
/// parallel threads stand in the order of their ends.
///
/// Equal events in a row are one entry with a count, so that a poll of a
/// million reads costs one entry.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::Recorder;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Edu { id: Ro<Le<u32>>, liveness: Le<u32> }
///
/// # let mut memory = Edu { id: Le::<u32>::from_ne(0x0100_00ed).into(), liveness: 0.into() };
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

/// The entries, folded.
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
    /// An empty log.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a register block or descriptor as `instance`, with the names and
    /// byte orders of its fields.
    ///
    /// A name that is made at run time can be [leaked](alloc::string::String::leak).
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

    /// Records anything else as `instance`: addresses are offsets, numbers are in
    /// native byte order.
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

    /// What was recorded up to now.
    #[inline]
    pub fn entries(&self) -> Vec<Entry> {
        self.log.lock().entries.clone()
    }

    /// The single accesses up to now, without copies and barriers; one that
    /// happened more than once comes as often.
    #[inline]
    pub fn accesses(&self) -> impl Iterator<Item = Event> + use<> {
        self.entries()
            .into_iter()
            .filter(|entry| matches!(entry.event, Event::Access { .. }))
            .flat_map(|entry| core::iter::repeat_n(entry.event, entry.count))
    }

    /// The entries of one instance up to now. Equal events with only events of other
    /// instances between them are one entry.
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

    /// Forgets everything.
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

/// The entries of one instance, from [`Recorder::only`]; prints as the recorder does,
/// one line for each entry.
#[derive(Clone, Debug)]
pub struct FilteredTrace {
    entries: Vec<Entry>,
}

impl FilteredTrace {
    /// The entries, oldest first.
    #[inline]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// One line for each entry, the last without a line end.
impl fmt::Display for Recorder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_entries(&self.entries(), f)
    }
}

/// One line for each entry, the last without a line end.
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
