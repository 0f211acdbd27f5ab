//! Mutations of cursors and of simulated faults.

use super::{check::Check, list::Mutation};

const CURSOR: &str = "io-mem/src/vm/cursor.rs";
const READER: &str = "io-mem/src/vm/reader.rs";

pub(super) const ALL: &[Mutation] = &[
    Mutation {
        name: "a cursor moves by the requested length",
        check: Check::Vm,
        because: "faults::faults_of_the_destination_are_counted",
        file: READER,
        find: "    writer.0.advance(done);",
        put: "    writer.0.advance(len);",
    },
    Mutation {
        name: "overlapping copies are not detected",
        check: Check::Vm,
        because: "copies::a_backend_never_receives_overlapping_ranges",
        file: READER,
        find: "if dst.addr().abs_diff(src.addr()) < len {",
        put: "if len == usize::MAX {",
    },
    Mutation {
        name: "the count of the last part is returned for the whole copy",
        check: Check::Vm,
        because: "faults::source_faults_of_overlapping_copies_are_counted",
        file: READER,
        find: "loaded.map_err(|stop| Stop { done: done + stop.done, ..stop })?;",
        put: "loaded?;",
    },
    Mutation {
        name: "a limit has no effect",
        check: Check::Vm,
        because: "positions::a_limit_never_increases_the_remainder",
        file: CURSOR,
        find: "self.0.len = self.0.len.min(max);",
        put: "let _ = max;",
    },
    Mutation {
        name: "a cursor skips past its end",
        check: Check::Vm,
        because: "positions::skip_moves_within_the_remainder",
        file: CURSOR,
        find: "match self.0.check(0, len) {",
        put: "match self.0.check(0, 0) {",
    },
    Mutation {
        name: "an offset wraps around",
        check: Check::Vm,
        because: "objects::transfers_are_complete_or_errors",
        file: CURSOR,
        find: "match offset.checked_add(size) {",
        put: "match Some(offset.wrapping_add(size)) {",
    },
    Mutation {
        name: "words at misaligned addresses are accepted",
        check: Check::Vm,
        because: "atomics::short_and_misaligned_atomics_are_errors",
        file: CURSOR,
        find: "if address.is_multiple_of(align) {",
        put: "if align != 0 {",
    },
    Mutation {
        name: "a value is written past the end",
        check: Check::Vm,
        because: "SIGSEGV",
        file: "io-mem/src/vm/writer.rs",
        find: "        self.0.check(0, size_of::<T>()).map_err(K::Fail::place_error)?;
",
        put: "",
    },
    Mutation {
        name: "a cursor moves although the value faulted",
        check: Check::Vm,
        because: "values::a_faulting_value_does_not_move_the_cursor",
        file: READER,
        find: "            .map_err(|stop| K::Fail::io_error(stop.error))?;",
        put: "            .map_err(|stop| {
                self.0.advance(stop.done);
                K::Fail::io_error(stop.error)
            })?;",
    },
    Mutation {
        name: "an exchange accepts cursors at different addresses",
        check: Check::Vm,
        because: "atomics::cursors_at_different_addresses_are_rejected",
        file: "io-mem/src/vm/atomic.rs",
        find: "if reader.0.ptr.addr() == writer.0.ptr.addr() {",
        put: "if reader.0.len != usize::MAX {",
    },
    Mutation {
        name: "a partial transfer is reported as complete",
        check: Check::Vm,
        because: "objects::transfers_are_complete_or_errors",
        file: "io-mem/src/vm/object.rs",
        find: "go_to_all(&mut writer.0, offset, reader.remain())?;",
        put: "go_to_all(&mut writer.0, offset, 0)?;",
    },
    Mutation {
        name: "a simulated fault is reported at a later byte",
        check: Check::Vm,
        because: "no_fault_mode::copies_and_fills_return_the_fault_immediately",
        file: "io-sim/src/faults.rs",
        find: ".min().unwrap_or(len)",
        put: ".max().unwrap_or(len)",
    },
    Mutation {
        name: "a file copy counts only its last part",
        check: Check::Fault,
        because: "mappings::file_accesses_by_system_calls_count_exactly",
        file: "io-mem/src/vm/file.rs",
        find: "done += part(at).map_err(|error| error.after(done))?;",
        put: "done += part(at)?;",
    },
];
