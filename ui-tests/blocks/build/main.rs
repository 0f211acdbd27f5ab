//! Writes random blocks as Rust source, each with the accesses that a copy must make.
//!
//! The environment variable `IO_BLOCKS_SEED` selects other blocks than the default ones.

mod masks;
mod model;
mod placed;
mod random;
mod source;

use std::path::PathBuf;
use std::{env, fs};

use model::Block;
use placed::{Tail, Woven};
use random::Random;

/// The seed of the blocks that CI compiles.
const SEED: u64 = 13;

/// The number of blocks.
const COUNT: usize = 200;

/// The number of value types with random kinds of bits.
const MASKS: usize = 100;

/// The number of blocks with woven arrays, and of blocks with a trailing slice.
const PLACED: usize = 40;

fn main() {
    println!("cargo::rerun-if-env-changed=IO_BLOCKS_SEED");
    println!("cargo::rerun-if-changed=build");
    let seed = match env::var("IO_BLOCKS_SEED") {
        Ok(text) => text.parse().expect("IO_BLOCKS_SEED must be a number"),
        Err(_) => SEED,
    };
    println!("cargo::rustc-env=IO_BLOCKS_SEED={seed}");
    let mut random = Random::new(seed);
    let mut blocks: Vec<Block> = Vec::new();
    for number in 0..COUNT {
        let block = Block::random(&mut random, number, &blocks);
        blocks.push(block);
    }
    let woven: Vec<_> = (0..PLACED).map(|number| Woven::random(&mut random, number)).collect();
    let tails: Vec<_> = (0..PLACED).map(|number| Tail::random(&mut random, number)).collect();
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let write = |name: &str, source: String| {
        fs::write(folder.join(name), source).expect("OUT_DIR can be written");
    };
    write("blocks.rs", source::of(&blocks, &woven, &tails));
    write("masks.rs", masks::source(&mut random, MASKS));
}
