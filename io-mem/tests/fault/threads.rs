//! Many threads that fault at the same time, threads that Rust did not create, and forked
//! processes.

use core::{ffi::c_void, ptr};
use std::thread;

use crate::memory::{Access, Pages, UNTOUCHED, copy, pattern};

#[test]
fn threads_recover_at_the_same_time() {
    thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                let from = Pages::new(&[Access::Everything, Access::Nothing]);
                let bytes = pattern(300);
                let mut to = [UNTOUCHED; 300];
                for fault in 0..20_000 {
                    let first = (fault * 7 + thread) % 300;
                    from.set_before(1, &bytes[..first]);
                    let done = copy(to.as_mut_ptr(), from.page(1).wrapping_sub(first), 300);
                    assert_eq!(done, first);
                    assert_eq!(to[..first], bytes[..first]);
                }
            });
        }
    });
}

/// Copies at the edge of a page that faults, and returns the number of bytes done.
fn fault_once() -> usize {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let mut to = [UNTOUCHED; 300];
    copy(to.as_mut_ptr(), from.page(1).wrapping_sub(123), 300)
}

/// A thread that Rust did not create has no alternate stack.
#[test]
fn a_thread_without_an_alternate_stack_recovers() {
    extern "C" fn run(_: *mut c_void) -> *mut c_void {
        ptr::without_provenance_mut(fault_once())
    }
    let mut result = ptr::null_mut();
    // SAFETY: all zeros is a valid id, which is a number or an address.
    let mut id: libc::pthread_t = unsafe { core::mem::zeroed() };
    // SAFETY: there is room for the id, the attributes are the default ones, and the function does
    // not use its argument.
    let made = unsafe { libc::pthread_create(&raw mut id, ptr::null(), run, ptr::null_mut()) };
    assert_eq!(made, 0);
    // SAFETY: the thread was just created, and there is room for its result.
    assert_eq!(unsafe { libc::pthread_join(id, &raw mut result) }, 0);
    assert_eq!(result.addr(), 123);
}

#[test]
fn a_forked_process_recovers() {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let mut to = [UNTOUCHED; 300];
    // SAFETY: the child calls only functions that are safe in a signal handler.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let done = copy(to.as_mut_ptr(), from.page(1).wrapping_sub(123), 300);
        // SAFETY: ends the child process.
        unsafe { libc::_exit(done as i32) };
    }
    let mut status = 0;
    // SAFETY: the child process was just created, and there is room for its status.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert!(libc::WIFEXITED(status), "status {status:#x}");
    assert_eq!(libc::WEXITSTATUS(status), 123);
}
