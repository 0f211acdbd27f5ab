//! Calls of `io_project!` and related macros.

mod grammar;
mod unique;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, visit::Visit};

use crate::{
    Expand, Verdict,
    leaves::{count, is, is_keyword, leaves},
    refusal,
};
use grammar::{Call, No};

/// Checks the expansion of a call, and that of the same call with unique names.
pub(crate) fn check(input: &TokenStream, expand: Expand) -> Result<Verdict, String> {
    check_call(input, &expand(input.clone()))?;
    let input = unique::unique(input.clone());
    let expansion = expand(input.clone());
    check_call(&input, &expansion)
        .map_err(|problem| format!("{problem}\nwith other names: {input}\nexpansion: {expansion}"))
}

/// Checks that exactly the invalid calls are refused, and that the expansion of an accepted call is
/// Rust that contains the user's expressions.
fn check_call(input: &TokenStream, expansion: &TokenStream) -> Result<Verdict, String> {
    let expected = grammar::call(input.clone());
    match (refusal::is_expression(expansion)?, expected) {
        // The tokens before the mistake stay in the expansion, which is valid Rust.
        (true, Err(_)) if names_keyword(input) => Ok(Verdict::Refused),
        (true, Err(_)) => parsed(expansion).map(|_| Verdict::Refused),
        (true, Ok(_)) => Err("rejected, but the grammar accepts it".to_owned()),
        (false, Err(No::Refused)) if !has_lone_dot(input.clone()) => {
            Err("accepted, but the grammar rejects it".to_owned())
        }
        // Rustc refuses it and suggests the correct spelling of the name.
        (false, _) if names_keyword(input) => Ok(Verdict::Undecided),
        (false, Err(_)) => parsed(expansion).map(|_| Verdict::Undecided),
        (false, Ok(call)) => {
            check_expressions(&call, &parsed(expansion)?)?;
            check_names(&call, expansion)?;
            Ok(Verdict::Accepted)
        }
    }
}

/// Returns whether a keyword follows a dot, so that it cannot be a field. (`.await` is an
/// expression.)
fn names_keyword(input: &TokenStream) -> bool {
    let words = leaves(input.clone());
    words.windows(2).any(|pair| pair[0] == "." && is_keyword(&pair[1]) && pair[1] != "await")
}

/// Returns whether a dot ends an expression or a group, as it does before a name is typed.
fn has_lone_dot(input: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let is_lone = |(i, token): (usize, &TokenTree)| {
        let ends = tokens.get(i + 1).is_none_or(|next| is(Some(next), ','));
        match token {
            TokenTree::Group(group) => has_lone_dot(group.stream()),
            // The lexer makes one literal of `0.`.
            TokenTree::Literal(literal) => ends && literal.to_string().ends_with('.'),
            token => ends && is(Some(token), '.'),
        }
    };
    tokens.iter().enumerate().any(is_lone)
}

fn parsed(expansion: &TokenStream) -> Result<Expr, String> {
    syn::parse2(expansion.clone())
        .map_err(|error| format!("the expansion is not valid Rust: {error}"))
}

/// Checks that every expression of the user is also one expression of the expansion: none is merged
/// with adjacent tokens.
fn check_expressions(call: &Call, expansion: &Expr) -> Result<(), String> {
    #[derive(Default)]
    struct Expressions(Vec<Vec<String>>);

    impl<'a> Visit<'a> for Expressions {
        fn visit_expr(&mut self, expr: &'a Expr) {
            self.0.push(leaves(expr.to_token_stream()));
            syn::visit::visit_expr(self, expr);
        }
    }

    let mut found = Expressions::default();
    found.visit_expr(expansion);
    let fragments = call.expressions.iter().cloned().flat_map(operands);
    for expression in call.expressions.iter().cloned().chain(fragments) {
        let words = leaves(expression.clone());
        if !found.0.contains(&words) {
            return Err(format!("the expression `{expression}` is not in the expansion"));
        }
    }
    Ok(())
}

/// Returns the content of each group without delimiters that is an expression with an operator, and
/// stands where an operand is expected. Such a fragment of `macro_rules!` remains one operand.
fn operands(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let (before, is_call) = match &tokens[..i] {
            [.., TokenTree::Ident(_), mark] if is(Some(mark), '!') => (None, true),
            before => (before.last(), false),
        };
        // The tokens of a call of another macro are not an expression of this expansion.
        if !is_call {
            found.extend(operands(group.stream()));
        }
        let is_expected = match before {
            Some(TokenTree::Punct(punct)) => "!-*/%+&|^<>=,;".contains(punct.as_char()),
            Some(_) => false,
            None => !is_call,
        };
        let has_operator = |expr| matches!(expr, Expr::Binary(_) | Expr::Cast(_));
        if is_expected
            && group.delimiter() == Delimiter::None
            && syn::parse2(group.stream()).is_ok_and(has_operator)
        {
            found.push(group.stream());
        }
    }
    found
}

/// Checks that the user's tokens are in the expansion once, in the same order, and that only field
/// names are inside `unsafe`.
fn check_names(call: &Call, expansion: &TokenStream) -> Result<(), String> {
    let words = without_literal_arguments(leaves(expansion.clone()));
    let written: Vec<String> = call.expressions.iter().cloned().flat_map(leaves).collect();
    let is_users = |word: &&String| unique::is_unique(word) && !call.fields.contains(word);
    let expected: Vec<&String> = written.iter().filter(is_users).collect();
    let found: Vec<&String> = words.iter().filter(is_users).collect();
    if found != expected {
        return Err(format!("evaluates {found:?} instead of {expected:?}"));
    }
    for expression in &call.expressions {
        let part = leaves(expression.clone());
        let has_name = part.iter().any(|word| unique::is_unique(word));
        match count(&part, &words) {
            0 => return Err(format!("`{expression}` is changed in the expansion")),
            2.. if has_name => return Err(format!("`{expression}` is in the expansion twice")),
            _ => {}
        }
    }
    let names = call.fields.iter().filter(|name| unique::is_unique(name));
    for name in names {
        let times = count(core::slice::from_ref(name), &words);
        if times != 1 {
            return Err(format!("the field `{name}` is in the expansion {times} times"));
        }
    }
    if written.iter().any(|word| word == "unsafe") {
        return Ok(());
    }
    match unsafe_words(expansion.clone(), false).iter().find(|word| is_users(word)) {
        Some(word) => Err(format!("`{word}` is inside generated `unsafe`")),
        None => Ok(()),
    }
}

/// Removes the generic arguments that the macro computes: `1` from `literal::<_, 1>`, the value of a
/// literal index, and `4` from `array::<4>`, the length of a range with literal ends.
fn without_literal_arguments(words: Vec<String>) -> Vec<String> {
    let words = without_argument(words, &["literal", ":", ":", "<", "_", ","]);
    without_argument(words, &["array", ":", ":", "<"])
}

/// Removes the last generic argument of a call, of which the words before it are given.
fn without_argument(mut words: Vec<String>, before: &[&str]) -> Vec<String> {
    let mut from = 0;
    while let Some(i) = words[from..]
        .windows(before.len() + 2)
        .position(|part| part[..before.len()] == *before && part[before.len() + 1] == ">")
    {
        from += i + before.len();
        words.remove(from);
    }
    words
}

/// Returns the words inside `unsafe` blocks.
fn unsafe_words(tokens: TokenStream, inside: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut keyword = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => {
                let opens = keyword && group.delimiter() == Delimiter::Brace;
                words.extend(unsafe_words(group.stream(), inside || opens));
            }
            token if inside => words.extend(leaves(token.clone().into())),
            _ => {}
        }
        keyword = matches!(&token, TokenTree::Ident(word) if word == "unsafe");
    }
    words
}
