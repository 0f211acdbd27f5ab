//! Processor exceptions: the part of a kernel that turns faults in fallible accesses into errors.
//!
//! Every vector leads to one handler. For page faults and general-protection faults (non-canonical
//! addresses) it calls `lookup` and changes the program counter, nothing else.
//!
//! Source: Intel SDM volume 3, "Interrupt and Exception Handling", "64-Bit Mode Stack Frame".

use core::{
    arch::global_asm,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use io_core::fault;
use x86_64::{
    VirtAddr, instructions::tables::lidt, registers::control::Cr2,
    structures::DescriptorTablePointer,
};

use super::{
    console::{End, exit, print},
    foreign, memory,
};

/// The number of exception vectors.
const VECTORS: usize = 32;
/// Raised by non-canonical addresses, among other causes.
const GENERAL_PROTECTION: u64 = 13;
const PAGE_FAULT: u64 = 14;

global_asm!(
    // An entry of sixteen bytes for each vector. The mask contains the vectors for which the
    // processor pushes an error code.
    ".global exception_entries",
    ".p2align 4",
    "exception_entries:",
    ".irp vector, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31",
    ".p2align 4",
    ".if ((0x60227d00 >> \\vector) & 1) == 0",
    "push 0",
    ".endif",
    "push \\vector",
    "jmp exception_entry",
    ".endr",
    "exception_entry:",
    "push rax", "push rcx", "push rdx", "push rbx", "push rbp", "push rsi", "push rdi",
    "push r8", "push r9", "push r10", "push r11", "push r12", "push r13", "push r14", "push r15",
    "cld",
    "mov rdi, rsp",
    // The frame has 22 words, below an address that the processor has aligned to sixteen bytes, so
    // the stack is aligned for the call.
    "call {handler}",
    "pop r15", "pop r14", "pop r13", "pop r12", "pop r11", "pop r10", "pop r9", "pop r8",
    "pop rdi", "pop rsi", "pop rbp", "pop rbx", "pop rdx", "pop rcx", "pop rax",
    "add rsp, 16",
    "iretq",
    handler = sym on_exception,
);

unsafe extern "C" {
    static exception_entries: [[u8; 16]; VECTORS];
}

/// The stack after the entry code.
#[derive(Debug)]
#[repr(C)]
struct Frame {
    registers: [u64; 15],
    vector: u64,
    error: u64,
    pc: u64,
    cs: u64,
    flags: u64,
    sp: u64,
    ss: u64,
}

/// The interrupt descriptor table that the processor reads.
static GATES: [[AtomicU64; 2]; VECTORS] = [const { [const { AtomicU64::new(0) }; 2] }; VECTORS];

/// Installs the handler for all exceptions.
pub(super) fn install() {
    let entries = &raw const exception_entries;
    for (vector, gate) in GATES.iter().enumerate() {
        let entry = entries.addr() as u64 + 16 * vector as u64;
        // An interrupt gate for the kernel's code segment.
        let low = entry & 0xffff | 8 << 16 | 0x8e00 << 32 | (entry >> 16 & 0xffff) << 48;
        gate[0].store(low, Relaxed);
        gate[1].store(entry >> 32, Relaxed);
    }
    let base = VirtAddr::from_ptr(&raw const GATES);
    let pointer = DescriptorTablePointer { limit: size_of_val(&GATES) as u16 - 1, base };
    // SAFETY: the table is static, and its gates lead to the entries above.
    unsafe { lidt(&pointer) };
}

/// The events since the last call of [`watch`].
#[derive(Debug)]
struct Seen {
    /// Faults that continued at the address from `lookup`.
    recovered: AtomicU64,
    /// Faults at instructions that `lookup` does not know.
    foreign: AtomicU64,
    /// Faults after which the page was made present.
    paged: AtomicU64,
    vector: AtomicU64,
    error: AtomicU64,
    address: AtomicU64,
    pc: AtomicU64,
}

static SEEN: Seen = Seen {
    recovered: AtomicU64::new(0),
    foreign: AtomicU64::new(0),
    paged: AtomicU64::new(0),
    vector: AtomicU64::new(0),
    error: AtomicU64::new(0),
    address: AtomicU64::new(0),
    pc: AtomicU64::new(0),
};

/// The faults in a piece of code; `last` and `pc` describe the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    pub(super) recovered: u64,
    pub(super) foreign: u64,
    pub(super) paged: u64,
    pub(super) last: Option<Diagnosis>,
    /// The address of the instruction.
    pub(super) pc: usize,
}

/// The cause of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Diagnosis {
    /// The address is not mapped.
    Absent { address: usize, store: bool },
    /// The address is mapped, but does not allow this access.
    Refused { address: usize, store: bool },
    /// The address is non-canonical.
    NonCanonical,
}

/// The total number of faults.
static TOTAL: AtomicU64 = AtomicU64::new(0);

/// Returns the total number of faults.
pub(super) fn total() -> u64 {
    TOTAL.load(Relaxed)
}

/// Runs a function and returns its result and the faults in it.
pub(super) fn watch<R>(code: impl FnOnce() -> R) -> (R, Faults) {
    for number in [&SEEN.recovered, &SEEN.foreign, &SEEN.paged, &SEEN.vector] {
        number.store(0, Relaxed);
    }
    let result = code();
    let error = SEEN.error.load(Relaxed);
    let (address, store) = (SEEN.address.load(Relaxed) as usize, error & 2 != 0);
    let last = match (SEEN.vector.load(Relaxed), error & 1) {
        (PAGE_FAULT, 0) => Some(Diagnosis::Absent { address, store }),
        (PAGE_FAULT, _) => Some(Diagnosis::Refused { address, store }),
        (GENERAL_PROTECTION, _) => Some(Diagnosis::NonCanonical),
        _ => None,
    };
    let faults = Faults {
        recovered: SEEN.recovered.load(Relaxed),
        foreign: SEEN.foreign.load(Relaxed),
        paged: SEEN.paged.load(Relaxed),
        last,
        pc: SEEN.pc.load(Relaxed) as usize,
    };
    (result, faults)
}

extern "C" fn on_exception(frame: &mut Frame) {
    let address = Cr2::read_raw();
    for (place, value) in [
        (&SEEN.vector, frame.vector),
        (&SEEN.error, frame.error),
        (&SEEN.address, address),
        (&SEEN.pc, frame.pc),
    ] {
        place.store(value, Relaxed);
    }
    TOTAL.fetch_add(1, Relaxed);
    let is_page = frame.vector == PAGE_FAULT;
    if !is_page && frame.vector != GENERAL_PROTECTION {
        unexpected(frame, address);
    }
    // Like a kernel, first tries to make the page present.
    if is_page && memory::page_in(address as usize) {
        SEEN.paged.fetch_add(1, Relaxed);
    } else if let Some(landing) = fault::lookup(frame.pc as usize) {
        SEEN.recovered.fetch_add(1, Relaxed);
        frame.pc = landing as u64;
    } else if let Some(landing) = foreign::landing(frame.pc as usize) {
        SEEN.foreign.fetch_add(1, Relaxed);
        frame.pc = landing as u64;
    } else {
        unexpected(frame, address);
    }
}

/// Prints the available information and ends the kernel.
fn unexpected(frame: &Frame, address: u64) -> ! {
    let Frame { vector, error, pc, sp, .. } = *frame;
    print!(
        "\nunexpected exception {vector}, error code {error:#x}, address {address:#x}, at {pc:#x}, \
         which is not in the recovery table; stack at {sp:#x}\n"
    );
    exit(End::Bad)
}
