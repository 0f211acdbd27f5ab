//! The information that the exception handler has, and what it may do other than continue
//! elsewhere.

use io_core::fault::lookup;

use crate::kernel::{
    exceptions::{Diagnosis, watch},
    foreign,
    memory::{self, BUFFER, EDGE, FIRST, PAGE, SECOND, State, set_paging},
};

/// The table does not contain a load that is not io-core's.
pub(super) fn a_foreign_fault_is_not_in_the_table() -> usize {
    SECOND.set(State::Absent);
    assert!(lookup(foreign::access()).is_none(), "a foreign instruction is in the table");
    let (_, faults) = watch(|| foreign::load(EDGE));
    assert!((faults.recovered, faults.foreign) == (0, 1), "{faults:x?}");
    let cause = Diagnosis::Absent { address: EDGE, store: false };
    assert!(faults.last == Some(cause) && faults.pc == foreign::access(), "{faults:x?}");
    SECOND.set(State::Writable);
    SECOND.bytes().set(0..1, |_| 77);
    assert!(watch(|| foreign::load(EDGE)).0 == 77, "the page is present again");
    2
}

/// A row is found by the address of its instruction and by no address next to it, and does not lead
/// back to that instruction.
pub(super) fn a_row_applies_to_one_instruction() -> usize {
    SECOND.set(State::Absent);
    let (result, faults) = watch(|| memory::reader(EDGE, 4).read_once::<u32>());
    assert!(result.is_err() && faults.recovered == 1, "{result:?}, {faults:x?}");
    let landing = lookup(faults.pc).expect("the instruction is in the table");
    assert!(landing != faults.pc, "it would fault endlessly");
    for near in [faults.pc - 1, faults.pc + 1, 0, usize::MAX] {
        assert!(lookup(near).is_none(), "{near:#x} is in the table, as {:#x} is", faults.pc);
    }
    1
}

/// The handler makes the page present and continues at the same instruction: the copy then succeeds
/// like any other.
pub(super) fn a_page_made_present_by_the_handler_is_copied() -> usize {
    let value = |at: usize| (at % 251) as u8;
    FIRST.set(State::Writable);
    FIRST.bytes().set(0..2 * PAGE, value);
    let mut accesses = 0;
    for len in [1, 7, 64, 200, 1000, 4000] {
        for before in [0, len / 8, len / 2, len - 1] {
            SECOND.set(State::Absent);
            BUFFER.set(0..len, |at| !value(PAGE - before + at));
            let mut reader = memory::reader(EDGE - before, len);
            set_paging(true);
            let (result, faults) = watch(|| reader.read_fallible(&mut BUFFER.writer(0..len)));
            set_paging(false);
            assert!(result == Ok(len), "{before} of {len} bytes are accessible: {result:?}");
            assert!((faults.paged, faults.recovered) == (1, 0), "{before} of {len}: {faults:x?}");
            BUFFER.check("the copy", 0..len, |at| value(PAGE - before + at));
            accesses += 1;
        }
    }
    accesses
}
