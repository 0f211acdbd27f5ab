//! The model of a projection.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, Member, Path};

/// One macro call.
pub(super) struct Call {
    /// The operation at the end of the path.
    pub(super) verb: Verb,
    /// The path of io-core, from `$crate`.
    pub(super) krate: Path,
    /// The view or owner; for `loc!`, the location.
    pub(super) io: Expr,
    /// The steps from there to the place.
    pub(super) steps: Vec<Step>,
    /// The value to write, or the closure of an update.
    pub(super) value: Option<Value>,
    /// The end of the call.
    pub(super) end: End,
}

/// The value after the steps.
pub(super) enum Value {
    /// A value, or the closure of an update.
    Plain(Expr),
    /// `build: BITS`, checked by the compiler.
    Built(Expr),
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
    ClearBits,
    SetBits,
    ToggleBits,
    /// `loc!`: steps from a location, in place of a view.
    Locate,
}

impl Verb {
    const ALL: [Self; 11] = [
        Verb::Project,
        Verb::Read,
        Verb::Write,
        Verb::Update,
        Verb::TryRead,
        Verb::TryWrite,
        Verb::TryUpdate,
        Verb::ClearBits,
        Verb::SetBits,
        Verb::ToggleBits,
        Verb::Locate,
    ];

    /// Returns the verb for the name that a macro of io-core passes on.
    pub(super) fn named(name: &Ident) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| name == verb.name())
    }

    /// Returns the name that a macro of io-core passes on.
    pub(super) fn name(self) -> &'static str {
        match self {
            Verb::Project => "project",
            Verb::Read => "read",
            Verb::Write => "write",
            Verb::Update => "update",
            Verb::TryRead => "try_read",
            Verb::TryWrite => "try_write",
            Verb::TryUpdate => "try_update",
            Verb::ClearBits => "clear_bits",
            Verb::SetBits => "set_bits",
            Verb::ToggleBits => "toggle_bits",
            Verb::Locate => "loc",
        }
    }

    /// Returns the name of the macro that the user called, in backticks.
    pub(super) fn macro_name(self) -> String {
        format!("`{}`", super::macro_of(self.name()))
    }

    /// Returns what the path starts from, with an example.
    pub(super) fn origin(self) -> (&'static str, &'static str) {
        match self {
            Verb::Locate => ("location", "CHAN, .ctrl"),
            _ => ("view", "regs, .ctrl"),
        }
    }

    /// Returns the function of a step with this name.
    pub(super) fn of_step(self, name: &str) -> String {
        if self == Verb::Locate { format!("loc_{name}") } else { name.to_owned() }
    }

    /// Returns the function for a path that ends with a field.
    pub(super) fn of_field(self) -> String {
        self.access("field").unwrap_or_else(|| self.of_step("field"))
    }

    /// Returns the function for a path that ends with another step; `None` if there is no access.
    pub(super) fn of_element(self) -> Option<String> {
        self.access("element")
    }

    /// Returns the method of views; `None` if the view itself is the result.
    pub(super) fn method(self) -> Option<String> {
        if self.is_command() { Some(self.name().to_owned()) } else { self.access("val") }
    }

    /// Returns whether the call clears, sets or toggles bits. Such a call has no function of its
    /// own for a path that ends with a field.
    pub(super) fn is_command(self) -> bool {
        matches!(self, Verb::ClearBits | Verb::SetBits | Verb::ToggleBits)
    }

    /// Returns the name of the access to `what`: `read_field`, for example.
    fn access(self, what: &str) -> Option<String> {
        (!matches!(self, Verb::Project | Verb::Locate)).then(|| format!("{}_{what}", self.name()))
    }

    /// Returns whether a value or closure follows the steps.
    pub(super) fn takes_value(self) -> bool {
        match self {
            Verb::Write | Verb::TryWrite | Verb::Update | Verb::TryUpdate => true,
            Verb::ClearBits | Verb::SetBits | Verb::ToggleBits => true,
            Verb::Project | Verb::Read | Verb::TryRead | Verb::Locate => false,
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
    /// `[build: EXPR]`, or `[build: A..B].as_array::<M>()` with the number of elements.
    Build(Expr, Option<TokenStream>),
    /// `[try: EXPR]`
    Try(Expr),
    /// `[panic: EXPR]`
    Panic(Expr),
    /// `build: LOC`
    Locate(Expr),
}
