//! Encodes token streams as bytes, one byte for each token.
//!
//! Operations of a fuzzer on bytes (insert, erase, repeat, splice) are therefore operations on
//! tokens. Every sequence of bytes decodes to a stream, and every stream that was written by hand
//! can be encoded, so it can be a seed. `arbitrary::Arbitrary` is not used because it only decodes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::{alphabet, leaves::is, text};

/// The delimiters, opened by the bytes 0 to 3.
const DELIMITERS: [Delimiter; 4] =
    [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace, Delimiter::None];
/// Closes a group.
const CLOSE: u8 = 4;
/// Precedes a length and that many bytes of text.
const TEXT: u8 = 5;
/// The first byte that encodes a piece of the alphabet.
const FIRST: u8 = 6;

/// The maximum nesting depth of groups: Rust parsers are recursive.
const DEPTH: usize = 24;

/// The maximum number of ranges: syn takes exponential time to print nested ranges, which do not
/// occur in real code.
const RANGES: usize = 12;

/// Converts between bytes and tokens.
#[derive(Debug)]
pub struct Coding {
    pieces: Vec<Vec<TokenTree>>,
}

impl Default for Coding {
    fn default() -> Self {
        let pieces = alphabet::pieces();
        assert!(pieces.len() <= usize::from(u8::MAX - FIRST) + 1, "{} pieces", pieces.len());
        Self { pieces }
    }
}

impl Coding {
    /// Returns the tokens that the bytes encode. All bytes are valid.
    pub fn decode(&self, bytes: &[u8]) -> TokenStream {
        let mut open: Vec<(Delimiter, Vec<TokenTree>)> = vec![(Delimiter::None, vec![])];
        let mut bytes = bytes.iter().copied();
        let mut ranges = 0;
        while let Some(byte) = bytes.next() {
            match byte {
                0..CLOSE if open.len() <= DEPTH => {
                    open.push((DELIMITERS[usize::from(byte)], vec![]))
                }
                0..CLOSE => {}
                CLOSE => close(&mut open),
                TEXT => {
                    let length = usize::from(bytes.next().unwrap_or_default());
                    let text: Vec<u8> = bytes.by_ref().take(length).collect();
                    // Without control characters, so that it fits in one line of the corpus.
                    let text = core::str::from_utf8(&text).ok();
                    let text = text.filter(|text| !text.contains(char::is_control));
                    let text = text.filter(|text| !text.contains(".."));
                    let tokens = text.and_then(|text| text.parse().ok());
                    put(&mut open, tokens.into_iter().flat_map(TokenStream::into_iter));
                }
                FIRST.. => {
                    let piece = &self.pieces[usize::from(byte - FIRST) % self.pieces.len()];
                    let dots = piece.iter().filter(|token| is(Some(token), '.')).count();
                    ranges += usize::from(dots > 1);
                    if dots < 2 || ranges <= RANGES {
                        put(&mut open, piece.iter().cloned());
                    }
                }
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        open.into_iter().flat_map(|(_, tokens)| tokens).collect()
    }

    /// Returns bytes that decode to these tokens.
    pub fn encode(&self, tokens: TokenStream) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.encode_into(&tokens.into_iter().collect::<Vec<_>>(), &mut bytes);
        bytes
    }

    fn encode_into(&self, mut tokens: &[TokenTree], bytes: &mut Vec<u8>) {
        while let [token, rest @ ..] = tokens {
            let mut length = 1;
            if let TokenTree::Group(group) = token {
                let opened = DELIMITERS.iter().position(|known| *known == group.delimiter());
                bytes.extend(opened.and_then(|opened| u8::try_from(opened).ok()));
                self.encode_into(&group.stream().into_iter().collect::<Vec<_>>(), bytes);
                bytes.push(CLOSE);
            } else if let Some(found) = self.longest(tokens) {
                bytes.extend(u8::try_from(found).ok().map(|found| FIRST + found));
                length = self.pieces[found].len();
            } else if let (text, Ok(length)) =
                (token.to_string(), u8::try_from(token.to_string().len()))
            {
                bytes.extend([TEXT, length]);
                bytes.extend(text.bytes());
            }
            tokens = &rest[length - 1..];
        }
    }

    /// Returns the longest piece that is a prefix of the tokens.
    fn longest(&self, tokens: &[TokenTree]) -> Option<usize> {
        let fits = |piece: &[TokenTree]| {
            let text = |tokens: &[TokenTree]| text::text(tokens.iter().cloned().collect());
            tokens.get(..piece.len()).is_some_and(|tokens| text(tokens) == text(piece))
        };
        let fitting = (0..self.pieces.len()).filter(|&i| fits(&self.pieces[i]));
        fitting.max_by_key(|&i| self.pieces[i].len())
    }
}

fn put(open: &mut [(Delimiter, Vec<TokenTree>)], tokens: impl Iterator<Item = TokenTree>) {
    if let Some((_, last)) = open.last_mut() {
        last.extend(tokens);
    }
}

/// Closes the innermost group, if one is open.
///
/// A group without delimiters and without content is an empty visibility, which the compiler places
/// before a field only. It is left out, since parsers differ about it elsewhere.
fn close(open: &mut Vec<(Delimiter, Vec<TokenTree>)>) {
    if let [.., _, _] = open[..]
        && let Some((delimiter, tokens)) = open.pop()
    {
        if delimiter == Delimiter::None && tokens.is_empty() {
            return;
        }
        let group = Group::new(delimiter, tokens.into_iter().collect());
        put(open, core::iter::once(group.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_streams_are_encoded_and_decoded() {
        let coding = Coding::default();
        for line in [
            "try_update io_core; regs(1, 'a'), .0.1[try: $(i..=n)].é[3u128], |v| { v << 2 }",
            "#[io(at = 0x10)] #[doc = \"long\"] pub(in crate::x) struct Regs<'a, T: 'static>(&'a [T]);",
            "",
        ] {
            let tokens = text::tokens(line).expect("tokens");
            let bytes = coding.encode(tokens.clone());
            let plain = |tokens| text::text(tokens).replace(' ', "");
            assert_eq!(plain(coding.decode(&bytes)), plain(tokens));
        }
    }

    #[test]
    fn every_byte_sequence_decodes_to_tokens() {
        let coding = Coding::default();
        let said = |bytes: &[u8]| text::text(coding.decode(bytes));
        assert_eq!(said(&[CLOSE, 0, CLOSE, CLOSE, 3, 1]), "() $([])");
        assert_eq!(said(&[TEXT]), "");
        assert_eq!(said(&[TEXT, 3, b'a', b'+', b'1', TEXT, 1, b'(', TEXT, 9, b'b']), "a + 1 b");
        assert_eq!(said(&[TEXT, 3, b'"', b'\n', b'"', TEXT, 3, b'"', b' ', b'"']), "\" \"");
        assert_eq!(said(&[2; 100]).matches('{').count(), DEPTH);
        let range = coding.encode(text::tokens("..=").expect("tokens"));
        assert_eq!(said(&range.repeat(100)).matches("..=").count(), RANGES);
        assert_eq!(said(&[u8::MAX]).split(' ').count(), 1);
    }
}
