//! Signatures in users' errors are short: a function or an `impl` has at most four type parameters.
//!
//! rustc quotes the function or the `impl` whose bound is not satisfied. The messages of the
//! compile-fail cases show them as a user sees them.

use std::fs;

use crate::{messages, root};

/// The largest number of type parameters, `impl Trait` arguments included.
const LIMIT: usize = 4;

#[test]
fn signatures_in_messages_have_at_most_four_type_parameters() {
    let (mut count, mut offenders) = (0, Vec::new());
    for path in messages() {
        let text = fs::read_to_string(&path).unwrap();
        for signature in signatures(&text) {
            count += 1;
            let parameters = type_parameters(&signature.text);
            if parameters > LIMIT {
                let Signature { line, text } = signature;
                offenders.push(format!(
                    "{}:{line}: {parameters}: {text}",
                    path.strip_prefix(root()).unwrap().display()
                ));
            }
        }
    }
    // There would be fewer if rustc changed the format of its quotes.
    assert!(count >= 50, "only {count} signatures in all messages");
    assert!(offenders.is_empty(), "over {LIMIT} type parameters:\n{}", offenders.join("\n"));
}

/// A function's signature or an `impl` header, as far as a message quotes it.
#[derive(Debug)]
struct Signature {
    /// The line of the message in which it starts.
    line: usize,
    text: String,
}

/// The signatures and `impl` headers of a message, those over several lines joined.
fn signatures(message: &str) -> Vec<Signature> {
    let mut found = Vec::new();
    let mut lines = message.lines().zip(1..).peekable();
    while let Some((text, line)) = lines.next() {
        let Some(start) = quoted(text).and_then(signature) else { continue };
        let mut text = start.to_owned();
        let goes_on = |line: &str| is_in_quote(line) && quoted(line).and_then(signature).is_none();
        while !is_complete(&text)
            && let Some((next, _)) = lines.next_if(|(next, _)| goes_on(next))
        {
            if let Some(code) = quoted(next) {
                text = format!("{text} {code}");
            }
        }
        found.push(Signature { line, text });
    }
    found
}

/// Returns whether a line belongs to a quote: code, marks below it, or a gap.
fn is_in_quote(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    line.starts_with('|') || line == "..."
}

/// The code in a line of a quote, which starts with `14 |` or ` |`.
fn quoted(line: &str) -> Option<&str> {
    let (number, code) = line.split_once('|')?;
    let is_number = number.trim().chars().all(|c| c.is_ascii_digit());
    // Marks of a span over several lines: `/` at its first line, `|` at the others.
    let code = code.trim_start_matches([' ', '|', '/']).trim_end();
    // Any other line contains only marks.
    let is_code = !code.is_empty() && !code.starts_with(['^', '-', '.']) && !code.starts_with("__");
    (is_number && (is_code || code.starts_with("->"))).then_some(code)
}

/// The part of a line of code from the keyword `fn` or `impl`, if one starts an item there.
fn signature(code: &str) -> Option<&str> {
    const BEFORE: [&str; 7] = ["pub", "(crate)", "(super)", "const", "unsafe", "extern", "\"C\""];
    let mut rest = code;
    while let Some(word) = BEFORE.iter().find(|word| rest.starts_with(**word)) {
        rest = rest[word.len()..].trim_start();
    }
    ["fn ", "impl ", "impl<"].iter().any(|keyword| rest.starts_with(keyword)).then_some(rest)
}

/// Returns the generic parameters and, for a function, the arguments, as far as they are quoted.
fn parts(signature: &str) -> (&str, &str) {
    let is_function = signature.starts_with("fn ");
    let start = if is_function { signature.find(['<', '(']) } else { Some("impl".len()) };
    let rest = start.map_or("", |start| &signature[start..]);
    let (generics, rest) = if rest.starts_with('<') { group(rest) } else { ("", rest) };
    (generics, if is_function { group(rest).0 } else { "" })
}

/// The text in the brackets at the start of a text, and the text after them.
fn group(text: &str) -> (&str, &str) {
    let mut depth = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' if before == '-' => {}
            '>' | ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (text.get(1..at).unwrap_or_default(), &text[at + c.len_utf8()..]);
        }
        before = c;
    }
    (text.get(1..).unwrap_or_default(), "")
}

/// Returns whether all brackets of generic parameters and arguments are closed.
fn is_complete(signature: &str) -> bool {
    let depth: i32 = signature
        .replace("->", "")
        .chars()
        .map(|c| i32::from("<(".contains(c)) - i32::from(">)".contains(c)))
        .sum();
    depth <= 0
}

/// The number of type parameters and `impl Trait` arguments.
fn type_parameters(signature: &str) -> usize {
    let (generics, arguments) = parts(signature);
    let (mut count, mut depth, mut parameter) = (0, 0, String::new());
    for c in generics.replace("->", "").chars().chain([',']) {
        depth += i32::from("<([{".contains(c)) - i32::from(">)]}".contains(c));
        if c == ',' && depth == 0 {
            let name = parameter.trim();
            let is_type =
                !name.is_empty() && !name.starts_with('\'') && !name.starts_with("const ");
            count += usize::from(is_type);
            parameter.clear();
        } else {
            parameter.push(c);
        }
    }
    let words = arguments.split(|c: char| c != '_' && !c.is_alphanumeric());
    count + words.filter(|word| *word == "impl").count()
}

#[test]
fn lifetimes_and_const_parameters_are_not_counted() {
    for (signature, count) in [
        ("fn f(self) -> u8", 0),
        ("fn f<'a, I, B: Fn(T, U) -> V, T, const N: usize>(io: I) -> Output<B, ()>", 3),
        ("fn f<T>(a: impl Fn(T) -> u8, b: &impl Io<'a, T>) -> impl Copy", 3),
        ("fn f(a: impl Copy,", 1),
        ("impl<const SIZE: usize, A: RegionAlign, D: ?Sized> Untyped for Region<SIZE, A, D> {}", 2),
        ("impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> Plain for Narrow<T, W> {}", 2),
        ("impl Word for Wide", 0),
    ] {
        assert_eq!(type_parameters(signature), count, "{signature}");
    }
}

#[test]
fn signatures_are_found_in_quotes() {
    let message = "\
error: impl<A, B, C, D, E> is not a quote
 --> ui/case.rs:1:1
   |
14 |     pub fn update<'a, I>(
   |            ------ required by a bound in this function
...
   |     f: impl FnOnce(V) -> V,
   |        ^^^^^^^^^^^^^^^^^^^
   |
10 | / pub(crate) const unsafe fn g<
   | |     T,
   | |_____^ fn
note: fn h<T>() is not a quote
   |
   | unsafe impl<T> Place for Narrow<T> {}
   | ^^^^^^^^^^^^^^^^^^^^^^^ impl
   |     let f: fn(u8) = impl_name(1);
";
    let found = signatures(message);
    let texts: Vec<(usize, &str)> =
        found.iter().map(|signature| (signature.line, &*signature.text)).collect();
    let expected = [
        (4, "fn update<'a, I>( f: impl FnOnce(V) -> V,"),
        (10, "fn g< T,"),
        (15, "impl<T> Place for Narrow<T> {}"),
    ];
    assert_eq!(texts, expected);
    let counts: Vec<usize> = found.iter().map(|found| type_parameters(&found.text)).collect();
    assert_eq!(counts, [2, 1, 1]);
}
