//! The effects of one instruction, in terms common to all architectures.

/// A register: 0 to 31 are general-purpose; [`VECTOR`] and above are vector or floating-point.
pub(crate) type Reg = u8;

/// The first vector register.
pub(crate) const VECTOR: Reg = 32;

/// The number of registers.
pub(crate) const REGS: usize = 64;

/// Load or store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Load,
    Store,
}

/// The form of a memory access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    /// One register is transferred, and another contains the address.
    Plain,
    /// The same, with a constant offset.
    Displaced,
    /// The same, with an index register.
    Indexed,
    /// The address register is updated as well.
    Writeback,
    /// Two registers are transferred.
    Pair,
    /// A vector or floating-point register is transferred.
    Vector,
    /// The access is part of an instruction that also computes, compares or pushes.
    Folded,
    /// The processor repeats the access, as for `rep`.
    Repeated,
    /// The access is acquire, release, exclusive, or read-modify-write.
    Atomic,
    /// The instruction is not known to the checker.
    Unknown,
}

/// The address of an access.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) base: Option<Reg>,
    pub(crate) index: Option<Reg>,
    pub(crate) scale: i64,
    pub(crate) offset: i64,
    /// Relative to the program: a constant or a table.
    pub(crate) fixed: bool,
}

impl Address {
    /// Returns the address with a base register and an offset.
    pub(crate) fn of(base: Reg, offset: i64) -> Self {
        Self { base: Some(base), offset, ..Self::default() }
    }

    /// Returns the form that the operand gives to a plain access.
    pub(crate) fn form(self) -> Form {
        match self {
            Self { index: Some(_), .. } => Form::Indexed,
            Self { offset: 0, fixed: false, .. } => Form::Plain,
            _ => Form::Displaced,
        }
    }
}

/// The operation that puts a loaded value into a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Combine {
    Replace,
    Add,
    Either,
    Mix,
}

/// One access of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) kind: Kind,
    pub(crate) bits: u32,
    pub(crate) at: Address,
    pub(crate) form: Form,
    /// The register that is loaded or stored.
    pub(crate) register: Option<Reg>,
    pub(crate) combine: Combine,
}

impl Access {
    pub(crate) fn load(bits: u32, at: Address, form: Form, register: Option<Reg>) -> Self {
        Self { kind: Kind::Load, bits, at, form, register, combine: Combine::Replace }
    }

    pub(crate) fn store(bits: u32, at: Address, form: Form, register: Option<Reg>) -> Self {
        Self { kind: Kind::Store, ..Self::load(bits, at, form, register) }
    }
}

/// The source of a register's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Number(i64),
    /// An address in the program: that of this symbol, if it is known.
    Program(Option<String>),
    Plus(Reg, i64),
    Sum(Reg, Reg),
    Difference(Reg, Reg),
    Place(Address),
    /// One or the other register.
    Either(Reg, Reg),
    /// A value computed from these registers.
    Mixed(Vec<Reg>),
    /// The sum of a register and another one shifted left.
    SumShifted(Reg, Reg, u32),
    /// A register shifted left.
    Shifted(Reg, u32),
    /// The low bits of this register: not a pointer.
    Low(Reg),
}

/// The target of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The symbol of the relocation.
    Symbol(String),
    /// An address in the same section.
    Address(u64),
    /// Through a register.
    Register(Reg),
    /// Through memory.
    Unknown,
}

/// The continuation of execution after an instruction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Flow {
    #[default]
    Next,
    Jump(Target),
    Branch(u64),
    /// A jump to another function, or the next instruction.
    BranchOut(Target),
    /// A branch to itself, conditional on a register: it orders accesses and is not a separate
    /// path.
    Dependency(Reg),
    Call(Target),
    Return,
    /// A jump with a computed target.
    Computed,
    /// An instruction that traps and ends the path.
    Trap,
}

/// The effects of one instruction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    pub(crate) accesses: Vec<Access>,
    pub(crate) sets: Vec<(Reg, Source)>,
    pub(crate) flow: Flow,
    /// A fence, as text with no spaces after the first.
    pub(crate) fence: Option<String>,
}

impl Effect {
    pub(crate) fn nothing() -> Self {
        Self::default()
    }

    pub(crate) fn access(access: Access) -> Self {
        Self { accesses: vec![access], ..Self::default() }
    }

    pub(crate) fn set(register: Reg, source: Source) -> Self {
        Self { sets: vec![(register, source)], ..Self::default() }
    }

    pub(crate) fn flow(flow: Flow) -> Self {
        Self { flow, ..Self::default() }
    }

    pub(crate) fn fence(text: String) -> Self {
        Self { fence: Some(text), ..Self::default() }
    }

    pub(crate) fn and_set(mut self, register: Reg, source: Source) -> Self {
        self.sets.push((register, source));
        self
    }

    pub(crate) fn and_access(mut self, access: Access) -> Self {
        self.accesses.push(access);
        self
    }
}
