//! The tokens that random streams consist of: those of the grammars, and unusual ones.

use proc_macro2::TokenTree;

use crate::text;

/// Words of the macros' grammars.
const OURS: &str = "project loc read write update try_read try_write try_update clear_bits set_bits toggle_bits \
                    build try panic as_array w1c ro \
                    io at size own_bit crate repr C transparent packed align doc offset addr \
                    stride overlay remote gap bits io_struct io_core";

/// Names, ordinary and unusual.
const NAMES: &str = "regs ctrl chan value i N T U u8 i16 u32 u64 usize Le OwnBit Regs Desc Status \
                     r#type r#build r#io r#repr é 数 union auto default raw";

/// Keywords of Rust and other words with a meaning in it.
const KEYWORDS: &str = "_ struct enum pub in const static mut ref fn impl dyn for where as if else match \
                        loop while let return break continue move async await unsafe type use \
                        true false self Self super extern mod trait yield do";

/// Punctuation and lifetimes. A sequence that belongs together is one piece.
const PUNCTUATION: &str = ", ; : :: . .. ..= ... = == => -> < > <= << >> + - * / % ^ ! & && | || \
                           @ # ? ~ += $ 'a 'static '_";

/// Literals, including the limits of their types and values outside of those.
const LITERALS: &str = "0 1 2 3 4 8 255 256 300 0x10 0b1 1_000 00 01 1u32 1usize 3i8 1u 4294967295 \
                        4294967296 18446744073709551615 18446744073709551616 \
                        340282366920938463463374607431768211456 0.1 1.2 1. 0.00 1e5 1.5f32 1.0usize \
                        \"text\" \"0x10\" b\"x\" c\"x\" 'c' b'c' r\"raw\"";

/// Returns every piece; a piece is one or more tokens that are chosen together.
pub(crate) fn pieces() -> Vec<Vec<TokenTree>> {
    let words = [OURS, NAMES, KEYWORDS, PUNCTUATION, LITERALS].map(str::split_whitespace);
    let piece =
        |word| text::tokens(word).expect("every piece of the alphabet is valid Rust").into_iter();
    words.into_iter().flatten().map(|word| piece(word).collect()).collect()
}
