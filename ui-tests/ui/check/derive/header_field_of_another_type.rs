// Wrong assumption: a field can have another type in the block's stand-in without elements.
use core::marker::PhantomData;

use io_core::{Overlay, prelude::*};

trait Kind {
    type Field;
}

impl<T> Kind for T {
    type Field = Overlay<[u8; 4096]>;
}

impl Kind for Block {
    type Field = PhantomData<()>;
}

#[derive(IoStruct)]
#[repr(C)]
struct Block {
    first: <Block as Kind>::Field,
    tail: [u8],
}

fn main() {}
