// Wrong assumption: a copied `Le<u32>` is a number.
use io_core::prelude::*;

fn len(copied: Le<u32>) -> u32 {
    copied
}

fn main() {}
