//! The listings of the book's chapter "Porting": one module for each interface that drivers are
//! ported from, with the same driver `before` and `after`.
//!
//! The tests execute both one instruction at a time and compare their accesses, their results and
//! the memory. Another test compares the listings of the chapter with these files.

#![expect(
    missing_docs,
    missing_debug_implementations,
    reason = "the listings are as short as those of the chapter, which describes the items"
)]

pub mod kernel;
pub mod kernel_registers;
pub mod kernel_views;
pub mod mixed;
pub mod pac;
pub mod raw_pointers;
pub mod safe_mmio;
pub mod svd2rust;
pub mod tock;
pub mod volatile_cell;
