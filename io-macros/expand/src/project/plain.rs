//! The commonest call by far, `io_read!(regs, .ctrl)`, understood without a
//! parser: procedural macros are not optimised in debug builds, and drivers have
//! thousands of these.

use proc_macro2::{Ident, Punct, TokenStream, TokenTree};
use syn::{Expr, Member, Path};

use super::model::{Call, End, Step, StepKind, Verb};

/// The call, if view and value are a name or a literal and the path is one field.
pub(super) fn call(input: TokenStream) -> Option<Call> {
    let mut tokens = input.into_iter();
    let verb = match tokens.next()? {
        TokenTree::Ident(verb) => Verb::named(&verb)?,
        _ => return None,
    };
    let krate = Path::from(ident(tokens.next()?)?);
    punct(tokens.next()?, ';')?;
    let io = ident(tokens.next()?)?;
    punct(tokens.next()?, ',')?;
    let dot = punct(tokens.next()?, '.')?;
    let name = ident(tokens.next()?)?;
    let value = match verb {
        Verb::Project | Verb::Read | Verb::TryRead => None,
        Verb::Write | Verb::TryWrite => {
            punct(tokens.next()?, ',')?;
            Some(single(tokens.next()?)?)
        }
        Verb::Update | Verb::TryUpdate => return None,
    };
    if tokens.next().is_some() {
        return None;
    }
    let (span, mark) = (name.span(), dot.span());
    let steps = vec![Step { kind: StepKind::Field(Member::Named(name)), span, mark }];
    let io = Expr::Verbatim(TokenTree::from(io).into());
    Some(Call { verb, krate, io, steps, value, end: End::Complete })
}

/// A name; keywords are left to the parser.
fn ident(token: TokenTree) -> Option<Ident> {
    let TokenTree::Ident(ident) = token else { return None };
    let is_name = KEYWORDS.binary_search(&ident.to_string().as_str()).is_err();
    is_name.then_some(ident)
}

/// What is an identifier to the lexer and none to the language, but for `$crate`.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn punct(token: TokenTree, wanted: char) -> Option<Punct> {
    match token {
        TokenTree::Punct(punct) if punct.as_char() == wanted => Some(punct),
        _ => None,
    }
}

/// A value of one token.
fn single(token: TokenTree) -> Option<Expr> {
    match token {
        TokenTree::Literal(_) => Some(Expr::Verbatim(token.into())),
        token => Some(Expr::Verbatim(TokenTree::from(ident(token)?).into())),
    }
}
