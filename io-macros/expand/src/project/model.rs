//! What a projection says.

use proc_macro2::Span;
use syn::{Expr, Member, Path};

/// One macro call.
pub(super) struct Call {
    /// What is done at the end.
    pub(super) verb: Verb,
    /// `$crate` of io-core.
    pub(super) krate: Path,
    /// The view or owner.
    pub(super) io: Expr,
    /// From there to the place.
    pub(super) steps: Vec<Step>,
    /// What is written; the closure of an update.
    pub(super) value: Option<Expr>,
}

/// What is done with the place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Project,
    Read,
    Write,
    Update,
    TryRead,
    TryWrite,
    TryUpdate,
}

impl Verb {
    /// The user's macro.
    pub(super) fn macro_name(self) -> &'static str {
        match self {
            Verb::Project => "io_project!",
            Verb::Read => "io_read!",
            Verb::Write => "io_write!",
            Verb::Update => "io_update!",
            Verb::TryRead => "io_try_read!",
            Verb::TryWrite => "io_try_write!",
            Verb::TryUpdate => "io_try_update!",
        }
    }

    /// The method of `Io` that it ends with.
    pub(super) fn method(self) -> Option<&'static str> {
        match self {
            Verb::Project => None,
            Verb::Read => Some("read_val"),
            Verb::Write => Some("write_val"),
            Verb::Update => Some("update_val"),
            Verb::TryRead => Some("try_read_val"),
            Verb::TryWrite => Some("try_write_val"),
            Verb::TryUpdate => Some("try_update_val"),
        }
    }

    /// Whether a value or closure follows the steps.
    pub(super) fn takes_value(self) -> bool {
        match self {
            Verb::Write | Verb::TryWrite | Verb::Update | Verb::TryUpdate => true,
            Verb::Project | Verb::Read | Verb::TryRead => false,
        }
    }
}

/// One step of a path.
pub(super) struct Step {
    pub(super) kind: StepKind,
    /// The name or index, for errors about it.
    pub(super) span: Span,
    /// The dot or bracket, for errors about what the place can do.
    pub(super) mark: Span,
}

/// The kinds of steps.
pub(super) enum StepKind {
    /// `.name`, `.0`
    Field(Member),
    /// `[3]`
    Literal(syn::LitInt),
    /// `[build: EXPR]`
    Build(Expr),
    /// `[try: EXPR]`
    Try(Expr),
    /// `[panic: EXPR]`
    Panic(Expr),
    /// `build: LOC`
    Locate(Expr),
}
