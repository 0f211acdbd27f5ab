//! Checks expansions with the oracle, which does not use the parsers. The inputs are written by
//! hand or come from past failures; many variations of them are checked too.

use io_macros_oracle::{Coding, Damage, Language, Macros, Verdict};

const MACROS: Macros = Macros {
    project: io_macros_expand::project,
    io_struct: io_macros_expand::io_struct,
    io_struct_attribute: io_macros_expand::io_struct_attribute,
    io_value: io_macros_expand::io_value,
};

/// Runs on a stack as large as the compiler's, since input that the lexer accepts may be nested
/// deeply.
fn judge_all(language: Language) {
    const STACK: usize = 64 << 20;
    let judge = std::thread::Builder::new().stack_size(STACK).spawn(move || judge(language));
    if let Err(panic) = judge.unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

fn judge(language: Language) {
    // The deep suite `fuzz` judges far more variations.
    const DAMAGED: usize = 2_500;
    let written = language.written();
    for input in written.iter().chain(&language.reached()) {
        language.judge(input, &MACROS);
    }
    let coding = Coding::default();
    let seeds: Vec<_> = written.into_iter().map(|input| coding.encode(input)).collect();
    let mut damage = Damage::default();
    let mut accepted = 0;
    for _ in 0..DAMAGED {
        let verdict = language.judge(&coding.decode(&damage.one_of(&seeds)), &MACROS);
        accepted += usize::from(verdict == Verdict::Accepted);
    }
    // If every damaged input were refused, the test would not cover accepted inputs.
    assert!((DAMAGED / 50..DAMAGED).contains(&accepted), "{accepted} of {DAMAGED} were accepted");
}

#[test]
fn expansions_of_projections_pass_the_oracle() {
    judge_all(Language::Project);
}

#[test]
fn expansions_of_io_struct_derive_pass_the_oracle() {
    judge_all(Language::IoStruct);
}

#[test]
fn expansions_of_io_struct_attribute_pass_the_oracle() {
    judge_all(Language::IoStructAttribute);
}

#[test]
fn expansions_of_io_value_pass_the_oracle() {
    judge_all(Language::IoValue);
}
