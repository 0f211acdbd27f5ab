//! Cursors over memory that may fault.
//!
//! A row is one of the contracts of OSTD's `mm::io`: those of its cursors and of its traits. Real
//! faults are the subject of `tests/fault`; here memory faults where a test says so, so all of it
//! runs under Miri as well.

mod atomics;
mod copies;
mod defects;
mod doors;
mod faults;
mod no_fault_mode;
mod objects;
mod once;
mod perverse;
mod places;
mod values;
mod views;
