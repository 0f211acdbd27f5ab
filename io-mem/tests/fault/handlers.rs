//! Handlers above this crate's handler: the behaviour of a copy between its two faults.

use core::{
    ffi::{c_int, c_void},
    mem::transmute,
    ptr,
    sync::atomic::{
        AtomicPtr, AtomicUsize,
        Ordering::{Relaxed, SeqCst},
    },
};

use rustix::{
    mm::{MprotectFlags, mprotect},
    param::page_size,
};

use crate::{
    children::{in_child, set_handler},
    memory::{Access, Pages, copy, fill, pattern},
};

type Handler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// This crate's handler, which the handlers of this file call.
static OURS: AtomicUsize = AtomicUsize::new(0);
/// The bytes that the handlers change, and their number.
static PLACE: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());
static LEN: AtomicUsize = AtomicUsize::new(0);

fn install_above_ours(handler: Handler) {
    io_core::fault::install().unwrap();
    let old = set_handler(libc::SIGSEGV, handler as *const () as usize, libc::SA_SIGINFO);
    OURS.store(old.sa_sigaction, SeqCst);
}

fn call_ours(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // SAFETY: the value is the handler that was installed with `SA_SIGINFO`.
    let ours = unsafe { transmute::<usize, Handler>(OURS.load(SeqCst)) };
    ours(signal, info, context);
}

/// The source's bytes before and after the fault.
const BEFORE: u8 = 0xaa;
const AFTER: u8 = 0xbb;

extern "C" fn change_the_source(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let source = PLACE.load(SeqCst);
    for i in 0..LEN.load(Relaxed) {
        // SAFETY: the bytes are the test's source, and no references to them exist.
        unsafe { source.wrapping_add(i).write_volatile(AFTER) };
    }
    call_ours(signal, info, context);
}

/// After a fault, the copy continues after the bytes that it has stored. Changes that are made to
/// the source after the fault therefore appear in fewer bytes than the largest store has.
#[test]
fn no_byte_is_stored_twice() {
    const LARGEST_STORE: usize = 32;
    let output = in_child("handlers::no_byte_is_stored_twice", || {
        install_above_ours(change_the_source);
        let to = Pages::new(&[Access::Everything, Access::Nothing]);
        let from = Pages::new(&[Access::Everything]);
        for len in [64, 127, 128, 420, 600, 1024] {
            PLACE.store(from.page(0), SeqCst);
            LEN.store(len, SeqCst);
            for first in 0..len {
                fill(from.page(0), BEFORE, len);
                let dst = to.page(1).wrapping_sub(first);
                assert_eq!(copy(dst, from.page(0), len), first, "of {len} bytes");
                let stored = to.bytes(dst, first);
                let before = stored.iter().take_while(|byte| **byte == BEFORE).count();
                assert!(stored[before..].iter().all(|byte| *byte == AFTER));
                assert!(first - before < LARGEST_STORE, "{before} of {first} bytes, of {len}");
            }
        }
    });
    if let Some(output) = output {
        assert!(output.status.success(), "{output:?}");
    }
}

extern "C" fn restore_the_page(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let flags = MprotectFlags::READ | MprotectFlags::WRITE;
    // SAFETY: the page is the test's, and no references to it exist.
    let _ = unsafe { mprotect(PLACE.load(SeqCst).cast(), page_size(), flags) };
    call_ours(signal, info, context);
}

extern "C" fn make_the_page_accessible(_: c_int, _: *mut libc::siginfo_t, _: *mut c_void) {
    let flags = MprotectFlags::READ | MprotectFlags::WRITE;
    // SAFETY: the page is the test's, and no references to it exist.
    let _ = unsafe { mprotect(PLACE.load(SeqCst).cast(), page_size(), flags) };
}

/// A previous handler may resolve faults of other instructions; this crate's handler stays
/// installed above it.
#[test]
fn a_previous_handler_may_resolve_a_fault() {
    let output = in_child("handlers::a_previous_handler_may_resolve_a_fault", || {
        let handler: Handler = make_the_page_accessible;
        set_handler(libc::SIGSEGV, handler as *const () as usize, libc::SA_SIGINFO);
        let pages = Pages::new(&[Access::Everything, Access::Nothing]);
        for _ in 0..3 {
            PLACE.store(pages.page(1), SeqCst);
            pages.allow(1, Access::Nothing);
            // SAFETY: the handler makes the page accessible.
            assert_eq!(unsafe { pages.page(1).read_volatile() }, 0);
            assert!(io_core::fault::is_installed());
            pages.allow(1, Access::Nothing);
            let mut to = [0; 100];
            assert_eq!(copy(to.as_mut_ptr(), pages.page(1).wrapping_sub(42), 100), 42);
        }
    });
    if let Some(output) = output {
        assert!(output.status.success(), "{output:?}");
    }
}

/// A page that is accessible when the copy retries is copied like any other page.
#[test]
fn memory_that_becomes_accessible_is_copied() {
    let output = in_child("handlers::memory_that_becomes_accessible_is_copied", || {
        install_above_ours(restore_the_page);
        let pages = Pages::new(&[Access::Everything; 4]);
        let bytes = pattern(3 * page_size());
        for len in [1, 40, 127, 128, 420, 1024, 5000] {
            for first in (0..len.min(page_size())).step_by(17) {
                let place = pages.page(1).wrapping_sub(first);
                PLACE.store(pages.page(1), SeqCst);
                fill(pages.page(0), 0, 4 * page_size());
                pages.allow(1, Access::Nothing);
                assert_eq!(
                    copy(place, bytes.as_ptr(), len),
                    len,
                    "{first} bytes accessible at first"
                );
                assert_eq!(pages.bytes(place, len), &bytes[..len]);
                pages.allow(1, Access::Nothing);
                let mut to = vec![0; len];
                assert_eq!(
                    copy(to.as_mut_ptr(), place, len),
                    len,
                    "{first} bytes accessible at first"
                );
                assert_eq!(to, bytes[..len]);
                pages.allow(1, Access::Loads);
                assert_eq!(fill(place, 7, len), len, "{first} bytes accessible at first");
                assert_eq!(pages.bytes(place, len), vec![7; len]);
            }
        }
    });
    if let Some(output) = output {
        assert!(output.status.success(), "{output:?}");
    }
}
