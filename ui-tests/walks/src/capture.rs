//! The end of an access: an inaccessible page, and the backtrace of the fault.

use core::ffi::{c_int, c_void};
use core::{mem, ptr};
use std::backtrace::Backtrace;
use std::io::{self, Write as _};

/// The size of the page: the page size of every supported machine, or a divisor of it.
pub(crate) const SIZE: usize = 4096;

/// Prints a backtrace, and ends the process.
///
/// It allocates, which a signal handler must not do in general. Here only the accesses of
/// `accesses` raise the signal, and none of them is inside the allocator.
pub(crate) fn print_and_exit() -> ! {
    let is_written = write!(io::stdout(), "{}", Backtrace::force_capture()).is_ok();
    std::process::exit(if is_written { 0 } else { 1 })
}

/// Prints the backtrace of the fault.
///
/// Backtraces look up the byte before each address, which is right for return addresses. The
/// address of a fault is that of the instruction itself, so the address is increased by one.
extern "C" fn on_fault(_: c_int, _: *mut libc::siginfo_t, context: *mut c_void) {
    let context = context.cast::<libc::ucontext_t>();
    // SAFETY: with `SA_SIGINFO`, the kernel passes the context of the interrupted code. Only this
    // handler uses it, and the code is not resumed.
    let registers = unsafe { &mut (*context).uc_mcontext.gregs };
    registers[libc::REG_RIP as usize] += 1;
    print_and_exit()
}

/// Installs the handler that prints the backtrace of a fault.
pub(crate) fn install() -> io::Result<()> {
    let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) = on_fault;
    // SAFETY: all zeros are a valid `sigaction`: no flags, an empty mask, the default handler.
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
    // SAFETY: creates a new mapping, at an address that the kernel selects.
    let page = unsafe { libc::mmap(ptr::null_mut(), SIZE, libc::PROT_NONE, flags, -1, 0) };
    if page == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(page.cast()) }
}
