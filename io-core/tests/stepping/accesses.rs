//! What an instruction does to memory, given the registers before it.
//!
//! Exact, or refused: an instruction whose accesses cannot be told is an error.

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
    /// Whether all of these bytes are accessed, whatever a mask or a condition says.
    pub(crate) is_exact: bool,
}

/// Why the accesses of an instruction are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    NoInstruction,
    Address,
    Size,
    /// Some bytes or none of them, as a mask or a condition says.
    Condition,
    /// A repeated instruction did not go on by one iteration.
    Repetition,
    /// What the system does is not seen.
    System,
    /// Something with memory that is neither a load nor a store.
    Effect,
}

/// An instruction and why its accesses are not known.
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

/// Knows the instructions that it has seen.
pub(crate) struct Reader {
    factory: InstructionInfoFactory,
    known: HashMap<u64, Decoded>,
    /// Where the thread's own variables are.
    fs: u64,
}

impl Reader {
    /// For steps of the calling thread.
    pub(crate) fn new() -> Self {
        const ARCH_GET_FS: libc::c_int = 0x1003;
        let mut fs = 0_u64;
        // SAFETY: writes one word to the place given.
        let result = unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_GET_FS, &raw mut fs) };
        assert_eq!(result, 0, "arch_prctl: {}", std::io::Error::last_os_error());
        Reader { factory: InstructionInfoFactory::new(), known: HashMap::new(), fs }
    }

    /// The accesses of the instruction of `step`, which led to `next`.
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
            // A locked exchange stores in any case, if need be what was there (Intel SDM, CMPXCHG).
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
            /// No instruction is longer.
            const LONGEST: usize = 15;
            let ptr = ptr::with_exposed_provenance::<u8>(address as usize);
            // SAFETY: code that was executed; what follows it is never the end
            // of the mapping, since code is followed by read-only data.
            let bytes = unsafe { core::slice::from_raw_parts(ptr, LONGEST) };
            let instruction = Decoder::with_ip(64, bytes, address, DecoderOptions::NONE).decode();
            let memory = factory.info(&instruction).used_memory().to_vec();
            Decoded { instruction, memory }
        })
    }
}

/// Refuses what the decoder's table of memory operands does not tell.
fn takes(instruction: &Instruction) -> Result<(), Unknown> {
    use Mnemonic::{Bt, Btc, Btr, Bts, Int, Int1, Int3, Into, Syscall, Sysenter, Xbegin};
    match instruction.mnemonic() {
        Mnemonic::INVALID => Err(Unknown::NoInstruction),
        Int | Int1 | Int3 | Into | Syscall | Sysenter | Xbegin => Err(Unknown::System),
        _ if instruction.is_privileged() => Err(Unknown::System),
        // The register counts bits from the operand, to anywhere.
        Bt | Btc | Btr | Bts
            if instruction.op0_kind() == OpKind::Memory
                && instruction.op1_kind() == OpKind::Register =>
        {
            Err(Unknown::Address)
        }
        _ => Ok(()),
    }
}

/// Instructions with a memory operand that load and store nothing.
fn is_hint(instruction: &Instruction) -> bool {
    use Mnemonic::{Lea, Nop, Prefetchnta, Prefetcht0, Prefetcht1, Prefetcht2, Prefetchw};
    matches!(
        instruction.mnemonic(),
        Lea | Nop | Prefetchnta | Prefetcht0 | Prefetcht1 | Prefetcht2 | Prefetchw
    )
}

/// Whether a mask in a register chooses the bytes; the decoder calls some of
/// these plain accesses.
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

/// The size of the one iteration that this step of a repeated instruction is; 0
/// if it ends instead.
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

/// A register of 64 bits, or the start of a segment.
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
        // The displacement of these holds the address.
        Register::RIP => return Some(0),
        _ => return None,
    };
    Some(step.register(number))
}
