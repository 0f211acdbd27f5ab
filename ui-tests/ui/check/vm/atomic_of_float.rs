// Wrong assumption: any type of four bytes can be accessed atomically.
use io_core::vm::VmReader;

fn load(word: &VmReader<'_>) -> f32 {
    word.atomic_load().unwrap()
}

fn main() {}
