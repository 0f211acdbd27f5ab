//! The same tests for system calls, without the handler.

use io_core::fault::{FaultBackend, SystemCalls};
use rustix::param::page_size;

use crate::{
    edge::Loss,
    every_byte::{destination_faults, fill_faults, source_faults},
    memory::{Access, Pages, pattern},
};

#[test]
fn a_source_may_fault_at_every_byte() {
    source_faults::<SystemCalls>(Loss::Access, 1);
}

#[test]
fn a_destination_in_a_file_may_fault_at_every_byte() {
    destination_faults::<SystemCalls>(Loss::File, 0);
}

#[test]
fn a_read_only_destination_may_fault_at_every_byte() {
    destination_faults::<SystemCalls>(Loss::Stores, 13);
}

#[test]
fn a_fill_may_fault_at_every_byte() {
    fill_faults::<SystemCalls>(Loss::Access);
}

/// More pages than the parts of one call, before and after the fault.
#[test]
fn copies_of_many_pages_count_exactly() {
    const PAGES: usize = 40;
    let pages = Pages::new(&[Access::Everything; PAGES + 2]);
    let bytes = pattern(PAGES * page_size());
    let dst = pages.page(1).wrapping_sub(5);
    // SAFETY: the pages are this test's, and the other side is a vector.
    let copied = unsafe { SystemCalls::copy(dst, bytes.as_ptr(), bytes.len()) };
    assert_eq!(copied, bytes.len());
    assert_eq!(pages.bytes(dst, bytes.len()), bytes);

    pages.allow(38, Access::Loads);
    // SAFETY: the pages are this test's.
    let filled = unsafe { SystemCalls::fill(dst, 0x5a, bytes.len()) };
    assert_eq!(filled, 37 * page_size() + 5);
    assert!(pages.bytes(dst, filled).iter().all(|byte| *byte == 0x5a));
    assert_eq!(pages.bytes(pages.page(38), bytes.len() - filled), &bytes[filled..]);
}
