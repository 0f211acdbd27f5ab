//! What a projection says.

use proc_macro2::{Ident, Span};
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
    /// How it ends.
    pub(super) end: End,
}

/// How a call ends. Whatever it is, the steps before keep their shape, so that an editor finds its
/// way along them.
pub(super) enum End {
    /// With all that it needs.
    Complete,
    /// With a dot; rustc reports what is missing there.
    HalfTyped,
    /// With this mistake.
    Wrong(syn::Error),
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
    /// The verb that a macro of io-core passes on.
    pub(super) fn named(name: &Ident) -> Option<Self> {
        Some(match name.to_string().as_str() {
            "project" => Verb::Project,
            "read" => Verb::Read,
            "write" => Verb::Write,
            "update" => Verb::Update,
            "try_read" => Verb::TryRead,
            "try_write" => Verb::TryWrite,
            "try_update" => Verb::TryUpdate,
            _ => return None,
        })
    }

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

    /// The method of a projection that it ends with.
    pub(super) fn method(self) -> &'static str {
        match self {
            Verb::Project => "view",
            Verb::Read => "read_val",
            Verb::Write => "write_val",
            Verb::Update => "update_val",
            Verb::TryRead => "try_read_val",
            Verb::TryWrite => "try_write_val",
            Verb::TryUpdate => "try_update_val",
        }
    }

    /// The function for a path that ends with a field.
    pub(super) fn of_field(self) -> &'static str {
        match self {
            Verb::Project => "project_field",
            Verb::Read => "read_field",
            Verb::Write => "write_field",
            Verb::Update => "update_field",
            Verb::TryRead => "try_read_field",
            Verb::TryWrite => "try_write_field",
            Verb::TryUpdate => "try_update_field",
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
    /// The dot, the policy's word, or a literal's brackets, for errors about what the place can do.
    /// It covers no name of the user's: an editor that looks up the name would find ours, too.
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
