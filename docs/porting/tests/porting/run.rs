//! Runs of a driver over memory, with their accesses.

use core::fmt::Debug;

/// Accesses, memory and result of a driver.
#[derive(Debug, PartialEq)]
pub(crate) struct Run<R> {
    /// The accesses in their order, as `load 4 at 0x18`. Empty where they cannot be recorded.
    accesses: Vec<String>,
    /// The memory after the run.
    memory: Vec<u8>,
    result: R,
}

/// Runs a driver over memory with these words at the start.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
fn run<R>(words: &[u32], driver: impl FnOnce(*mut u8) -> R) -> Run<R> {
    use crate::{
        accesses::Kind,
        touches::{Room, Touch, touches},
    };

    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let room = Room::new(bytes.len());
    let place = room.place(0, bytes.len());
    place.slice().copy_from_slice(&bytes);
    let mut result = None;
    let [touched] =
        touches([place], || result = Some(driver(place.ptr()))).expect("known instructions");
    let text = |touch: &Touch| {
        let kind = if touch.kind == Kind::Load { "load" } else { "store" };
        format!("{kind} {} at {:#x}", touch.size, touch.offset)
    };
    let accesses: Vec<String> = touched.iter().map(text).collect();
    assert!(!accesses.is_empty(), "the driver did nothing");
    Run { accesses, memory: place.bytes(), result: result.expect("the driver returned") }
}

/// Runs a driver over memory with these words at the start. The accesses are not recorded.
#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
fn run<R>(words: &[u32], driver: impl FnOnce(*mut u8) -> R) -> Run<R> {
    #[repr(C, align(4096))]
    struct Memory([u8; 4096]);

    let mut memory = Box::new(Memory([0; 4096]));
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    memory.0[..bytes.len()].copy_from_slice(&bytes);
    let ptr = memory.0.as_mut_ptr();
    let result = driver(ptr);
    Run { accesses: Vec::new(), memory: memory.0[..bytes.len()].to_vec(), result }
}

/// Asserts that two drivers do the same over memory with these words at the start, and returns the
/// accesses and the memory, in words.
#[track_caller]
pub(crate) fn same<R: PartialEq + Debug>(
    words: &[u32],
    before: impl FnOnce(*mut u8) -> R,
    after: impl FnOnce(*mut u8) -> R,
) -> (R, Vec<u32>) {
    let (before, after) = (run(words, before), run(words, after));
    assert_eq!(before, after);
    let (words, _) = after.memory.as_chunks::<4>();
    (after.result, words.iter().map(|word| u32::from_le_bytes(*word)).collect())
}

/// Asserts that [`same`] detects differences: the order of two accesses, their width, an additional
/// one.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod tests {
    use super::run;

    fn store<T: Default>(base: *mut u8, offset: usize) {
        let ptr = base.wrapping_add(offset).cast::<T>();
        // SAFETY: the tests pass offsets inside the memory, aligned to the value.
        unsafe { ptr.write_volatile(T::default()) };
    }

    #[test]
    fn runs_with_the_same_memory_and_other_accesses_differ() {
        let expected = run(&[0; 4], |base| {
            store::<u32>(base, 0);
            store::<u32>(base, 4);
        });
        assert_eq!(expected.accesses, ["store 4 at 0x0", "store 4 at 0x4"]);
        let order = run(&[0; 4], |base| {
            store::<u32>(base, 4);
            store::<u32>(base, 0);
        });
        let width = run(&[0; 4], |base| store::<u64>(base, 0));
        let number = run(&[0; 4], |base| {
            store::<u32>(base, 0);
            store::<u32>(base, 4);
            store::<u32>(base, 4);
        });
        for other in [order, width, number] {
            assert_eq!(other.memory, expected.memory);
            assert_ne!(other, expected);
        }
    }
}
