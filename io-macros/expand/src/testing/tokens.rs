//! Random token streams, the same in every run.

use std::panic;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Parses a text into tokens.
pub(crate) fn parse(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Calls `expand` with frames whose `HOLE` is replaced by random tokens of `alphabet`, and with
/// seeds in which some tokens are lost, duplicated, moved or replaced.
pub(crate) fn assert_never_panics<'a>(
    alphabet: &str,
    frames: &[&str],
    seeds: impl Iterator<Item = &'a str>,
    expand: fn(TokenStream) -> TokenStream,
) {
    // The deep suite `fuzz` tries far more.
    const STREAMS: usize = 5_000;
    let alphabet: Vec<_> = parse(alphabet).into_iter().collect();
    let frames: Vec<_> = frames.iter().map(|frame| parse(frame)).collect();
    let seeds: Vec<_> = seeds.map(parse).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for i in 0..STREAMS {
        let stream = if i % 2 == 0 {
            let frame = random.pick(&frames).clone();
            random.filled(frame, &alphabet)
        } else {
            let mut seed = random.pick(&seeds).clone();
            for _ in 0..=random.below(3) {
                seed = random.damaged(seed, &alphabet);
            }
            seed
        };
        let text = stream.to_string();
        let result = panic::catch_unwind(|| expand(stream).to_string());
        assert!(result.is_ok(), "panics on {text}");
    }
}

/// A pseudorandom number generator: xorshift, by Marsaglia.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Returns up to a dozen tokens, with nested groups.
    fn stream(&mut self, alphabet: &[TokenTree], depth: usize) -> TokenStream {
        (0..self.below(12)).map(|_| self.token(alphabet, depth)).collect()
    }

    fn token(&mut self, alphabet: &[TokenTree], depth: usize) -> TokenTree {
        use Delimiter::{Brace, Bracket, None, Parenthesis};

        match (depth, self.below(4)) {
            (1.., 0) => {
                let delimiter = *self.pick(&[Brace, Bracket, None, Parenthesis]);
                Group::new(delimiter, self.stream(alphabet, depth - 1)).into()
            }
            _ => self.pick(alphabet).clone(),
        }
    }

    /// Returns the frame with a random stream in place of each `HOLE`.
    fn filled(&mut self, frame: TokenStream, alphabet: &[TokenTree]) -> TokenStream {
        let fill = |token| match token {
            TokenTree::Ident(word) if word == "HOLE" => self.stream(alphabet, 3),
            TokenTree::Group(group) => {
                let inside = self.filled(group.stream(), alphabet);
                TokenTree::from(Group::new(group.delimiter(), inside)).into()
            }
            token => token.into(),
        };
        frame.into_iter().map(fill).collect()
    }

    /// Returns the stream with one token, in it or in a nested group, lost, duplicated, moved or
    /// replaced, or with its end cut off.
    fn damaged(&mut self, stream: TokenStream, alphabet: &[TokenTree]) -> TokenStream {
        let mut tokens: Vec<_> = stream.into_iter().collect();
        if tokens.is_empty() {
            return self.stream(alphabet, 2);
        }
        let mut at = self.below(tokens.len());
        let groups = |token: &TokenTree| matches!(token, TokenTree::Group(_));
        let groups: Vec<_> = (0..tokens.len()).filter(|&i| groups(&tokens[i])).collect();
        if !groups.is_empty() && self.below(3) > 0 {
            at = *self.pick(&groups);
        }
        match (&tokens[at], self.below(5)) {
            (TokenTree::Group(group), 1..) => {
                let inside = self.damaged(group.stream(), alphabet);
                tokens[at] = Group::new(group.delimiter(), inside).into();
            }
            (_, 0) => drop(tokens.remove(at)),
            (token, 1) => tokens.insert(at, token.clone()),
            (_, 2) => tokens.swap(at, 0),
            (_, 3) => tokens[at] = self.token(alphabet, 2),
            _ => tokens.truncate(at),
        }
        tokens.into_iter().collect()
    }
}
