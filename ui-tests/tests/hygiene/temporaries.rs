//! Temporaries of the view's expression live until after the access.

use core::cell::Cell;
use std::sync::Mutex;

use io_core::{IoBase, backend::SysMemBackend, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
    chan: [u32; 2],
}

/// Owns its registers, and records when it is dropped.
struct Bar<'a> {
    memory: Box<Regs>,
    gone: &'a Cell<bool>,
}

impl<'a> Bar<'a> {
    fn new(gone: &'a Cell<bool>) -> Self {
        gone.set(false);
        Bar { memory: Box::new(Regs { ctrl: 1, chan: [2, 3] }), gone }
    }

    fn this(&self) -> &Self {
        self
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.gone.set(true);
    }
}

impl<'a> IoBase<'a> for &'a Bar<'_> {
    type Backend = SysMemBackend;
    type Target = Regs;

    fn as_view(self) -> SysMem<'a, Regs> {
        let memory = (&raw const *self.memory).cast_mut();
        // SAFETY: `memory` is valid while the borrow of `self` lives; this test only reads through
        // the view, and nothing writes to the memory.
        unsafe { SysMem::new(memory) }
    }
}

#[test]
fn a_temporary_owner_lives_until_the_access() {
    let gone = Cell::new(false);
    assert_eq!(io_read!(&Bar::new(&gone), .ctrl), 1);
    assert!(gone.get());
    assert_eq!(io_read!(Bar::new(&gone).this(), .chan[panic: usize::from(!gone.get())]), 3);
    assert!(gone.get());
    assert_eq!(io_project!(&Bar::new(&gone), .chan[1]).read_val(), 3);
    assert!(gone.get());
}

#[test]
fn a_lock_is_held_until_after_the_access() {
    let mut memory = Regs { ctrl: 1, chan: [2, 3] };
    let regs = Mutex::new(SysMem::from_mut(&mut memory));
    io_write!(*regs.lock().unwrap(), .ctrl, {
        assert!(regs.try_lock().is_err(), "the value is evaluated under the lock");
        5
    });
    io_update!(*regs.lock().unwrap(), .chan[0], |v| {
        assert!(regs.try_lock().is_err(), "the closure is called under the lock");
        v + 1
    });
    assert!(regs.try_lock().is_ok());
    assert_eq!((memory.ctrl, memory.chan[0]), (5, 3));
}

#[test]
fn views_are_accepted_by_dereference() {
    let mut memory = Regs { ctrl: 1, chan: [2, 3] };
    let view = SysMem::from_mut(&mut memory);
    let (by_reference, boxed) = (&view, Box::new(view));
    assert_eq!(io_read!(*by_reference, .ctrl), 1);
    assert_eq!(io_read!(*boxed, .ctrl), 1);
    assert_eq!(io_read!(if true { view } else { *boxed }, .ctrl), 1);
    assert_eq!(io_read!([view; 2][1], .chan[0]), 2);
}
