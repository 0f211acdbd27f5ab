//! Recorder and checker over a backend that fails.

use core::{cell::Cell, marker::PhantomData, ops::Range};

use io_core::{
    CopyError, Error, IoBase, KnownSize, Repr, Width,
    backend::{IoBackend, IoCapable, IoCopyable, MayFail, Medium},
    barrier::Barrier,
    prelude::*,
};
use io_sim::{Checker, Entry, Event, Recorder, field};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Poisoned(usize),
}

impl From<Fault> for Error {
    fn from(_: Fault) -> Self {
        Error::Gone
    }
}

/// Bytes, some of which cannot be accessed.
struct Memory {
    bytes: Vec<Cell<u8>>,
    poisoned: Range<usize>,
}

impl Memory {
    fn byte(&self, at: usize) -> Result<&Cell<u8>, Fault> {
        if self.poisoned.contains(&at) { Err(Fault::Poisoned(at)) } else { Ok(&self.bytes[at]) }
    }
}

struct View<'a, T: ?Sized + KnownSize> {
    ptr: *mut T,
    memory: &'a Memory,
}

impl<T: ?Sized + KnownSize> Clone for View<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize> Copy for View<'_, T> {}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for View<'a, T> {
    type Backend = Flaky;
    type Target = T;

    fn as_view(self) -> Self {
        self
    }
}

#[derive(Debug)]
struct Flaky(PhantomData<()>);

// SAFETY: the pointer is an offset, which `as_ptr` returns unchanged. Projections have the
// projected pointer and the same memory.
unsafe impl IoBackend for Flaky {
    type Fail = MayFail<Fault>;
    type View<'a, T: ?Sized + KnownSize> = View<'a, T>;
    type Relaxed = Self;

    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        View { ptr, memory: view.memory }
    }

    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, _kind: Barrier) {}
}

impl<R: Repr> IoCapable<R> for Flaky {
    fn io_read<'a>(view: Self::View<'a, R>) -> Result<R, Fault> {
        let mut number = [0; 8];
        for (i, byte) in number.iter_mut().take(size_of::<R>()).enumerate() {
            *byte = view.memory.byte(view.ptr.addr() + i)?.get();
        }
        Ok(R::from_u64(u64::from_le_bytes(number)).to_le())
    }

    fn io_write<'a>(view: Self::View<'a, R>, value: R) -> Result<(), Fault> {
        let number = value.to_le().to_u64().to_le_bytes();
        for (i, byte) in number.into_iter().take(size_of::<R>()).enumerate() {
            view.memory.byte(view.ptr.addr() + i)?.set(byte);
        }
        Ok(())
    }
}

type Copied = Result<(), CopyError<Fault>>;

/// Calls `f` for each byte until one fails.
fn each(view: View<'_, [u8]>, mut f: impl FnMut(usize, &Cell<u8>)) -> Copied {
    for done in 0..view.ptr.len() {
        match view.memory.byte(view.ptr.addr() + done) {
            Ok(byte) => f(done, byte),
            Err(error) => return Err(CopyError::Io { error, done }),
        }
    }
    Ok(())
}

// SAFETY: the bytes are copied one by one in ascending order, and an error contains the number of
// copied bytes.
unsafe impl IoCopyable for Flaky {
    const MEDIUM: Medium = Medium::Memory;

    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        _: Option<Width>,
        buffer: *mut u8,
    ) -> Copied {
        // SAFETY: `i` is less than the view's size, and the caller guarantees that `buffer` is
        // valid for writes of that size.
        each(view, |i, byte| unsafe { buffer.wrapping_add(i).write(byte.get()) })
    }

    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        _: Option<Width>,
        buffer: *const u8,
    ) -> Copied {
        // SAFETY: `i` is less than the view's size, and the caller guarantees that `buffer` is
        // valid for reads of that size.
        each(view, |i, byte| byte.set(unsafe { buffer.wrapping_add(i).read() }))
    }

    fn fill_io<'a>(view: Self::View<'a, [u8]>, _: Option<Width>, fill: u8) -> Copied {
        each(view, |_, byte| byte.set(fill))
    }
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    good: Le<u32>,
    bad: Le<u32>,
    buf: [u8; 8],
}

fn memory(poisoned: Range<usize>) -> Memory {
    Memory { bytes: (0..16).map(Cell::new).collect(), poisoned }
}

fn regs(memory: &Memory) -> View<'_, Regs> {
    View { ptr: core::ptr::null_mut(), memory }
}

fn lines(recorder: &Recorder) -> Vec<String> {
    recorder.entries().iter().map(|entry: &Entry| format!("{entry}")).collect()
}

#[test]
fn failed_accesses_are_recorded_and_passed_on() {
    let (memory, recorder) = (memory(6..8), Recorder::new());
    let regs = recorder.record("regs", regs(&memory));
    assert_eq!(io_read!(regs, .good), Ok(0x0302_0100));
    assert_eq!(io_read!(regs, .bad), Err(Fault::Poisoned(6)));
    assert_eq!(io_write!(regs, .bad, 0x10), Err(Fault::Poisoned(6)));
    assert_eq!(io_write!(regs, .good, 0x11), Ok(()));
    assert_eq!(io_update!(regs, .bad, |v| v), Err(Fault::Poisoned(6)));
    assert_eq!(
        lines(&recorder),
        [
            "RD regs.good 32 -> 0x03020100",
            "RD regs.bad 32 !! Poisoned(6)",
            "WR regs.bad 32 <- 0x00000010 !! Poisoned(6)",
            "WR regs.good 32 <- 0x00000011",
            "RD regs.bad 32 !! Poisoned(6)",
        ]
    );
    let events: Vec<_> = recorder.accesses().collect();
    assert!(
        matches!(&events[1], Event::Access { value: None, error: Some(e), .. } if e == "Poisoned(6)")
    );
    assert_eq!(memory.bytes[0].get(), 0x11);
}

#[test]
fn failed_copies_are_recorded_with_the_bytes_done() {
    let (memory, recorder) = (memory(11..12), Recorder::new());
    let buf = io_project!(recorder.record("regs", regs(&memory)), .buf);
    let error = CopyError::Io { error: Fault::Poisoned(11), done: 3 };
    let mut bytes = [0xff; 8];
    assert_eq!(buf.copy_to_slice(&mut bytes), Err(error));
    assert_eq!(bytes, [8, 9, 10, 0xff, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(buf.copy_from_slice(&[1, 2, 3, 4, 5, 6, 7, 8]), Err(error));
    assert_eq!(buf.fill(7), Err(error));
    assert_eq!(buf.get(3..5).unwrap().fill(7).map_err(|error| error.done()), Err(0));
    assert_eq!(buf.get(4..8).unwrap().fill(7), Ok(()));
    assert_eq!(
        lines(&recorder),
        [
            "CR regs.buf 8 bytes -> 08 09 0a !! Poisoned(11) after 3 bytes",
            "CW regs.buf 8 bytes <- 01 02 03 !! Poisoned(11) after 3 bytes",
            "CW regs.buf 8 bytes <- 07 07 07 !! Poisoned(11) after 3 bytes",
            "CW regs.buf[3] 2 bytes !! Poisoned(11) after 0 bytes",
            "CW regs.buf[4] 4 bytes <- 07 07 07 07",
        ]
    );
    let copied: Vec<_> = memory.bytes[8..].iter().map(Cell::get).collect();
    assert_eq!(copied, vec![7, 7, 7, 11, 7, 7, 7, 7]);
}

#[test]
fn failures_pass_through_two_recorders() {
    let (memory, inner, outer) = (memory(6..8), Recorder::new(), Recorder::new());
    let regs = outer.record("outer", inner.record("inner", regs(&memory)));
    assert_eq!(io_read!(regs, .bad), Err(Fault::Poisoned(6)));
    assert_eq!(lines(&inner), ["RD inner.bad 32 !! Poisoned(6)"]);
    assert_eq!(lines(&outer), ["RD outer.bad 32 !! Poisoned(6)"]);
}

#[test]
fn equal_failures_are_one_entry() {
    let (memory, recorder) = (memory(6..8), Recorder::new());
    let regs = recorder.record("regs", regs(&memory));
    for _ in 0..3 {
        io_read!(regs, .bad).unwrap_err();
    }
    assert_eq!(lines(&recorder), ["RD regs.bad 32 !! Poisoned(6) (x3)"]);
}

#[test]
fn failed_accesses_violate_no_rule() {
    let (memory, checker) = (memory(6..8), Checker::collecting());
    let rules = checker.device::<Regs>("regs").reserved(field!(.bad), 1).preserved(field!(.bad), 2);
    let regs = rules.reserved(field!(.good), 1).watch(regs(&memory));
    for _ in 0..2 {
        assert_eq!(io_update!(regs, .bad, |bad| bad), Err(Fault::Poisoned(6)));
        assert_eq!(io_write!(regs, .bad, 3), Err(Fault::Poisoned(6)));
    }
    assert_eq!(io_write!(regs, .good, 1), Ok(()));
    let texts: Vec<_> = checker.violations().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["WR regs.good 32: the reserved bits 0x1 are set"]);
}

#[test]
fn bytes_copied_before_a_failure_are_checked() {
    let (memory, checker) = (memory(11..12), Checker::collecting());
    let regs = checker.device::<Regs>("regs").reserved(field!(.buf), 0x80).watch(regs(&memory));
    io_project!(regs, .buf).copy_from_slice(&[0, 0x81, 0x82, 0x83, 0, 0, 0, 0]).unwrap_err();
    let texts: Vec<_> = checker.violations().iter().map(ToString::to_string).collect();
    let text = |i| format!("CW regs.buf 8 bytes, regs.buf[{i}]: the reserved bits 0x80 are set");
    assert_eq!(texts, [1, 2].map(text));
}
