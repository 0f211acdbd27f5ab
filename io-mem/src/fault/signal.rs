//! A program's handler of faults: the signals that the kernel makes of them.
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

/// What a fault becomes: no such memory, or none behind a mapped file's end.
const SIGNALS: [c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// What was installed before, by the order of `SIGNALS`. Written before the handler is installed;
/// from then on the handler reads it, without a lock.
static PREVIOUS: [OnceLock<libc::sigaction>; 2] = [const { OnceLock::new() }; 2];

type Handler = extern "C" fn(c_int);
type InfoHandler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// Lets faults of [`RecoveryTable`]'s accesses be errors, in the whole process and for good.
///
/// Sets up a handler of `SIGSEGV` and `SIGBUS` which acts on faults of this crate's own
/// instructions alone. Whatever else arrives goes to what was there before: to another handler, to
/// Rust's, which reports a stack overflow, or to the signal's default action. The handler changes the
/// program counter and nothing else; it takes no lock, allocates nothing and runs on the thread's
/// alternate stack if there is one. It works in every thread and is inherited by `fork`.
///
/// Calls after the first do nothing. In particular it is not installed again above a handler that
/// somebody else has installed since, and that may well call this one: see [`is_installed`]. What
/// was there before is found out just before the handler is installed; who installs one at the same
/// moment in another thread may lose it.
///
/// Not recovered from: a fault in a thread that blocks the signal (the kernel ends the process), and
/// one below a debugger or sanitizer that handles the signal first.
///
/// # Errors
///
/// [`io::ErrorKind::Unsupported`] where [`RecoveryTable::RECOVERS`] is false.
///
/// ```
/// # if io_mem::fault::RecoveryTable::RECOVERS {
/// use io_mem::fault::{self, FaultBackend, RecoveryTable};
///
/// fault::install()?;
/// let mut buffer = [1; 16];
/// // SAFETY: nothing is ever mapped at the last page, so loads there fault; the handler is there.
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
    // Nothing is half done after a panic, of which there is none.
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
        // The mask stays, so that the previous handler runs under it as before; so do the flags
        // that decide about more than how it is called.
        ours.sa_flags = libc::SA_SIGINFO
            | libc::SA_ONSTACK
            | previous.sa_flags & (libc::SA_NODEFER | libc::SA_RESTART);
        action(signal, Some(&ours))?;
    }
    *is_done = true;
    Ok(())
}

/// Whether the handler of [`install`] is the one that the kernel calls.
///
/// If it is not any more, faults are survived if whoever came later passes on what is not theirs.
pub fn is_installed() -> bool {
    let handler: InfoHandler = on_signal;
    SIGNALS.into_iter().all(|signal| {
        action(signal, None)
            .is_ok_and(|current| current.sa_sigaction == handler as *const () as usize)
    })
}

/// `sigaction`: gives the old one. May be called in a handler.
fn action(signal: c_int, new: Option<&libc::sigaction>) -> io::Result<libc::sigaction> {
    let mut old = MaybeUninit::uninit();
    let new = new.map_or(ptr::null(), ptr::from_ref);
    // SAFETY: null or a valid action, and room for another.
    match unsafe { libc::sigaction(signal, new, old.as_mut_ptr()) } {
        // SAFETY: it succeeded, so the old action is there.
        0 => Ok(unsafe { old.assume_init() }),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Goes on at the landing if the fault is one of ours, and passes it on otherwise.
extern "C" fn on_signal(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // Positive if the kernel says so about an instruction; others are sent by somebody.
    // SAFETY: the kernel gives a valid one with `SA_SIGINFO`.
    let is_fault = unsafe { (*info).si_code } > 0;
    if is_fault {
        let pc = program_counter(context.cast());
        // SAFETY: in the thread's saved registers, which are the handler's alone.
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
    // SAFETY: inside the context that the kernel gives.
    unsafe { &raw mut (*context).uc_mcontext.gregs[libc::REG_RIP as usize] }
}

#[cfg(target_arch = "aarch64")]
fn program_counter(context: *mut libc::ucontext_t) -> *mut u64 {
    // SAFETY: inside the context that the kernel gives.
    unsafe { &raw mut (*context).uc_mcontext.pc }
}

#[cfg(target_arch = "riscv64")]
fn program_counter(context: *mut libc::ucontext_t) -> *mut libc::c_ulong {
    // The program counter stands where register 0 would, which holds nothing.
    // SAFETY: inside the context that the kernel gives.
    unsafe { &raw mut (*context).uc_mcontext.__gregs[0] }
}

/// Never called: the handler is not installed where nothing recovers.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn program_counter(_context: *mut libc::ucontext_t) -> *mut usize {
    ptr::null_mut()
}

/// Does what would have been done without us.
fn pass_on(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void, is_fault: bool) {
    let index = usize::from(signal != SIGNALS[0]);
    // Always there: it was written before the handler was installed.
    let Some(previous) = PREVIOUS[index].get() else { return };
    let handler = previous.sa_sigaction;
    if handler == libc::SIG_DFL || handler == libc::SIG_IGN {
        if is_fault {
            // The instruction faults again, without us.
            let _ = action(signal, Some(previous));
        } else if handler == libc::SIG_DFL {
            let _ = action(signal, Some(previous));
            // Delivered when this handler returns.
            // SAFETY: may be called in a handler.
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
        // SAFETY: neither of the two special values, so a function; the flag says of which kind.
        let handler = unsafe { transmute::<usize, InfoHandler>(handler) };
        handler(signal, info, context);
    } else {
        // SAFETY: as above, without the flag.
        let handler = unsafe { transmute::<usize, Handler>(handler) };
        handler(signal);
    }
}
