//! The end of an access: a page that faults, and the backtrace of the fault.

use core::ffi::{c_int, c_void};
use core::{mem, ptr};
use std::backtrace::Backtrace;
use std::io::{self, Write as _};

/// The size of the page: that of every supported machine, or a part of its own.
pub(crate) const SIZE: usize = 4096;

/// Prints where the program is, and ends it.
///
/// It allocates, which a handler of signals must not do in general. Here the signal is raised by the
/// accesses of `accesses` alone, and none of them is inside the allocator.
pub(crate) fn print_and_exit() -> ! {
    let is_written = write!(io::stdout(), "{}", Backtrace::force_capture()).is_ok();
    std::process::exit(if is_written { 0 } else { 1 })
}

/// Prints where the fault was.
///
/// Backtraces look up the byte before each address, which is right for return addresses. The address
/// of a fault is that of the instruction itself, so that of the byte after is stored in its place.
extern "C" fn on_fault(_: c_int, _: *mut libc::siginfo_t, context: *mut c_void) {
    let context = context.cast::<libc::ucontext_t>();
    // SAFETY: with `SA_SIGINFO`, the kernel passes the context of the interrupted code, which this
    // handler alone uses; it is not resumed.
    let registers = unsafe { &mut (*context).uc_mcontext.gregs };
    registers[libc::REG_RIP as usize] += 1;
    print_and_exit()
}

/// Lets a fault print its backtrace.
pub(crate) fn install() -> io::Result<()> {
    let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) = on_fault;
    // SAFETY: zeros are a `sigaction`: no flags, an empty mask, the default handler.
    let mut action: libc::sigaction = unsafe { mem::zeroed() };
    action.sa_sigaction = handler as *const () as usize;
    action.sa_flags = libc::SA_SIGINFO;
    // SAFETY: `action` is initialised and its handler has the signature that `SA_SIGINFO` requires;
    // no previous action is returned.
    let result = unsafe { libc::sigaction(libc::SIGSEGV, &raw const action, ptr::null_mut()) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Maps a page that allows no access.
pub(crate) fn inaccessible_page() -> io::Result<*mut u8> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: a new mapping, at an address that the kernel selects.
    let page = unsafe { libc::mmap(ptr::null_mut(), SIZE, libc::PROT_NONE, flags, -1, 0) };
    if page == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(page.cast()) }
}
