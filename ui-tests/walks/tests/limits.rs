//! The maximum lengths of the walks of accesses.

// The program supports signal contexts only on x86-64 Linux, and the limits are for unoptimised
// code with debug information.
#![cfg(all(target_os = "linux", target_arch = "x86_64", debug_assertions))]

use std::path::Path;

use io_walks::{Access, Walk};

/// The largest numbers of frames and files of a walk.
#[derive(Debug, Clone, Copy)]
struct Limit {
    frames: usize,
    files: usize,
}

/// The user's function, the macro's function (which finds the field's address), encoding, backend,
/// instruction.
const IO_WRITE: Limit = Limit { frames: 5, files: 5 };

/// The measured functions: the choice of the accesses, the direction, the copy of a device, width,
/// instruction.
const COPY_READ: Limit = Limit { frames: 9, files: 9 };

/// The measured functions: the cursors' transfer, the recovery table, the steps of a copy by its
/// length.
const READ_FALLIBLE: Limit = Limit { frames: 11, files: 7 };

/// The measured functions: up to the backend like a register read, then the bus and the model.
const SIMULATED: Limit = Limit { frames: 9, files: 6 };

fn take(access: Access) -> Walk {
    Walk::take(Path::new(env!("CARGO_BIN_EXE_io-walks")), access).unwrap()
}

fn assert_at_most(access: Access, limit: Limit) {
    let walk = take(access);
    let Limit { frames, files } = limit;
    let is_within = walk.frames.len() <= frames && walk.files() <= files;
    assert!(is_within, "more than {frames} frames or {files} files: {walk}");
}

#[test]
fn io_write_has_a_short_walk() {
    assert_at_most(Access::IoWrite, IO_WRITE);
}

#[test]
fn copy_read_has_a_short_walk() {
    assert_at_most(Access::CopyRead, COPY_READ);
}

#[test]
fn read_fallible_has_a_short_walk() {
    assert_at_most(Access::ReadFallible, READ_FALLIBLE);
}

#[test]
fn a_simulated_read_has_a_short_walk() {
    assert_at_most(Access::Simulated, SIMULATED);
}

/// Otherwise frames are missing, and the counts are too small.
#[test]
fn walks_start_at_the_user_and_end_at_the_instruction_or_model() {
    const USER: &str = "ui-tests/walks/src/accesses.rs";
    for (access, end) in [
        (Access::IoWrite, "io-mem/src/arch/"),
        (Access::CopyRead, "io-mem/src/arch/"),
        (Access::ReadFallible, "io-mem/src/arch/"),
        (Access::Simulated, USER),
    ] {
        let walk = take(access);
        let [first, .., last] = walk.frames.as_slice() else { panic!("one function: {walk}") };
        assert!(first.file == USER && last.file.starts_with(end), "{walk}");
        assert!(walk.frames.iter().all(|frame| !frame.file.is_empty()), "{walk}");
    }
}
