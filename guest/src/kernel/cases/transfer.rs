//! A copy or fill across the end of accessible memory, and the checks of its results.

use io_core::{
    CopyError,
    fault::Fault,
    vm::{Infallible, VmReader, VmWriter},
};

use crate::kernel::{
    exceptions::{Diagnosis, Faults, watch},
    memory::{self, BUFFER, Bytes, CANONICAL_END, EDGE, FIRST, LAST, PAGE},
};

/// The side that may fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The source of a copy.
    Source,
    /// The destination of a copy.
    Destination,
    /// The destination of a fill with zeros.
    Filled,
}

/// The kind of the end of accessible memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A page that may be absent or read-only.
    Page,
    /// Non-canonical addresses.
    Canonical,
}

/// The number of checked bytes around the transferred ones, and the excess size of the kernel's
/// buffer.
const MARGIN: usize = 16;

#[derive(Debug)]
enum Cursors {
    Source(VmReader<'static>, VmWriter<'static, Infallible>),
    Destination(VmReader<'static, Infallible>, VmWriter<'static>),
    Filled(VmWriter<'static>),
}

impl Cursors {
    fn go(&mut self) -> Result<usize, CopyError<Fault>> {
        match self {
            Self::Source(reader, writer) => reader.read_fallible(writer),
            Self::Destination(reader, writer) => writer.write_fallible(reader),
            Self::Filled(writer) => writer.fill_zeros(usize::MAX),
        }
    }

    /// Returns the number of bytes that each side has left, without the margin.
    fn left(&self) -> (usize, usize) {
        match self {
            Self::Source(reader, writer) => (reader.remain(), writer.avail() - MARGIN),
            Self::Destination(reader, writer) => (reader.remain() - MARGIN, writer.avail()),
            Self::Filled(writer) => (writer.avail(), writer.avail()),
        }
    }
}

/// A transfer of `len` bytes, `before` of which are before the end.
#[derive(Debug)]
pub(super) struct Transfer {
    kind: Kind,
    end: End,
    before: usize,
    len: usize,
    cursors: Cursors,
    /// The memory that is written to, and the offset where the writes start.
    target: (Bytes, usize),
}

/// Returns the source byte at an offset from the start of the copy.
fn source(at: usize) -> u8 {
    (at as u8).wrapping_mul(167) ^ ((at >> 8) as u8) ^ 0x5a
}

impl Transfer {
    /// Fills source and target with known bytes. The caller determines which pages are accessible.
    pub(super) fn new(kind: Kind, end: End, before: usize, len: usize) -> Self {
        let (edge, bytes) = match end {
            End::Page => (EDGE, FIRST.bytes()),
            End::Canonical => (CANONICAL_END, LAST.bytes()),
        };
        let (there, from) = (edge - before, PAGE - before);
        // The offset in the kernel's buffer depends on the length, so that every alignment occurs.
        let (to, room) = (MARGIN + len % 8, len + MARGIN);
        let (cursors, origin, target) = match kind {
            Kind::Source => {
                let writer = BUFFER.writer(to..to + room);
                (Cursors::Source(memory::reader(there, len), writer), (bytes, from), (BUFFER, to))
            }
            Kind::Destination => {
                let reader = BUFFER.reader(to..to + room);
                let cursors = Cursors::Destination(reader, memory::writer(there, len));
                (cursors, (BUFFER, to), (bytes, from))
            }
            Kind::Filled => {
                (Cursors::Filled(memory::writer(there, len)), (BUFFER, to), (bytes, from))
            }
        };
        let transfer = Self { kind, end, before, len, cursors, target };
        origin.0.set(origin.1..origin.1 + len, |at| source(at - origin.1));
        let start = transfer.first();
        target.0.set(start..target.1 + len + MARGIN, |at| !transfer.byte(at));
        transfer
    }

    /// Runs the transfer to the end of memory, and checks all visible results.
    #[track_caller]
    pub(super) fn stops(&mut self) -> Faults {
        let Self { kind, end, before, len, .. } = *self;
        let (result, faults) = watch(|| self.cursors.go());
        let done = before.min(len);
        let expected = if done < len { Err(done) } else { Ok(len) };
        let result = result.map_err(|error| error.done());
        assert!(
            result == expected,
            "{kind:?} {before} bytes before the {end:?} of {len}: {result:?}, expected {expected:?}"
        );
        let left = self.cursors.left();
        assert!(
            left == (len - done, len - done),
            "{kind:?} {before} bytes before the {end:?} of {len}: the cursors have {left:?} left"
        );
        self.check(done);
        let expected = if done < len { 1..=2 } else { 0..=0 };
        assert!(
            expected.contains(&faults.recovered) && faults.foreign + faults.paged == 0,
            "{kind:?} {before} bytes before the {end:?} of {len}: {faults:?}, expected {expected:?}"
        );
        faults
    }

    /// Continues from where the transfer stopped, with the page present, and checks that it
    /// completes.
    #[track_caller]
    pub(super) fn finishes(&mut self) {
        let Self { kind, before, len, .. } = *self;
        let (result, faults) = watch(|| self.cursors.go());
        assert!(
            result == Ok(len - before) && faults.last.is_none(),
            "{kind:?} of {len} bytes, continued at {before}: {result:?}, {faults:?}"
        );
        let left = self.cursors.left();
        assert!(left == (0, 0), "{kind:?} of {len} bytes: the cursors have {left:?} left");
        self.check(len);
    }

    /// Returns the expected cause of the last fault, which is at the first byte after the end.
    pub(super) fn cause(&self, is_there: bool) -> Diagnosis {
        let (address, store) = (EDGE, self.kind != Kind::Source);
        match (self.end, is_there) {
            (End::Canonical, _) => Diagnosis::NonCanonical,
            (End::Page, false) => Diagnosis::Absent { address, store },
            (End::Page, true) => Diagnosis::Refused { address, store },
        }
    }

    /// Checks that exactly `done` bytes are written, with the right values.
    #[track_caller]
    fn check(&self, done: usize) {
        let (bytes, start) = self.target;
        let end = start + self.len + MARGIN;
        bytes.check("the bytes before", self.first()..start, |at| !self.byte(at));
        bytes.check("the written bytes", start..start + done, |at| self.byte(at));
        bytes.check("the bytes after", start + done..end, |at| !self.byte(at));
    }

    /// Returns the offset of the margin before the target.
    fn first(&self) -> usize {
        self.target.1.saturating_sub(MARGIN)
    }

    /// Returns the expected byte at an offset of the target.
    fn byte(&self, at: usize) -> u8 {
        match self.kind {
            Kind::Filled => 0,
            _ => source(at.wrapping_sub(self.target.1)),
        }
    }
}
