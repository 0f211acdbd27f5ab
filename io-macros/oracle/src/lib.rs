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
pub type Expand = fn(TokenStream) -> TokenStream;

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
    /// `#[derive(IoValue)]`
    IoValue,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Project, Self::IoStruct, Self::IoValue];

    /// The name of the macro's function, of the files of its corpus and of its fuzz target.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::IoStruct => "io_struct",
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
    pub fn judge(self, input: &TokenStream, expand: Expand) -> Verdict {
        let verdict = match self {
            Self::Project => project::check(input, expand),
            Self::IoStruct => derive::check(input, expand, derive::OF_STRUCT),
            Self::IoValue => derive::check(input, expand, derive::OF_VALUE),
        };
        verdict.unwrap_or_else(|problem| {
            let (name, expansion) = (self.name(), expand(input.clone()));
            let input = text(input.clone());
            panic!("{name}: {problem}\ninput:     {input}\nexpansion: {expansion}")
        })
    }
}
