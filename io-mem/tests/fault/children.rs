//! Signals that are not caused by this crate, each in a child process that is terminated by the
//! signal.
//!
//! A test starts its own executable again, with an environment variable that selects the code to
//! run.

use core::{ffi::c_int, mem::zeroed};
use std::{
    env,
    os::unix::process::ExitStatusExt,
    process::{Command, Output},
};

use io_core::fault;

use crate::memory::{Access, Pages, copy};

const VARIABLE: &str = "IO_CORE_TEST_CHILD";

/// Runs the test of this name in a child process, where `code` is run. Returns the child's output,
/// or `None` in the child process.
pub(crate) fn in_child(test: &str, code: impl FnOnce()) -> Option<Output> {
    if env::var_os(VARIABLE).is_some() {
        let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: the limit is valid. It prevents core files.
        unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const none) };
        code();
        return None;
    }
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--exact", "--nocapture", "--test-threads=1", test]).env(VARIABLE, "1");
    Some(command.output().expect("the child process runs"))
}

/// Causes a fault of an instruction that is not this crate's.
fn foreign_fault() {
    let pages = Pages::new(&[Access::Nothing]);
    // SAFETY: the pointer is not valid; the process is meant to be terminated by this access.
    let byte = unsafe { pages.page(0).read_volatile() };
    println!("read {byte}");
}

/// Checks that a fault of this crate's instructions is still recovered from.
fn own_fault() {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let mut to = [0; 100];
    assert_eq!(copy(to.as_mut_ptr(), from.page(1).wrapping_sub(42), 100), 42);
}

/// Installs a handler of `signal`, or one of the two special values. Returns the previous action.
pub(crate) fn set_handler(signal: c_int, handler: usize, flags: c_int) -> libc::sigaction {
    // SAFETY: all zeros is a valid action: no flags and an empty mask.
    let mut action: libc::sigaction = unsafe { zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    let mut old = action;
    // SAFETY: `action` is valid, and there is room for another action.
    assert_eq!(unsafe { libc::sigaction(signal, &raw const action, &raw mut old) }, 0);
    old
}

#[inline(never)]
fn overflow(depth: u64) -> u64 {
    let room = core::hint::black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { overflow(depth + 1) + room[depth as usize % 64] }
}

fn assert_overflow_is_reported(output: &Output) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("has overflowed its stack"), "{output:?}");
    assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{output:?}");
}

#[test]
fn a_stack_overflow_is_reported_by_rust() {
    let output = in_child("children::a_stack_overflow_is_reported_by_rust", || {
        own_fault();
        println!("{}", overflow(0));
    });
    output.iter().for_each(assert_overflow_is_reported);
}

#[test]
fn a_stack_overflow_of_a_later_thread_is_reported() {
    let output = in_child("children::a_stack_overflow_of_a_later_thread_is_reported", || {
        own_fault();
        let _ = std::thread::spawn(|| println!("{}", overflow(0))).join();
    });
    output.iter().for_each(assert_overflow_is_reported);
}

#[test]
fn a_foreign_fault_is_fatal() {
    let output = in_child("children::a_foreign_fault_is_fatal", || {
        own_fault();
        foreign_fault();
    });
    if let Some(output) = output {
        assert_eq!(output.status.signal(), Some(libc::SIGSEGV), "{output:?}");
    }
}

/// Without a previous handler, the default action is performed, also for signals that a process
/// sends.
#[test]
fn the_default_action_terminates_the_process() {
    let name = "children::the_default_action_terminates_the_process";
    let output = in_child(name, || {
        set_handler(libc::SIGSEGV, libc::SIG_DFL, 0);
        own_fault();
        foreign_fault();
    });
    if let Some(output) = output {
        assert_eq!(output.status.signal(), Some(libc::SIGSEGV), "{output:?}");
    }
}

#[test]
fn a_sent_signal_is_fatal_by_default() {
    let output = in_child("children::a_sent_signal_is_fatal_by_default", || {
        set_handler(libc::SIGBUS, libc::SIG_DFL, 0);
        own_fault();
        // SAFETY: the signal is sent to this process.
        unsafe { libc::raise(libc::SIGBUS) };
    });
    if let Some(output) = output {
        assert_eq!(output.status.signal(), Some(libc::SIGBUS), "{output:?}");
    }
}

/// An ignored signal is ignored when it is sent by a process, but not when it is a fault.
#[test]
fn an_ignored_signal_stays_ignored() {
    let output = in_child("children::an_ignored_signal_stays_ignored", || {
        set_handler(libc::SIGSEGV, libc::SIG_IGN, 0);
        own_fault();
        // SAFETY: the signal is sent to this process.
        unsafe { libc::raise(libc::SIGSEGV) };
        println!("still there");
        own_fault();
        foreign_fault();
    });
    if let Some(output) = output {
        assert!(String::from_utf8_lossy(&output.stdout).contains("still there"), "{output:?}");
        assert_eq!(output.status.signal(), Some(libc::SIGSEGV), "{output:?}");
    }
}

extern "C" fn exit_by_signal(signal: c_int) {
    // SAFETY: `_exit` ends the process, and may be called in a signal handler.
    unsafe { libc::_exit(100 + signal) };
}

extern "C" fn exit_by_address(_: c_int, info: *mut libc::siginfo_t, _: *mut core::ffi::c_void) {
    // SAFETY: the kernel passes a valid pointer.
    let info = unsafe { &*info };
    // SAFETY: for a fault, the field contains the address.
    let address = unsafe { info.si_addr() };
    // SAFETY: `_exit` ends the process, and may be called in a signal handler.
    unsafe { libc::_exit(if address.is_null() { 1 } else { 77 }) };
}

#[test]
fn foreign_faults_reach_the_previous_handler() {
    let output = in_child("children::foreign_faults_reach_the_previous_handler", || {
        let handler: extern "C" fn(c_int) = exit_by_signal;
        set_handler(libc::SIGSEGV, handler as *const () as usize, 0);
        own_fault();
        foreign_fault();
    });
    if let Some(output) = output {
        assert_eq!(output.status.code(), Some(100 + libc::SIGSEGV), "{output:?}");
    }
}

#[test]
fn the_previous_handler_receives_the_signal_information() {
    let output = in_child("children::the_previous_handler_receives_the_signal_information", || {
        let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut core::ffi::c_void) =
            exit_by_address;
        set_handler(libc::SIGSEGV, handler as *const () as usize, libc::SA_SIGINFO);
        own_fault();
        foreign_fault();
    });
    if let Some(output) = output {
        assert_eq!(output.status.code(), Some(77), "{output:?}");
    }
}

/// Further calls of `install` do nothing, and do not create two handlers that call each other
/// endlessly.
#[test]
fn repeated_installation_has_no_effect() {
    let output = in_child("children::repeated_installation_has_no_effect", || {
        assert!(!fault::is_installed());
        for _ in 0..3 {
            fault::install().unwrap();
            assert!(fault::is_installed());
        }
        let handler: extern "C" fn(c_int) = exit_by_signal;
        set_handler(libc::SIGSEGV, handler as *const () as usize, 0);
        assert!(!fault::is_installed());
        fault::install().unwrap();
        assert!(!fault::is_installed(), "a handler that was installed later stays");
        foreign_fault();
    });
    if let Some(output) = output {
        assert_eq!(output.status.code(), Some(100 + libc::SIGSEGV), "{output:?}");
    }
}
