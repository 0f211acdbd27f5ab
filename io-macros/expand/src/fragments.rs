//! Fragments of the user's `macro_rules!` macros, which remain one operand.
//!
//! A fragment such as `$e:expr` reaches a procedural macro as a group without delimiters. rustc
//! ignores such groups in the output of a procedural macro (rust-lang/rust#67062), so `$e * 2` with
//! `1 + 1` for `$e` would become `1 + 1 * 2`. Before an input is parsed, each group that contains
//! an expression gets parentheses where they make a difference, and a type before `::` becomes
//! `<T>`. Other groups remain: patterns, paths, literals, visibilities.
//!
//! The kind of a fragment is not available, so it is derived from the content. Types and patterns
//! that are also expressions (`&T`, `A | B`) may be in parentheses too.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::{Expr, Type};

/// The syntax around tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The arguments of an attribute, where a fragment may be a whole option: `#[io($meta)]`.
    Attribute,
    /// The arguments of another macro, whose grammar is unknown.
    Macro,
    /// Any other code.
    Code,
}

/// Returns the tokens with each fragment as one operand.
pub(crate) fn as_operands(tokens: TokenStream) -> TokenStream {
    changed(tokens.clone(), Place::Code).unwrap_or(tokens)
}

/// Returns the changed tokens, or `None` if there is nothing to change, as in most inputs.
fn changed(tokens: TokenStream, place: Place) -> Option<TokenStream> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut result: Option<Vec<TokenTree>> = None;
    for (i, tree) in trees.iter().enumerate() {
        let (before, after) = (&trees[..i], &trees[i + 1..]);
        let new = match tree {
            TokenTree::Group(group) => replaced(group, before, after, place),
            _ => None,
        };
        match (new, &mut result) {
            (Some(new), result) => {
                result.get_or_insert_with(|| before.to_vec()).extend(new);
            }
            (None, Some(result)) => result.push(tree.clone()),
            (None, None) => {}
        }
    }
    result.map(|trees| trees.into_iter().collect())
}

/// Returns the tokens that replace a group, if it changes.
fn replaced(
    group: &Group,
    before: &[TokenTree],
    after: &[TokenTree],
    place: Place,
) -> Option<Vec<TokenTree>> {
    let inside = match group.delimiter() {
        Delimiter::None => place,
        Delimiter::Bracket if is_attribute(before) => Place::Attribute,
        _ if is_macro(before) => Place::Macro,
        _ => place,
    };
    let content = changed(group.stream(), inside);
    if group.delimiter() != Delimiter::None {
        return content.map(|content| vec![delimited(group.delimiter(), content, group)]);
    }
    // Two operands without an operator between them are a mistake, not a call.
    let remains = match place {
        Place::Attribute if before.last().is_none_or(|last| is(last, ',')) => true,
        Place::Attribute | Place::Code => continues_operand(before),
        Place::Macro => false,
    };
    let stream = content.clone().unwrap_or_else(|| group.stream());
    if !remains && is_path_separator(after) && needs_brackets(&stream) {
        let [open, close] = ['<', '>'].map(|c| {
            let mut punct = Punct::new(c, Spacing::Alone);
            punct.set_span(site(group));
            TokenTree::Punct(punct)
        });
        return Some([open].into_iter().chain(stream).chain([close]).collect());
    }
    if !remains && needs_parentheses(&stream, before, after) {
        return Some(vec![delimited(Delimiter::Parenthesis, stream, group)]);
    }
    content.map(|content| vec![delimited(Delimiter::None, content, group)])
}

/// Returns a group in the place of another one.
fn delimited(delimiter: Delimiter, content: TokenStream, old: &Group) -> TokenTree {
    let mut new = Group::new(delimiter, content);
    new.set_span(if delimiter == old.delimiter() { old.span() } else { site(old) });
    TokenTree::Group(new)
}

/// Returns the span of generated delimiters. Lints about unnecessary ones ignore it.
fn site(group: &Group) -> Span {
    Span::mixed_site().located_at(group.span())
}

/// Returns whether the next bracket belongs to an attribute: `#[…]` or `#![…]`.
fn is_attribute(before: &[TokenTree]) -> bool {
    match before {
        [.., hash, mark] if is(mark, '!') => is(hash, '#'),
        [.., hash] => is(hash, '#'),
        [] => false,
    }
}

/// Returns whether the next group contains the arguments of a macro call: `name!(…)`.
fn is_macro(before: &[TokenTree]) -> bool {
    matches!(before, [.., name, mark] if is(mark, '!') && is_name(name))
}

/// Returns whether a group after the tokens would continue an operand, as the arguments of a call
/// do.
fn continues_operand(before: &[TokenTree]) -> bool {
    match before.last() {
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Bracket => !is_attribute(&before[..before.len() - 1]),
            delimiter => delimiter != Delimiter::Brace,
        },
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Punct(punct)) => match punct.as_char() {
            '.' => !is_joint(before, '.'),
            ':' => is_joint(before, ':'),
            '?' | '#' | '$' => true,
            _ => is_macro(before),
        },
        Some(word) => {
            const VALUES: [&str; 7] = ["self", "Self", "super", "crate", "true", "false", "await"];
            is_name(word) || VALUES.contains(&word.to_string().as_str())
        }
        None => false,
    }
}

/// Returns whether the last token is the second one of `..` or `::`.
fn is_joint(before: &[TokenTree], what: char) -> bool {
    matches!(before, [.., TokenTree::Punct(first), _]
        if first.as_char() == what && first.spacing() == Spacing::Joint)
}

/// Returns whether the token is a word other than a keyword.
fn is_name(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_)) && syn::parse2::<syn::Ident>(token.clone().into()).is_ok()
}

fn is(token: &TokenTree, what: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == what)
}

/// Returns whether the tokens begin with `::`.
fn is_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), second, ..]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && is(second, ':'))
}

/// Returns whether the fragment before a `::` is a type that is not a plain path.
fn needs_brackets(content: &TokenStream) -> bool {
    let is_plain = |token: TokenTree| matches!(token, TokenTree::Ident(_)) || is(&token, ':');
    // A visibility before `::path` is not a type.
    !content.clone().into_iter().all(is_plain) && syn::parse2::<Type>(content.clone()).is_ok()
}

/// Returns whether the fragment is an expression whose parts could join the tokens around it.
fn needs_parentheses(content: &TokenStream, before: &[TokenTree], after: &[TokenTree]) -> bool {
    let mut trees = content.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(block)), None) if block.delimiter() == Delimiter::Brace => {
            could_be_statement(before) && is_operator(after)
        }
        (None | Some(_), None) => false,
        _ => syn::parse2(content.clone()).is_ok_and(|expr| !is_closed(&expr)),
    }
}

/// Returns whether a block after these tokens could be a statement.
fn could_be_statement(before: &[TokenTree]) -> bool {
    match before.last() {
        Some(TokenTree::Ident(_)) => false,
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        _ => true,
    }
}

/// Returns whether the tokens begin with a binary operator.
fn is_operator(tokens: &[TokenTree]) -> bool {
    match tokens {
        [first, second, ..] if is(first, '=') && is(second, '>') => false,
        [TokenTree::Punct(punct), ..] => "+-*/%^&|<>=!".contains(punct.as_char()),
        [TokenTree::Ident(word), ..] => word == "as",
        _ => false,
    }
}

/// Returns whether no operator before or after the expression can take a part of it.
fn is_closed(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array(_)
            | Expr::Await(_)
            | Expr::Block(_)
            | Expr::Call(_)
            | Expr::Group(_)
            | Expr::Index(_)
            | Expr::Infer(_)
            | Expr::Let(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Repeat(_)
            | Expr::Try(_)
            | Expr::Tuple(_)
    )
}

#[cfg(test)]
mod tests {
    use io_macros_oracle::{text, tokens};

    use super::as_operands;

    /// Compares the result with `right`; `$(…)` denotes a fragment.
    fn check(input: &str, right: &str) {
        let written = |tokens| text(tokens).replace(' ', "");
        let result = as_operands(tokens(input).expect("tokens"));
        assert_eq!(written(result), written(tokens(right).expect("tokens")), "{input}");
    }

    #[test]
    fn an_expression_becomes_one_operand_in_parentheses() {
        check("! $(A | B)", "! (A | B)");
        check("[u32; $(1 + 1) * 2]", "[u32; (1 + 1) * 2]");
        check("nested!(a, $($(1 + 1)) * 2)", "nested!(a, $((1 + 1)) * 2)");
        check("set!(to $(1 + 1) * 2)", "set!(to (1 + 1) * 2)");
        check("a..$(1 + 1)", "a..(1 + 1)");
        check("#[a] $(1 + 1) * 2", "#[a] (1 + 1) * 2");
        check("return $(1 + 1) * 2", "return (1 + 1) * 2");
        check("|m| m & !$(x as u32)", "|m| m & !(x as u32)");
        check("$(-1).pow(2)", "(-1).pow(2)");
        check("$(self.f)(1)", "(self.f)(1)");
        check("$(if a { 1 } else { 2 }) - 1", "(if a { 1 } else { 2 }) - 1");
        check("$($(1 + 1) * 2) * 3", "((1 + 1) * 2) * 3");
    }

    #[test]
    fn a_block_becomes_an_operand_only_before_an_operator() {
        check("{ $({ 4 }) - 1 }", "{ ({ 4 }) - 1 }");
        check("{ $({ 4 }) as u8 }", "{ ({ 4 }) as u8 }");
        for same in ["if a $({ 4 }) - 1", "unsafe $({ 4 })", "{ $({ 4 }).b }", "$({ 4 }) => 1"] {
            check(same, same);
        }
    }

    #[test]
    fn a_type_before_a_path_separator_gets_angle_brackets() {
        check("$(Vec<u8>)::new()", "<Vec<u8>>::new()");
        check("$([u8; 4])::LEN", "<[u8; 4]>::LEN");
        check("$(<T as A>::B)::C", "<<T as A>::B>::C");
        check("$((A, B))::C", "<(A, B)>::C");
        for same in ["$(u32)::MAX", "$(a::B)::C", "$(pub)::a::B", "$(pub(crate))::B", "$()::B"] {
            check(same, same);
        }
        check("where $(Vec<u8>): ::a::B", "where $(Vec<u8>): ::a::B");
    }

    #[test]
    fn other_fragments_remain_groups() {
        // Mistakes: these do not become calls.
        for same in
            ["f $(1 + 1)", "self $(1 + 1)", "f! $(1 + 1)", "1 $(-1)", "a[1] $(-1)", "a.$(b | c)"]
        {
            check(same, same);
        }
        for same in [
            "regs, .a[$(3)].b",
            "$(a::b), $(f(1)), $(a[1]), $(x!(1 + 1)), $((1, 2)), $(\"text\")",
            "#[$(io(at = 4))] $(pub(crate)) a: $(Option<u8>)",
            "#[cfg($(feature = \"x\"))] #[io($(at = 4), $(size = 4))]",
            "$(let x = 1);",
        ] {
            check(same, same);
        }
    }

    #[test]
    fn values_of_options_are_operands() {
        check("#[io(at = $(1 + 1) * 4, $(size = 4))]", "#[io(at = (1 + 1) * 4, $(size = 4))]");
        check("#[io($(at = $(1 + 1) * 4))]", "#[io($(at = (1 + 1) * 4))]");
    }
}
