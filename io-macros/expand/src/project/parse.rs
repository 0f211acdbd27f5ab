//! From tokens to the model. Tolerant where an editor is in the middle of a word.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Expr, ExprLit, Index, Lit, LitFloat, LitInt, Member, Path, Token, bracketed,
    ext::IdentExt,
    parse::{Parse, ParseStream},
    spanned::Spanned,
};

use super::model::{Call, Step, StepKind, Verb};

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let verb = verb(&input.parse()?)?;
        let krate = krate(input)?;
        input.parse::<Token![;]>()?;

        if input.is_empty() {
            let message =
                format!("{} needs a view and a path, such as `regs, .ctrl`", verb.macro_name());
            return Err(syn::Error::new(Span::call_site(), message));
        }
        let io = input.parse()?;
        if input.is_empty() {
            return Err(no_path(verb, Span::call_site()));
        }
        input.parse::<Token![,]>()?;
        let steps = steps(input, verb)?;
        let value = if verb.takes_value() { Some(value(input, verb)?) } else { None };
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            // One error for whatever follows, not one a token.
            let rest: TokenStream = input.parse()?;
            let message = format!("unexpected tokens at the end of {}", verb.macro_name());
            return Err(syn::Error::new_spanned(rest, message));
        }
        Ok(Call { verb, krate, io, steps, value })
    }
}

fn verb(name: &Ident) -> syn::Result<Verb> {
    Ok(match name.to_string().as_str() {
        "project" => Verb::Project,
        "read" => Verb::Read,
        "write" => Verb::Write,
        "update" => Verb::Update,
        "try_read" => Verb::TryRead,
        "try_write" => Verb::TryWrite,
        "try_update" => Verb::TryUpdate,
        _ => return Err(syn::Error::new(name.span(), "not a macro of io-core")),
    })
}

/// The path of the crate, which `use` takes as well.
fn krate(input: ParseStream<'_>) -> syn::Result<Path> {
    let path = input.call(Path::parse_mod_style)?;
    match path.segments.iter().find(|part| part.ident == "Self") {
        Some(part) => Err(syn::Error::new(part.span(), "expected the path of io-core")),
        None => Ok(path),
    }
}

fn no_path(verb: Verb, span: Span) -> syn::Error {
    let name = verb.macro_name();
    let message = match verb.method() {
        Some(method) => format!(
            "{name} needs a path behind the view, such as `regs, .ctrl`; for the view itself call `.{method}(…)`"
        ),
        None => format!("{name} needs a path behind the view, such as `regs, .ctrl`"),
    };
    syn::Error::new(span, message)
}

fn value(input: ParseStream<'_>, verb: Verb) -> syn::Result<Expr> {
    let what = match verb {
        Verb::Update | Verb::TryUpdate => "a closure behind the path, such as `|v| v | 1`",
        _ => "a value behind the path",
    };
    if input.is_empty() {
        let message = format!("{} needs {what}", verb.macro_name());
        return Err(syn::Error::new(Span::call_site(), message));
    }
    let comma = input.parse::<Token![,]>()?;
    if input.is_empty() {
        let message = format!("{} needs {what}", verb.macro_name());
        return Err(syn::Error::new(comma.span, message));
    }
    input.parse()
}

fn steps(input: ParseStream<'_>, verb: Verb) -> syn::Result<Vec<Step>> {
    if input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        return Ok(vec![locate(input)?]);
    }
    let mut steps = Vec::new();
    while !ends(input) {
        if input.peek(Token![.]) {
            field(input, &mut steps)?;
        } else if input.peek(syn::token::Bracket) {
            steps.push(index(input)?);
        } else {
            let message = match steps.is_empty() {
                true => "expected a path such as `.field` or `[3]`",
                false => "expected `.field`, `[index]` or `,`",
            };
            return Err(input.error(message));
        }
    }
    if steps.is_empty() {
        return Err(no_path(verb, input.span()));
    }
    Ok(steps)
}

/// `build: LOC`
fn locate(input: ParseStream<'_>) -> syn::Result<Step> {
    let word: Ident = input.parse()?;
    if word != "build" {
        return Err(syn::Error::new(word.span(), "expected `.field`, `[index]` or `build: LOC`"));
    }
    input.parse::<Token![:]>()?;
    let loc: Expr = input.parse()?;
    Ok(Step { span: loc.span(), mark: word.span(), kind: StepKind::Locate(loc) })
}

/// `.name`, `.0`, `.0.1` (one float literal to the lexer), or a lone `.`
fn field(input: ParseStream<'_>, steps: &mut Vec<Step>) -> syn::Result<()> {
    let dot = input.parse::<Token![.]>()?;
    // Keywords as well: rustc says how to write them.
    if input.peek(Ident::peek_any) {
        let name = Ident::parse_any(input)?;
        let (span, mark) = (name.span(), dot.span);
        steps.push(Step { span, mark, kind: StepKind::Field(Member::Named(name)) });
    } else if input.peek(LitInt) {
        let number: LitInt = input.parse()?;
        steps.push(tuple_field(&number.to_string(), number.span(), dot.span)?);
    } else if input.peek(LitFloat) {
        let number: LitFloat = input.parse()?;
        for part in number.to_string().split('.') {
            steps.push(match part {
                // `.0.` at the end: the lexer took the second dot for the number's.
                "" if ends(input) => half_typed(number.span()),
                part => tuple_field(part, number.span(), dot.span)?,
            });
        }
    } else if ends(input) {
        steps.push(half_typed(dot.span));
    } else {
        return Err(input.error("expected a field name or a tuple field's number"));
    }
    Ok(())
}

/// Whether the path ends here.
fn ends(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// The usual shape with a name that rustc reports, so that an editor completes behind the dot.
fn half_typed(dot: Span) -> Step {
    let name = Ident::new("missing_field_name", dot);
    Step { span: dot, mark: dot, kind: StepKind::Field(Member::Named(name)) }
}

fn tuple_field(digits: &str, span: Span, mark: Span) -> syn::Result<Step> {
    match digits.parse::<u32>() {
        Ok(index) if digits == index.to_string() => {
            let member = Member::Unnamed(Index { index, span });
            Ok(Step { span, mark, kind: StepKind::Field(member) })
        }
        _ => Err(syn::Error::new(span, "expected a tuple field such as `.0` or `.0.1`")),
    }
}

/// `[…]`
fn index(input: ParseStream<'_>) -> syn::Result<Step> {
    let content;
    let mark = bracketed!(content in input).span.join();
    if content.is_empty() {
        return Err(syn::Error::new(mark, "expected an index, such as `[3]` or `[try: i]`"));
    }
    if content.peek(Ident::peek_any) && content.peek2(Token![:]) && !content.peek2(Token![::]) {
        return policy(&content, mark);
    }
    let expr: Expr = content.parse()?;
    if !content.is_empty() {
        return Err(content.error("unexpected token behind the index"));
    }
    let span = expr.span();
    let Some(literal) = literal(&expr) else { return Err(no_policy(&expr)) };
    match literal.suffix() {
        "" | "usize" => Ok(Step { span, mark, kind: StepKind::Literal(literal) }),
        _ => {
            let message = format!("an index is a `usize`: write `{}`", literal.base10_digits());
            Err(syn::Error::new(span, message))
        }
    }
}

fn no_policy(expr: &Expr) -> syn::Error {
    let message = match expr {
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), .. }) => {
            "an index is a `usize` and never negative"
        }
        Expr::Range(_) => {
            "a range needs a policy: `[build: a..b]` is proved by the compiler, `[try: a..b]` \
             returns an error, `[panic: a..b]` panics"
        }
        _ => {
            "an index that is no literal needs a policy: `[build: N]` is proved by the compiler, \
             `[try: i]` returns an error, `[panic: i]` panics"
        }
    };
    syn::Error::new_spanned(expr, message)
}

/// `build: EXPR`, `try: EXPR`, `panic: EXPR`
fn policy(input: ParseStream<'_>, mark: Span) -> syn::Result<Step> {
    let word = Ident::parse_any(input)?;
    let make = match word.to_string().as_str() {
        "build" => StepKind::Build as fn(Expr) -> StepKind,
        "try" => StepKind::Try,
        "panic" => StepKind::Panic,
        other => {
            let message =
                format!("unknown index policy `{other}`: expected `build`, `try` or `panic`");
            return Err(syn::Error::new(word.span(), message));
        }
    };
    input.parse::<Token![:]>()?;
    if input.is_empty() {
        let message = format!("expected an index behind `{word}:`");
        return Err(syn::Error::new(word.span(), message));
    }
    let expr: Expr = input.parse()?;
    if !input.is_empty() {
        return Err(input.error("unexpected token behind the index"));
    }
    Ok(Step { span: expr.span(), mark, kind: make(expr) })
}

/// An integer literal, also where a `macro_rules!` fragment wraps it.
fn literal(expr: &Expr) -> Option<LitInt> {
    match expr {
        Expr::Lit(ExprLit { attrs, lit: Lit::Int(literal) }) if attrs.is_empty() => {
            Some(literal.clone())
        }
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}
