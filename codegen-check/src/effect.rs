//! What one instruction does, in terms that all architectures share.

/// A register: 0 to 31 general, from [`VECTOR`] on vector or floating-point.
pub(crate) type Reg = u8;

/// The first vector register.
pub(crate) const VECTOR: Reg = 32;

/// How many registers there are.
pub(crate) const REGS: usize = 64;

/// Load or store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Load,
    Store,
}

/// How an instruction accesses memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    /// One register, the address in another.
    Plain,
    /// The same with a constant offset.
    Displaced,
    /// The same with an index register.
    Indexed,
    /// The address register changes, too.
    Writeback,
    /// Two registers at once.
    Pair,
    /// A vector or floating-point register.
    Vector,
    /// Part of an instruction that also computes, compares or pushes.
    Folded,
    /// Repeated by the processor.
    Repeated,
    /// Acquire, release, exclusive, or read-modify-write.
    Atomic,
    /// Of an instruction that is not known here.
    Unknown,
}

/// Where an access goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) base: Option<Reg>,
    pub(crate) index: Option<Reg>,
    pub(crate) scale: i64,
    pub(crate) offset: i64,
    /// Relative to the program: a constant, a table.
    pub(crate) fixed: bool,
}

impl Address {
    /// A base register and an offset.
    pub(crate) fn of(base: Reg, offset: i64) -> Self {
        Self { base: Some(base), offset, ..Self::default() }
    }

    /// What the operand adds to a plain access.
    pub(crate) fn form(self) -> Form {
        match self {
            Self { index: Some(_), .. } => Form::Indexed,
            Self { offset: 0, fixed: false, .. } => Form::Plain,
            _ => Form::Displaced,
        }
    }
}

/// How a loaded value gets into a register.
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
    /// The register loaded into or stored from.
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

/// What a register gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Number(i64),
    /// The address of something in the program: of this symbol, if it is told.
    Program(Option<String>),
    Plus(Reg, i64),
    Sum(Reg, Reg),
    Difference(Reg, Reg),
    Place(Address),
    /// One or the other.
    Either(Reg, Reg),
    /// Something computed from these.
    Mixed(Vec<Reg>),
    /// A register, and another shifted to the left.
    SumShifted(Reg, Reg, u32),
    /// A register shifted to the left.
    Shifted(Reg, u32),
    /// Some low bits of this: no pointer any more.
    Low(Reg),
}

/// Where a call goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// As the relocation says.
    Symbol(String),
    /// An address in the same section.
    Address(u64),
    /// Through a register.
    Register(Reg),
    /// Through memory.
    Unknown,
}

/// Where the processor goes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Flow {
    #[default]
    Next,
    Jump(Target),
    Branch(u64),
    /// A jump to another function, or the next instruction.
    BranchOut(Target),
    /// A branch to itself that depends on a register: an order, not a way.
    Dependency(Reg),
    Call(Target),
    Return,
    /// A jump whose target is computed.
    Computed,
    /// The end: an instruction that traps.
    Trap,
}

/// What one instruction does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    pub(crate) accesses: Vec<Access>,
    pub(crate) sets: Vec<(Reg, Source)>,
    pub(crate) flow: Flow,
    /// A fence, as text without spaces beyond the first.
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
