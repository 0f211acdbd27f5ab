//! Cursors over memory that may fault.
//!
//! A row is one requirement of OSTD's `mm::io`, for its cursors or its traits. Real faults are
//! tested in `tests/fault`; here the tests select the memory that faults, so that all of them also
//! run under Miri.

mod adversarial;
mod atomics;
mod contracts;
mod copies;
mod defects;
mod faults;
mod no_fault_mode;
mod objects;
mod once;
mod positions;
mod values;
mod views;
mod views_and_cursors;
