//! The memory accesses of an instruction, computed from the registers before it.
//!
//! The result is exact: if the accesses of an instruction cannot be determined, an error is
//! returned.

use core::ptr;
use std::collections::HashMap;

use iced_x86::{
    Code, Decoder, DecoderOptions, Instruction, InstructionInfoFactory, Mnemonic, OpAccess, OpKind,
    Register, UsedMemory,
};

use crate::trap::Step;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Load,
    Store,
}

/// One load or store of an instruction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    pub(crate) address: u64,
    pub(crate) size: u64,
    pub(crate) kind: Kind,
    pub(crate) code: Code,
    /// `true` if all of these bytes are accessed, regardless of a mask or a condition.
    pub(crate) is_exact: bool,
}

/// The reason why the accesses of an instruction are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    NoInstruction,
    Address,
    Size,
    /// A mask or a condition determines which bytes are accessed, if any.
    Condition,
    /// A repeated instruction did not advance by one iteration.
    Repetition,
    /// The accesses of the operating system are not observed.
    System,
    /// An effect on memory that is neither a load nor a store.
    Effect,
}

/// An instruction, and the reason why its accesses are not known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    pub(crate) code: Code,
    pub(crate) why: Unknown,
}

#[derive(Clone)]
struct Decoded {
    instruction: Instruction,
    memory: Vec<UsedMemory>,
}

/// Decodes instructions, and caches those that it has decoded.
pub(crate) struct Reader {
    factory: InstructionInfoFactory,
    known: HashMap<u64, Decoded>,
    /// The start of the thread-local variables.
    fs: u64,
}

impl Reader {
    /// Creates a reader for steps of the calling thread.
    pub(crate) fn new() -> Self {
        const ARCH_GET_FS: libc::c_int = 0x1003;
        let mut fs = 0_u64;
        // SAFETY: the call writes one word to `fs`.
        let result = unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_GET_FS, &raw mut fs) };
        assert_eq!(result, 0, "arch_prctl: {}", std::io::Error::last_os_error());
        Reader { factory: InstructionInfoFactory::new(), known: HashMap::new(), fs }
    }

    /// Returns the accesses of the instruction of `step`, which was followed by `next`.
    pub(crate) fn accesses(&mut self, step: &Step, next: &Step) -> Result<Vec<Access>, Refused> {
        let mut accesses = Vec::new();
        let fs = self.fs;
        let decoded = self.decoded(step.register(libc::REG_RIP));
        let instruction = &decoded.instruction;
        let code = instruction.code();
        let refused = |why| Err(Refused { code, why });
        if let Err(why) = takes(instruction) {
            return refused(why);
        }
        let repetition = match repetition(instruction, step, next) {
            Some(Ok(0)) => return Ok(accesses),
            Some(Ok(size)) => Some(size),
            Some(Err(why)) => return refused(why),
            None => None,
        };
        for memory in &decoded.memory {
            let is_conditional = matches!(
                memory.access(),
                OpAccess::CondRead | OpAccess::CondWrite | OpAccess::ReadCondWrite
            );
            let kinds: &[Kind] = match memory.access() {
                OpAccess::Read | OpAccess::CondRead => &[Kind::Load],
                OpAccess::Write | OpAccess::CondWrite => &[Kind::Store],
                OpAccess::ReadWrite | OpAccess::ReadCondWrite => &[Kind::Load, Kind::Store],
                OpAccess::None | OpAccess::NoMemAccess if is_hint(instruction) => &[],
                _ => return refused(Unknown::Effect),
            };
            let size = repetition.unwrap_or(memory.memory_size().size() as u64);
            if size == 0 && !kinds.is_empty() {
                return refused(Unknown::Size);
            }
            let Some(address) = memory.virtual_address(0, |register, _, vsib| match vsib {
                0 => value(step, register, fs),
                _ => None,
            }) else {
                return refused(Unknown::Address);
            };
            // A locked exchange always stores, possibly the old value (Intel SDM, CMPXCHG).
            let is_conditional = is_conditional && !instruction.has_lock_prefix();
            let is_exact = repetition.is_some() || !(is_conditional || is_masked(instruction));
            let access = |kind| Access { address, size, kind, code, is_exact };
            accesses.extend(kinds.iter().copied().map(access));
        }
        Ok(accesses)
    }

    fn decoded(&mut self, address: u64) -> &Decoded {
        let Self { factory, known, .. } = self;
        known.entry(address).or_insert_with(|| {
            /// The maximum length of an instruction.
            const LONGEST: usize = 15;
            let ptr = ptr::with_exposed_provenance::<u8>(address as usize);
            // SAFETY: the code was executed. The mapping does not end right after it, since
            // read-only data follows code.
            let bytes = unsafe { core::slice::from_raw_parts(ptr, LONGEST) };
            let instruction = Decoder::with_ip(64, bytes, address, DecoderOptions::NONE).decode();
            let memory = factory.info(&instruction).used_memory().to_vec();
            Decoded { instruction, memory }
        })
    }
}

/// Returns an error if the decoder's table of memory operands does not describe the instruction's
/// accesses.
fn takes(instruction: &Instruction) -> Result<(), Unknown> {
    use Mnemonic::{Bt, Btc, Btr, Bts, Int, Int1, Int3, Into, Syscall, Sysenter, Xbegin};
    match instruction.mnemonic() {
        Mnemonic::INVALID => Err(Unknown::NoInstruction),
        Int | Int1 | Int3 | Into | Syscall | Sysenter | Xbegin => Err(Unknown::System),
        _ if instruction.is_privileged() => Err(Unknown::System),
        // The register is a bit offset from the operand, to any address.
        Bt | Btc | Btr | Bts
            if instruction.op0_kind() == OpKind::Memory
                && instruction.op1_kind() == OpKind::Register =>
        {
            Err(Unknown::Address)
        }
        _ => Ok(()),
    }
}

/// Returns whether the instruction has a memory operand, but loads and stores nothing.
fn is_hint(instruction: &Instruction) -> bool {
    use Mnemonic::{Lea, Nop, Prefetchnta, Prefetcht0, Prefetcht1, Prefetcht2, Prefetchw};
    matches!(
        instruction.mnemonic(),
        Lea | Nop | Prefetchnta | Prefetcht0 | Prefetcht1 | Prefetcht2 | Prefetchw
    )
}

/// Returns whether a mask in a register selects the bytes. The decoder describes some of these
/// instructions as plain accesses.
fn is_masked(instruction: &Instruction) -> bool {
    use Mnemonic::{
        Maskmovdqu, Maskmovq, Vmaskmovdqu, Vmaskmovpd, Vmaskmovps, Vpmaskmovd, Vpmaskmovq,
    };
    instruction.has_op_mask()
        || matches!(
            instruction.mnemonic(),
            Maskmovdqu | Maskmovq | Vmaskmovdqu | Vmaskmovpd | Vmaskmovps | Vpmaskmovd | Vpmaskmovq
        )
}

/// Returns the size of the iteration that this step of a repeated instruction executes; 0 if the
/// instruction ends instead.
fn repetition(instruction: &Instruction, step: &Step, next: &Step) -> Option<Result<u64, Unknown>> {
    let is_repeated = instruction.has_rep_prefix() || instruction.has_repne_prefix();
    if !instruction.is_string_instruction() || !is_repeated {
        return None;
    }
    let count = step.register(libc::REG_RCX);
    if count == 0 {
        return Some(Ok(0));
    }
    Some(if next.register(libc::REG_RCX) == count - 1 {
        Ok(instruction.memory_size().size() as u64)
    } else {
        Err(Unknown::Repetition)
    })
}

/// Returns the value of a 64-bit register, or the start of a segment.
fn value(step: &Step, register: Register, fs: u64) -> Option<u64> {
    let number = match register {
        Register::RAX => libc::REG_RAX,
        Register::RBX => libc::REG_RBX,
        Register::RCX => libc::REG_RCX,
        Register::RDX => libc::REG_RDX,
        Register::RSI => libc::REG_RSI,
        Register::RDI => libc::REG_RDI,
        Register::RBP => libc::REG_RBP,
        Register::RSP => libc::REG_RSP,
        Register::R8 => libc::REG_R8,
        Register::R9 => libc::REG_R9,
        Register::R10 => libc::REG_R10,
        Register::R11 => libc::REG_R11,
        Register::R12 => libc::REG_R12,
        Register::R13 => libc::REG_R13,
        Register::R14 => libc::REG_R14,
        Register::R15 => libc::REG_R15,
        Register::CS | Register::DS | Register::ES | Register::SS => return Some(0),
        Register::FS => return Some(fs),
        // For these, the displacement contains the address.
        Register::RIP => return Some(0),
        _ => return None,
    };
    Some(step.register(number))
}
