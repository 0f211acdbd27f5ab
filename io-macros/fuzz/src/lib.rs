//! Shared code of the fuzz targets.

use std::cell::OnceCell;

use io_macros_oracle::{Coding, Language, Macros};

/// The macros under test.
const MACROS: Macros = Macros {
    project: io_macros_expand::project,
    io_struct: io_macros_expand::io_struct,
    io_struct_attribute: io_macros_expand::io_struct_attribute,
    io_value: io_macros_expand::io_value,
};

/// Judges the expansion of the tokens that these bytes encode.
pub fn judge(language: Language, bytes: &[u8]) {
    thread_local!(static CODING: OnceCell<Coding> = const { OnceCell::new() });
    let tokens = CODING.with(|coding| coding.get_or_init(Coding::default).decode(bytes));
    language.judge(&tokens, &MACROS);
}
