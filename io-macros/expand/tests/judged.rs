//! Expansions of inputs that people wrote, that once went wrong, and of many near them: judged by
//! the oracle, which does not know the parsers.

use io_macros_oracle::{Coding, Damage, Expand, Language, Verdict};

fn judge_all(language: Language, expand: Expand) {
    const DAMAGED: usize = 10_000;
    let written = language.written();
    for input in written.iter().chain(&language.reached()) {
        language.judge(input, expand);
    }
    let coding = Coding::default();
    let seeds: Vec<_> = written.into_iter().map(|input| coding.encode(input)).collect();
    let mut damage = Damage::default();
    let mut accepted = 0;
    for _ in 0..DAMAGED {
        let verdict = language.judge(&coding.decode(&damage.one_of(&seeds)), expand);
        accepted += usize::from(verdict == Verdict::Accepted);
    }
    // Damage that is always refused shows nothing of what is accepted.
    assert!((DAMAGED / 50..DAMAGED).contains(&accepted), "{accepted} of {DAMAGED} were accepted");
}

#[test]
fn project() {
    judge_all(Language::Project, io_macros_expand::project);
}

#[test]
fn io_struct() {
    judge_all(Language::IoStruct, io_macros_expand::io_struct);
}

#[test]
fn io_value() {
    judge_all(Language::IoValue, io_macros_expand::io_value);
}
