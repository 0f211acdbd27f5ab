//! Parses tokens into the model. Accepts incomplete input, as it occurs in an editor.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Expr, ExprLit, Index, Lit, LitFloat, LitInt, Member, Path, Token, bracketed,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    spanned::Spanned,
};

use super::{
    half_typed,
    model::{Call, End, Step, StepKind, Value, Verb},
    range,
};

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let verb = verb(&input.parse()?)?;
        let krate = krate(input)?;
        input.parse::<Token![;]>()?;

        if input.is_empty() {
            let ((origin, example), name) = (verb.origin(), verb.macro_name());
            let message = format!("{name} requires a {origin} and a path, such as `{example}`");
            return Err(syn::Error::new(Span::call_site(), message));
        }
        let (io, is_half_typed) = half_typed::expression(input)?;
        let mut call = Call { verb, krate, io, steps: vec![], value: None, end: End::Complete };
        match call.complete(input) {
            _ if is_half_typed && input.is_empty() => call.end = End::HalfTyped,
            Ok(()) => {}
            Err(error) => {
                call.end = End::Wrong(error);
                // The rest of the input is part of the mistake.
                input.parse::<TokenStream>()?;
            }
        }
        Ok(call)
    }
}

impl Call {
    /// Parses the tokens that follow the view.
    fn complete(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let verb = self.verb;
        if input.is_empty() {
            return Err(no_path(verb, Span::call_site()));
        }
        input.parse::<Token![,]>()?;
        let is_half_typed = steps(input, verb, &mut self.steps)?;
        if verb.takes_value() && is_half_typed && input.is_empty() {
            self.end = End::HalfTyped;
        } else if verb.takes_value() {
            self.value = Some(value(input, verb)?);
        }
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            // One error for all remaining tokens, not one for each.
            let rest: TokenStream = input.parse()?;
            let message = format!("unexpected tokens at the end of {}", verb.macro_name());
            return Err(syn::Error::new_spanned(rest, message));
        }
        Ok(())
    }
}

fn verb(name: &Ident) -> syn::Result<Verb> {
    Verb::named(name).ok_or_else(|| syn::Error::new(name.span(), "not a macro of io-core"))
}

/// Parses the path of the crate, in the form that `use` accepts.
fn krate(input: ParseStream<'_>) -> syn::Result<Path> {
    let path = input.call(Path::parse_mod_style)?;
    match path.segments.iter().find(|part| part.ident == "Self") {
        Some(part) => Err(syn::Error::new(part.span(), "expected the path of io-core")),
        None => Ok(path),
    }
}

fn no_path(verb: Verb, span: Span) -> syn::Error {
    let ((origin, example), name) = (verb.origin(), verb.macro_name());
    let mut message = format!("{name} requires a path after the {origin}, such as `{example}`");
    if let Some(method) = verb.method() {
        message += &format!("; for the view itself call `.{method}(…)`");
    }
    syn::Error::new(span, message)
}

fn value(input: ParseStream<'_>, verb: Verb) -> syn::Result<Value> {
    let what = match verb {
        Verb::Update | Verb::TryUpdate => "a closure after the path, such as `|v| v | 1`",
        _ if verb.is_command() => "bits after the path",
        _ => "a value after the path",
    };
    if input.is_empty() {
        let message = format!("{} requires {what}", verb.macro_name());
        return Err(syn::Error::new(Span::call_site(), message));
    }
    let comma = input.parse::<Token![,]>()?;
    if input.is_empty() {
        let message = format!("{} requires {what}", verb.macro_name());
        return Err(syn::Error::new(comma.span, message));
    }
    if verb.is_command()
        && input.peek(Ident::peek_any)
        && input.peek2(Token![:])
        && !input.peek2(Token![::])
    {
        let word = Ident::parse_any(input)?;
        if word != "build" {
            let message = "expected bits, or `build: BITS` to check them at compile time";
            return Err(syn::Error::new(word.span(), message));
        }
        input.parse::<Token![:]>()?;
        return Ok(Value::Built(input.parse()?));
    }
    Ok(Value::Plain(half_typed::expression(input)?.0))
}

/// Parses the steps; returns whether the last one is a dot with nothing after it.
fn steps(input: ParseStream<'_>, verb: Verb, steps: &mut Vec<Step>) -> syn::Result<bool> {
    if input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        steps.push(locate(input)?);
        if !steps_follow(input, verb) {
            return Ok(false);
        }
        input.parse::<Token![,]>()?;
    }
    let mut is_half_typed = false;
    while !ends(input) {
        if input.peek(Token![.]) {
            is_half_typed = field(input, steps)?;
        } else if input.peek(syn::token::Bracket) {
            steps.push(index(input)?);
        } else {
            // The next token changes the meaning of the preceding step: `.len()` is not a field.
            let message = match steps.pop() {
                None => "expected a path such as `.field` or `[3]`",
                Some(_) => "expected `.field`, `[index]` or `,`",
            };
            return Err(input.error(message));
        }
    }
    if steps.is_empty() {
        return Err(no_path(verb, input.span()));
    }
    Ok(is_half_typed)
}

/// Returns whether a comma and steps follow, and not the end of the call or the value. Brackets are
/// the value if nothing follows them.
fn steps_follow(input: ParseStream<'_>, verb: Verb) -> bool {
    let ahead = input.fork();
    if ahead.parse::<Token![,]>().is_err() || ahead.peek(Token![..]) {
        return false;
    }
    if !ahead.peek(syn::token::Bracket) || !verb.takes_value() {
        return ahead.peek(Token![.]) || ahead.peek(syn::token::Bracket);
    }
    let is_value = ahead.parse::<Expr>().is_ok() && ahead.parse::<Option<Token![,]>>().is_ok();
    !is_value || !ahead.is_empty()
}

/// Parses `build: LOC`.
fn locate(input: ParseStream<'_>) -> syn::Result<Step> {
    let word: Ident = input.parse()?;
    if word != "build" {
        return Err(syn::Error::new(word.span(), "expected `.field`, `[index]` or `build: LOC`"));
    }
    input.parse::<Token![:]>()?;
    let loc: Expr = input.parse()?;
    Ok(Step { span: loc.span(), mark: word.span(), kind: StepKind::Locate(loc) })
}

/// Parses `.name`, `.0`, `.0.1` (one float literal for the lexer), or a lone `.`; returns `true`
/// for the last.
fn field(input: ParseStream<'_>, steps: &mut Vec<Step>) -> syn::Result<bool> {
    let dot = input.parse::<Token![.]>()?;
    if input.peek(Ident::peek_any) {
        let name = Ident::parse_any(input)?;
        if range::is_as_array(&name, input) {
            range::as_array(&name, input, steps.last_mut())?;
            return Ok(false);
        }
        let (span, mark) = (name.span(), dot.span);
        steps.push(Step { span, mark, kind: StepKind::Field(Member::Named(name)) });
    } else if input.peek(LitInt) {
        let number: LitInt = input.parse()?;
        steps.push(tuple_field(&number.to_string(), number.span(), dot.span)?);
    } else if input.peek(LitFloat) {
        let number: LitFloat = input.parse()?;
        for part in number.to_string().split('.') {
            if part.is_empty() && ends(input) {
                // `.0.` at the end: the lexer included the second dot in the number.
                steps.push(half_typed(number.span()));
                return Ok(true);
            }
            steps.push(tuple_field(part, number.span(), dot.span)?);
        }
    } else {
        steps.push(half_typed(dot.span));
        if !ends(input) {
            return Err(input.error("expected a field name or a tuple index"));
        }
        return Ok(true);
    }
    Ok(false)
}

/// Returns whether the path ends here.
fn ends(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Returns a step of the usual shape, so that an editor completes after the dot.
fn half_typed(dot: Span) -> Step {
    Step { span: dot, mark: dot, kind: StepKind::Field(Member::Named(half_typed::name(dot))) }
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

/// Parses `[…]`.
fn index(input: ParseStream<'_>) -> syn::Result<Step> {
    let content;
    let mark = bracketed!(content in input).span.join();
    if content.is_empty() {
        return Err(syn::Error::new(mark, "expected an index, such as `[3]` or `[try: i]`"));
    }
    // Uses a separate parser: tokens left in this one after an error would cause a second error.
    let step = |input: ParseStream<'_>| index_in(input, mark);
    step.parse2(content.parse()?)
}

/// Parses the content of the brackets.
fn index_in(input: ParseStream<'_>, mark: Span) -> syn::Result<Step> {
    if input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        return policy(input);
    }
    let expr: Expr = input.parse()?;
    if !input.is_empty() {
        return Err(input.error("unexpected token after the index: one index in each bracket"));
    }
    let span = expr.span();
    let Some(literal) = literal(&expr) else { return Err(no_policy(&expr)) };
    match literal.suffix() {
        "" | "usize" => Ok(Step { span, mark, kind: StepKind::Literal(literal) }),
        _ => {
            let message =
                format!("an index must be a `usize`: write `{}`", literal.base10_digits());
            Err(syn::Error::new(span, message))
        }
    }
}

fn no_policy(expr: &Expr) -> syn::Error {
    let message = match expr {
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), .. }) => {
            "an index must be a `usize`, which cannot be negative"
        }
        Expr::Range(_) => {
            "a range requires a policy: `[build: a..b]` is checked by the compiler, `[try: a..b]` \
             returns an error, `[panic: a..b]` panics"
        }
        _ => {
            "a non-literal index requires a policy: `[build: N]` is checked by the compiler, \
             `[try: i]` returns an error, `[panic: i]` panics"
        }
    };
    syn::Error::new_spanned(expr, message)
}

/// Parses `build: EXPR`, `try: EXPR` or `panic: EXPR`.
fn policy(input: ParseStream<'_>) -> syn::Result<Step> {
    let word = Ident::parse_any(input)?;
    let make = match word.to_string().as_str() {
        "build" => (|range| StepKind::Build(range, None)) as fn(Expr) -> StepKind,
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
        let message = format!("expected an index after `{word}:`");
        return Err(syn::Error::new(word.span(), message));
    }
    let expr: Expr = input.parse()?;
    if !input.is_empty() {
        return Err(input.error("unexpected token after the index: one index in each bracket"));
    }
    Ok(Step { span: expr.span(), mark: word.span(), kind: make(expr) })
}

/// Returns an integer literal, even if wrapped in the group of a `macro_rules!` fragment.
pub(super) fn literal(expr: &Expr) -> Option<LitInt> {
    match expr {
        Expr::Lit(ExprLit { attrs, lit: Lit::Int(literal) }) if attrs.is_empty() => {
            Some(literal.clone())
        }
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}
