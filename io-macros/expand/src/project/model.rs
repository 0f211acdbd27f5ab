//! The model of a projection.

use proc_macro2::{Ident, Span};
use syn::{Expr, Member, Path};

/// One macro call.
pub(super) struct Call {
    /// The operation at the end of the path.
    pub(super) verb: Verb,
    /// The path of io-core, from `$crate`.
    pub(super) krate: Path,
    /// The view or owner.
    pub(super) io: Expr,
    /// The steps from there to the place.
    pub(super) steps: Vec<Step>,
    /// The value to write, or the closure of an update.
    pub(super) value: Option<Expr>,
    /// The end of the call.
    pub(super) end: End,
}

/// The end of a call. In every case the preceding steps keep their shape, so that an editor can
/// resolve them.
pub(super) enum End {
    /// The call is complete.
    Complete,
    /// The call ends with a dot; rustc reports the missing name there.
    HalfTyped,
    /// The call contains this mistake.
    Wrong(syn::Error),
}

/// The operation on the place.
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
    /// Returns the verb for the name that a macro of io-core passes on.
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

    /// Returns the name of the macro that the user called, in backticks.
    pub(super) fn macro_name(self) -> &'static str {
        match self {
            Verb::Project => "`io_project!`",
            Verb::Read => "`io_read!`",
            Verb::Write => "`io_write!`",
            Verb::Update => "`io_update!`",
            Verb::TryRead => "`io_try_read!`",
            Verb::TryWrite => "`io_try_write!`",
            Verb::TryUpdate => "`io_try_update!`",
        }
    }

    /// Returns the function for a path that ends with a field.
    pub(super) fn of_field(self) -> &'static str {
        match self {
            Verb::Project => "field",
            Verb::Read => "read_field",
            Verb::Write => "write_field",
            Verb::Update => "update_field",
            Verb::TryRead => "try_read_field",
            Verb::TryWrite => "try_write_field",
            Verb::TryUpdate => "try_update_field",
        }
    }

    /// Returns the function for a path that ends with another step; `None` if the view is returned.
    pub(super) fn of_element(self) -> Option<&'static str> {
        match self {
            Verb::Project => None,
            Verb::Read => Some("read_element"),
            Verb::Write => Some("write_element"),
            Verb::Update => Some("update_element"),
            Verb::TryRead => Some("try_read_element"),
            Verb::TryWrite => Some("try_write_element"),
            Verb::TryUpdate => Some("try_update_element"),
        }
    }

    /// Returns the method of views.
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

    /// Returns whether a value or closure follows the steps.
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
    /// The span of the name or index, for errors about it.
    pub(super) span: Span,
    /// The span of the dot, of the policy's word, or of a literal's brackets, for errors about
    /// unsupported operations. It covers no user name: an editor that looks up the name would also
    /// find the generated one.
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
