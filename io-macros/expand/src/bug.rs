//! Reports a panic in a macro as a bug of the macro, with the information that a bug report needs.

use core::{any::Any, panic::AssertUnwindSafe};
use std::panic;

use proc_macro2::TokenStream;
use quote::quote;

/// The maximum length, in characters, of the input in a report.
const LONGEST: usize = 1000;

/// Expands, and turns a panic into one error at the macro call.
///
/// Nothing else is printed: during an expansion the compiler's own panic hook is silent unless
/// `-Z proc-macro-backtrace` requests backtraces.
pub(crate) fn reported(
    name: impl FnOnce(&TokenStream) -> String,
    input: TokenStream,
    expand: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let said = input.clone();
    // Values alive at the panic are dropped by unwinding, and the macros keep no state.
    panic::catch_unwind(AssertUnwindSafe(|| expand(input)))
        .unwrap_or_else(|panic| report(&name(&said), &said, &*panic))
}

fn report(name: &str, input: &TokenStream, panic: &dyn Any) -> TokenStream {
    let reason = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text.as_str(),
        _ => "no reason given",
    };
    let input = input.to_string();
    let shown = match input.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} […]", &input[..end]),
        None => input,
    };
    let message = format!(
        "`{name}` of io-core panicked: this is a bug of the macro, not of your code; please report \
         it with these lines\npanic: {reason}\ninput: {shown}"
    );
    quote!(::core::compile_error! { #message })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(_: &TokenStream) -> String {
        "io_read!".to_owned()
    }

    /// Returns the message of the only error of an expansion.
    fn message(expansion: TokenStream) -> String {
        let call: syn::ItemMacro = syn::parse2(expansion).expect("one item");
        assert!(call.mac.path.segments.last().is_some_and(|last| last.ident == "compile_error"));
        call.mac.parse_body::<syn::LitStr>().expect("a message").value()
    }

    #[test]
    fn a_panic_becomes_an_error_with_a_bug_report() {
        let panics: [fn(TokenStream) -> TokenStream; 2] =
            [|_| panic!("out of tokens"), |input| panic!("out of {}", input.is_empty())];
        let reasons = ["panic: out of tokens\n", "panic: out of false\n"];
        for (expand, reason) in panics.into_iter().zip(reasons) {
            let message = message(reported(name, quote!(regs, .ctrl), expand));
            assert!(message.contains("`io_read!` of io-core panicked"), "{message}");
            assert!(message.contains("this is a bug"), "{message}");
            assert!(message.contains(reason), "{message}");
            assert!(message.ends_with("input: regs , . ctrl"), "{message}");
        }
    }

    #[test]
    fn a_panic_without_a_reason_is_reported() {
        let expand = |_| panic::panic_any(7_u8);
        let message = message(reported(name, quote!(regs), expand));
        assert!(message.contains("panic: no reason given\n"), "{message}");
    }

    #[test]
    fn a_long_input_is_truncated_between_characters() {
        let long = "é".repeat(2 * LONGEST);
        let message = message(reported(name, quote!(#long), |_| panic!("no")));
        let (_, shown) = message.split_once("input: ").expect("an input");
        assert_eq!(shown.chars().filter(|c| *c == 'é').count(), LONGEST - 1, "{shown}");
        assert!(shown.ends_with("é […]"), "{shown}");
    }

    #[test]
    fn an_expansion_without_a_panic_is_unchanged() {
        let expansion = reported(name, quote!(a + b), |input| quote!(#input + c));
        assert_eq!(expansion.to_string(), "a + b + c");
    }
}
