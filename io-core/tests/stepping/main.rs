//! Which bytes are really accessed: the library's code runs one instruction at a
//! time, and every load and store of it is known from the instruction and the
//! registers before it.
//!
//! The proof of "each byte loaded once and stored once, in ascending address
//! order, and nothing else" and of "one access is one access". [`deceits`] shows
//! that what is wrong is seen.

// The trap flag, the layout of the registers and the decoder are x86-64's, the
// signal is Linux'; Miri executes no machine code.
#![cfg(all(not(miri), target_arch = "x86_64", target_os = "linux"))]

mod accesses;
mod bytewise;
mod constant;
mod cursors;
mod deceits;
mod device;
mod rules;
mod single;
mod touches;
mod trap;

/// Unoptimised code is stepped through as well, but takes many steps for little:
/// there each test looks at fewer cases of the same kinds.
const IS_OPTIMISED: bool = cfg!(not(debug_assertions));
