//! Runs code one instruction at a time, and records the registers before each.
//!
//! If the trap flag is set, the processor traps after every instruction and between the iterations
//! of a repeated one. The kernel converts the trap to a signal.

use core::{arch::asm, cell::Cell, ffi::c_void, ptr};
use std::sync::Once;

/// The registers before an instruction, in the kernel's layout.
#[derive(Clone, Copy)]
pub(crate) struct Step([i64; STORED]);

/// The general registers, `rip` and the flags are the first ones.
const STORED: usize = libc::REG_EFL as usize + 1;

/// The maximum number of steps. More steps fail the test.
const ROOM: usize = 1 << 20;

const TRAP_FLAG: i64 = 0x100;

impl Step {
    /// Returns a register by its number in the C library.
    pub(crate) fn register(&self, number: libc::c_int) -> u64 {
        self.0[number as usize].cast_unsigned()
    }

    /// The state before the instruction at `address`, with all other registers 0.
    pub(crate) fn at(address: u64) -> Self {
        let mut step = Self([0; STORED]);
        step.set(libc::REG_RIP, address.cast_signed());
        step
    }

    pub(crate) fn set(&mut self, number: libc::c_int, value: i64) {
        self.0[number as usize] = value;
    }
}

/// The buffer that the handler writes to. It uses no locks or allocation, since the handler may
/// interrupt any code.
struct Trace {
    steps: *mut Step,
    len: usize,
    is_full: bool,
}

thread_local! {
    /// The trace of the thread that is stepped. Tests run in parallel.
    static TRACE: Cell<*mut Trace> = const { Cell::new(ptr::null_mut()) };
}

extern "C" fn on_trap(_: libc::c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let trace = TRACE.get();
    // SAFETY: with `SA_SIGINFO`, the kernel passes a valid pointer.
    let code = unsafe { (*info).si_code };
    // SAFETY: the kernel passes a valid pointer, for the handler alone.
    let context = unsafe { &mut *context.cast::<libc::ucontext_t>() };
    let registers = &mut context.uc_mcontext.gregs;
    // Under load, a hypervisor may deliver the debug exception of a step without the bit BS of DR6,
    // which Linux reports as `TRAP_BRKPT` (`int3` is `SI_KERNEL`). The trap flag identifies the
    // step.
    let is_flagged = registers[libc::REG_EFL as usize] & TRAP_FLAG != 0;
    let is_step = code == libc::TRAP_TRACE || code == libc::TRAP_BRKPT && is_flagged;
    if trace.is_null() || !is_step {
        // A breakpoint, or a step outside `record`.
        // SAFETY: `abort` may be called in a signal handler.
        unsafe { libc::abort() };
    }
    // SAFETY: set by this thread while it is stepped, and used by the handler alone.
    let trace = unsafe { &mut *trace };
    if trace.len == ROOM {
        trace.is_full = true;
        registers[libc::REG_EFL as usize] &= !TRAP_FLAG;
        return;
    }
    let mut step = Step([0; STORED]);
    step.0.copy_from_slice(&registers[..STORED]);
    // SAFETY: `len` is less than the capacity.
    let to = unsafe { trace.steps.add(trace.len) };
    // SAFETY: the element lies inside the vector's allocation.
    unsafe { to.write(step) };
    trace.len += 1;
}

/// Installs the handler, once for the process.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // SAFETY: all zeros is a valid action: no flags, an empty mask.
        let mut action: libc::sigaction = unsafe { core::mem::zeroed() };
        let handler: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut c_void) = on_trap;
        action.sa_sigaction = handler as usize;
        action.sa_flags = libc::SA_SIGINFO;
        // SAFETY: the action is valid, and the old action is not requested.
        let result = unsafe { libc::sigaction(libc::SIGTRAP, &raw const action, ptr::null_mut()) };
        assert_eq!(result, 0, "sigaction: {}", std::io::Error::last_os_error());
    });
}

/// Enables stepping during its lifetime, even if the stepped code panics.
struct Stepping;

impl Stepping {
    #[inline(always)]
    fn start(trace: *mut Trace) -> Self {
        TRACE.set(trace);
        // The first trap occurs after the instruction that follows `popfq`, which is not recorded.
        // The `nop` is that instruction, so every instruction of the code is recorded.
        // SAFETY: the stack is restored, and the handler handles each trap.
        unsafe { asm!("pushfq", "or qword ptr [rsp], 0x100", "popfq", "nop") };
        Stepping
    }
}

impl Drop for Stepping {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the stack is restored.
        unsafe { asm!("pushfq", "and qword ptr [rsp], -0x101", "popfq") };
        TRACE.set(ptr::null_mut());
    }
}

/// Runs `code`, and stores the registers before each of its instructions, and of a few around it,
/// in `steps`.
pub(crate) fn record(steps: &mut Vec<Step>, code: impl FnOnce()) {
    install();
    steps.clear();
    steps.reserve_exact(ROOM);
    let mut trace = Trace { steps: steps.as_mut_ptr(), len: 0, is_full: false };
    let stepping = Stepping::start(&raw mut trace);
    code();
    drop(stepping);
    assert!(!trace.is_full, "more than {ROOM} instructions");
    // SAFETY: the handler has initialised this many elements.
    unsafe { steps.set_len(trace.len) };
}
