//! Requirements on every expansion of io-macros, checked without the parsers of the macros; and
//! token streams to test the macros with.
//!
//! The fuzz targets (`io-macros/fuzz`) and the ordinary tests of `io-macros-expand` both use this
//! crate. It judges an expansion by the input tokens and the output tokens: exactly the documented
//! grammar is accepted, every input token is in the output once, and refusals have the messages of
//! io-macros.

mod alphabet;
mod coding;
mod damage;
mod derive;
mod leaves;
mod project;
mod refusal;
mod text;

use proc_macro2::TokenStream;

pub use coding::Coding;
pub use damage::Damage;
pub use text::{text, tokens};

/// A macro as a function.
type Expand = fn(TokenStream) -> TokenStream;

/// The macros as functions.
#[derive(Clone, Copy, Debug)]
pub struct Macros {
    /// `io_project!` and related macros.
    pub project: Expand,
    /// `#[derive(IoStruct)]`
    pub io_struct: Expand,
    /// `#[io_struct(…)]`, as a function of its arguments and its item.
    pub io_struct_attribute: fn(TokenStream, TokenStream) -> TokenStream,
    /// `#[derive(IoValue)]`
    pub io_value: Expand,
}

/// The correct result of a macro for an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The input is in the language, and its tokens are in the expansion.
    Accepted,
    /// The input is not in the language, and the expansion contains an error.
    Refused,
    /// The oracle does not decide whether the input is in the language.
    Undecided,
}

/// The input language of a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `io_project!` and related macros, as their `macro_rules!` wrappers call them.
    Project,
    /// `#[derive(IoStruct)]`
    IoStruct,
    /// `#[io_struct(…)]` and its item.
    IoStructAttribute,
    /// `#[derive(IoValue)]`
    IoValue,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 4] =
        [Self::Project, Self::IoStruct, Self::IoStructAttribute, Self::IoValue];

    /// Returns the name of the macro's function, of its corpus files and of its fuzz target.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::IoStruct => "io_struct",
            Self::IoStructAttribute => "io_struct_attribute",
            Self::IoValue => "io_value",
        }
    }

    /// Returns the handwritten inputs and the inputs of past failures.
    ///
    /// # Panics
    ///
    /// Panics if a line of the file cannot be parsed as tokens.
    pub fn written(self) -> Vec<TokenStream> {
        self.lines(match self {
            Self::Project => include_str!("../written/project.txt"),
            Self::IoStruct => include_str!("../written/io_struct.txt"),
            Self::IoStructAttribute => include_str!("../written/io_struct_attribute.txt"),
            Self::IoValue => include_str!("../written/io_value.txt"),
        })
    }

    /// Returns the inputs with which a fuzzer reached its coverage so far.
    ///
    /// # Panics
    ///
    /// Panics if a line of the file cannot be parsed as tokens.
    pub fn reached(self) -> Vec<TokenStream> {
        self.lines(match self {
            Self::Project => include_str!("../reached/project.txt"),
            Self::IoStruct => include_str!("../reached/io_struct.txt"),
            Self::IoStructAttribute => include_str!("../reached/io_struct_attribute.txt"),
            Self::IoValue => include_str!("../reached/io_value.txt"),
        })
    }

    /// Parses one input from each line that is not empty or a comment.
    fn lines(self, file: &str) -> Vec<TokenStream> {
        let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
        let name = self.name();
        let read = |line| tokens(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"));
        lines.map(read).collect()
    }

    /// Expands an input and judges the expansion.
    ///
    /// # Panics
    ///
    /// Panics if the expansion is not as required.
    pub fn judge(self, input: &TokenStream, macros: &Macros) -> Verdict {
        let verdict = match self {
            Self::Project => project::check(input, macros.project),
            Self::IoStruct => derive::check(input, macros.io_struct, derive::OF_STRUCT),
            Self::IoStructAttribute => derive::attribute::check(input, macros),
            Self::IoValue => derive::check(input, macros.io_value, derive::OF_VALUE),
        };
        verdict.unwrap_or_else(|problem| {
            let (name, expansion) = (self.name(), self.expand(input, macros));
            let input = text(input.clone());
            panic!("{name}: {problem}\ninput:     {input}\nexpansion: {expansion}")
        })
    }

    fn expand(self, input: &TokenStream, macros: &Macros) -> TokenStream {
        let input = input.clone();
        match self {
            Self::Project => (macros.project)(input),
            Self::IoStruct => (macros.io_struct)(input),
            Self::IoStructAttribute => {
                let (arguments, item) = derive::attribute::split(input);
                (macros.io_struct_attribute)(arguments, item)
            }
            Self::IoValue => (macros.io_value)(input),
        }
    }
}
