//! What every expansion of io-macros must be like, said without their parsers; and token streams to
//! try it on.
//!
//! The fuzz targets (`io-macros/fuzz`) and the ordinary tests of `io-macros-expand` both use it. An
//! expansion is judged by the tokens that went in and those that came out: accepted is what the
//! documented grammar has and nothing else, all of it arrives, once, and refusals are in our words.

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
    /// `io_project!` and kin.
    pub project: Expand,
    /// `#[derive(IoStruct)]`
    pub io_struct: Expand,
    /// `#[io_struct(…)]`, of arguments and item.
    pub io_struct_attribute: fn(TokenStream, TokenStream) -> TokenStream,
    /// `#[derive(IoValue)]`
    pub io_value: Expand,
}

/// What a macro did with an input, rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The input is in the language, and arrives in the expansion.
    Accepted,
    /// It is not, and the expansion says so.
    Refused,
    /// It is for others to say whether it is.
    Undecided,
}

/// What a macro understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `io_project!` and kin, as their shells call them.
    Project,
    /// `#[derive(IoStruct)]`
    IoStruct,
    /// `#[io_struct(…)]` and its item.
    IoStructAttribute,
    /// `#[derive(IoValue)]`
    IoValue,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Project, Self::IoStruct, Self::IoStructAttribute, Self::IoValue];

    /// The name of the macro's function, of the files of its corpus and of its fuzz target.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::IoStruct => "io_struct",
            Self::IoStructAttribute => "io_struct_attribute",
            Self::IoValue => "io_value",
        }
    }

    /// The inputs that people wrote, and those that once went wrong.
    ///
    /// # Panics
    ///
    /// Where a line of the file is no row of tokens.
    pub fn written(self) -> Vec<TokenStream> {
        self.lines(match self {
            Self::Project => include_str!("../written/project.txt"),
            Self::IoStruct => include_str!("../written/io_struct.txt"),
            Self::IoStructAttribute => include_str!("../written/io_struct_attribute.txt"),
            Self::IoValue => include_str!("../written/io_value.txt"),
        })
    }

    /// The inputs by which a fuzzer reached all that it reached so far.
    ///
    /// # Panics
    ///
    /// Where a line of the file is no row of tokens.
    pub fn reached(self) -> Vec<TokenStream> {
        self.lines(match self {
            Self::Project => include_str!("../reached/project.txt"),
            Self::IoStruct => include_str!("../reached/io_struct.txt"),
            Self::IoStructAttribute => include_str!("../reached/io_struct_attribute.txt"),
            Self::IoValue => include_str!("../reached/io_value.txt"),
        })
    }

    /// An input a line, besides comments.
    fn lines(self, file: &str) -> Vec<TokenStream> {
        let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
        let name = self.name();
        let read = |line| tokens(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"));
        lines.map(read).collect()
    }

    /// Expands an input and judges what comes of it.
    ///
    /// # Panics
    ///
    /// Where the expansion is not what it must be.
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
