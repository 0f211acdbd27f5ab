//! Comments drawn at random, for a reader.

use super::texts::{Kind, Text};

/// Prints `count` comments. The same seed draws the same ones from the same sources.
pub(super) fn print(texts: &[Text], count: usize, seed: u64) {
    let comments = comments(texts);
    for block in drawn(&comments, count, seed) {
        println!("\n{}:{}", block[0].path, block[0].line);
        for text in block {
            println!("    {}", text.text);
        }
    }
}

/// Returns consecutive lines of comments as blocks.
fn comments(texts: &[Text]) -> Vec<&[Text]> {
    let is_comment = |text: &Text| matches!(text.kind, Kind::Documentation | Kind::Comment);
    let follows = |a: &Text, b: &Text| a.kind == b.kind && a.path == b.path && a.line + 1 == b.line;
    texts.chunk_by(follows).filter(|block| is_comment(&block[0])).collect()
}

/// Draws blocks without repetition.
fn drawn<'a>(blocks: &[&'a [Text]], count: usize, seed: u64) -> Vec<&'a [Text]> {
    let mut rest = blocks.to_vec();
    let mut state = seed;
    let mut drawn = Vec::new();
    while drawn.len() < count && !rest.is_empty() {
        let index = next(&mut state) % rest.len() as u64;
        drawn.push(rest.swap_remove(usize::try_from(index).unwrap_or(0)));
    }
    drawn
}

/// The next number of the generator SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::super::texts::of_file;
    use super::*;

    #[test]
    fn consecutive_lines_are_one_comment() {
        let texts = of_file("a.rs", "// One\n// more\n\n// Two\n/// Three\nstruct S;\n").unwrap();
        let sizes: Vec<usize> = comments(&texts).iter().map(|block| block.len()).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }

    #[test]
    fn a_seed_draws_the_same_comments_without_repetition() {
        let source: String = (0..20).map(|i| format!("// {i}\n\n")).collect();
        let texts = of_file("a.rs", &source).unwrap();
        let blocks = comments(&texts);
        let lines = |seed| -> Vec<usize> {
            drawn(&blocks, 20, seed).iter().map(|block| block[0].line).collect()
        };
        assert_eq!(lines(1), lines(1));
        assert_ne!(lines(1), lines(2));
        let mut sorted = lines(1);
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 20);
    }
}
