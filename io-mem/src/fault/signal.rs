//! The signal handler that recovers from faults in a program.
//!
//! Source: POSIX `sigaction` and `signal.h`; Linux `sigaction(2)`, `sigaltstack(2)`,
//! `signal-safety(7)`.

use core::{
    ffi::{c_int, c_void},
    mem::{MaybeUninit, transmute},
    ptr,
};
use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{RecoveryTable, lookup};

/// The signals of a fault: an unmapped or protected page, and a page after the end of a mapped
/// file.
const SIGNALS: [c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// The actions that were installed before, in the order of `SIGNALS`. Written before the handler is
/// installed; after that, the handler reads them without a lock.
static PREVIOUS: [OnceLock<libc::sigaction>; 2] = [const { OnceLock::new() }; 2];

type Handler = extern "C" fn(c_int);
type InfoHandler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// Installs a signal handler that turns faults of [`RecoveryTable`]'s accesses into errors, for the
/// whole process and permanently.
///
/// The handler handles `SIGSEGV` and `SIGBUS`, and acts only on faults of this crate's own
/// instructions. Other signals are passed to the previous action: to another handler, to Rust's
/// handler, which reports a stack overflow, or to the default action. The handler changes only the
/// program counter; it takes no lock, does not allocate, and runs on the thread's alternate stack
/// if there is one. It works in every thread and is inherited by `fork`.
///
/// Calls after the first do nothing. In particular, the handler is not reinstalled above a handler
/// that was installed later, because that handler may call this one: see [`is_installed`]. The
/// previous action is read just before the handler is installed; a handler that another thread
/// installs at the same time may be lost.
///
/// Two kinds of faults are not recovered from: a fault in a thread that blocks the signal (the
/// kernel ends the process), and a fault under a debugger or sanitizer that handles the signal
/// first.
///
/// # Errors
///
/// * [`io::ErrorKind::Unsupported`] where [`RecoveryTable::RECOVERS`] is false.
/// * The error of the operating system, if the handler cannot be installed.
///
/// ```
/// # if io_mem::fault::RecoveryTable::RECOVERS {
/// use io_mem::fault::{self, FaultBackend, RecoveryTable};
///
/// fault::install()?;
/// let mut buffer = [1; 16];
/// // SAFETY: the last page is never mapped, so loads from it fault; the handler is installed.
/// let done = unsafe {
///     RecoveryTable::copy(buffer.as_mut_ptr(), core::ptr::without_provenance(usize::MAX - 100), 16)
/// };
/// assert_eq!((done, buffer), (0, [1; 16]));
/// # }
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn install() -> io::Result<()> {
    static IS_DONE: Mutex<bool> = Mutex::new(false);

    if !RecoveryTable::RECOVERS {
        return Err(io::ErrorKind::Unsupported.into());
    }
    // A poisoned lock can be ignored: nothing below panics, so no installation is left half done.
    let mut is_done = IS_DONE.lock().unwrap_or_else(PoisonError::into_inner);
    if *is_done {
        return Ok(());
    }
    for (signal, previous) in SIGNALS.into_iter().zip(&PREVIOUS) {
        let current = action(signal, None)?;
        let previous = previous.get_or_init(|| current);
        let mut ours = *previous;
        let handler: InfoHandler = on_signal;
        ours.sa_sigaction = handler as *const () as usize;
        // The signal mask is kept, so that the previous handler runs with the same mask as before.
        // So are the flags that affect more than how the handler is called.
        ours.sa_flags = libc::SA_SIGINFO
            | libc::SA_ONSTACK
            | previous.sa_flags & (libc::SA_NODEFER | libc::SA_RESTART);
        action(signal, Some(&ours))?;
    }
    *is_done = true;
    Ok(())
}

/// Returns whether the handler of [`install`] is the one that the kernel calls.
///
/// If it is not, faults are recovered from only if the handler that was installed later passes on
/// the signals that it does not handle.
pub fn is_installed() -> bool {
    let handler: InfoHandler = on_signal;
    SIGNALS.into_iter().all(|signal| {
        action(signal, None)
            .is_ok_and(|current| current.sa_sigaction == handler as *const () as usize)
    })
}

/// Calls `sigaction` and returns the old action. May be called in a signal handler.
fn action(signal: c_int, new: Option<&libc::sigaction>) -> io::Result<libc::sigaction> {
    let mut old = MaybeUninit::uninit();
    let new = new.map_or(ptr::null(), ptr::from_ref);
    // SAFETY: `new` is null or points to a valid action, and `old` has room for one.
    match unsafe { libc::sigaction(signal, new, old.as_mut_ptr()) } {
        // SAFETY: the call succeeded, so the kernel has written the old action.
        0 => Ok(unsafe { old.assume_init() }),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Continues at the landing address if the fault is in the table; otherwise passes the signal on.
extern "C" fn on_signal(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // The code is positive if the kernel reports a fault of an instruction. Other signals were sent
    // by a process.
    //
    // SAFETY: with `SA_SIGINFO`, the kernel passes a valid pointer.
    let is_fault = unsafe { (*info).si_code } > 0;
    if is_fault {
        let pc = program_counter(context.cast());
        // SAFETY: `pc` points into the thread's saved registers, which only this handler accesses.
        if let Some(landing) = lookup(unsafe { pc.read() } as usize) {
            // SAFETY: as above.
            unsafe { pc.write(landing as _) };
            return;
        }
    }
    pass_on(signal, info, context, is_fault);
}

#[cfg(target_arch = "x86_64")]
fn program_counter(context: *mut libc::ucontext_t) -> *mut i64 {
    // SAFETY: the field is inside the context that the kernel passes.
    unsafe { &raw mut (*context).uc_mcontext.gregs[libc::REG_RIP as usize] }
}

#[cfg(target_arch = "aarch64")]
fn program_counter(context: *mut libc::ucontext_t) -> *mut u64 {
    // SAFETY: the field is inside the context that the kernel passes.
    unsafe { &raw mut (*context).uc_mcontext.pc }
}

#[cfg(target_arch = "riscv64")]
fn program_counter(context: *mut libc::ucontext_t) -> *mut libc::c_ulong {
    // The program counter is in the slot of register 0, which is always zero and needs no slot.
    //
    // SAFETY: the field is inside the context that the kernel passes.
    unsafe { &raw mut (*context).uc_mcontext.__gregs[0] }
}

/// Never called: the handler is not installed where faults are not recovered from.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn program_counter(_context: *mut libc::ucontext_t) -> *mut usize {
    ptr::null_mut()
}

/// Performs the previous action for this signal.
fn pass_on(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void, is_fault: bool) {
    let index = usize::from(signal != SIGNALS[0]);
    // Always set: it was written before the handler was installed.
    let Some(previous) = PREVIOUS[index].get() else { return };
    let handler = previous.sa_sigaction;
    if handler == libc::SIG_DFL || handler == libc::SIG_IGN {
        if is_fault {
            // The instruction faults again, and the previous action is performed.
            let _ = action(signal, Some(previous));
        } else if handler == libc::SIG_DFL {
            let _ = action(signal, Some(previous));
            // The signal is delivered when this handler returns.
            //
            // SAFETY: `raise` may be called in a signal handler.
            unsafe { libc::raise(signal) };
        }
        return;
    }
    if previous.sa_flags & libc::SA_RESETHAND != 0 {
        let mut default = *previous;
        default.sa_sigaction = libc::SIG_DFL;
        let _ = action(signal, Some(&default));
    }
    if previous.sa_flags & libc::SA_SIGINFO != 0 {
        // SAFETY: the value is neither of the two special values, so it is a function. The flag
        // states that the function has this signature.
        let handler = unsafe { transmute::<usize, InfoHandler>(handler) };
        handler(signal, info, context);
    } else {
        // SAFETY: as above; without the flag, the function has this signature.
        let handler = unsafe { transmute::<usize, Handler>(handler) };
        handler(signal);
    }
}
