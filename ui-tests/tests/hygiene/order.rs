//! Evaluation order: the view, the indices from left to right with their `?`, the value.

use core::cell::RefCell;
use io_core::{OutOfBound, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Row {
    cells: [u32; 3],
}

#[derive(IoStruct)]
#[repr(C)]
struct Grid {
    rows: [Row; 3],
}

fn grid() -> Grid {
    Grid { rows: [0, 10, 20].map(|n| Row { cells: [n, n + 1, n + 2] }) }
}

/// The events in order.
#[derive(Default)]
struct Log(RefCell<Vec<&'static str>>);

impl Log {
    fn note<T>(&self, what: &'static str, value: T) -> T {
        self.0.borrow_mut().push(what);
        value
    }

    fn take(&self) -> Vec<&'static str> {
        self.0.take()
    }
}

#[test]
fn view_indices_and_value_are_evaluated_in_order() {
    let (mut memory, log) = (grid(), Log::default());
    let view = SysMem::from_mut(&mut memory);
    io_write!(
        log.note("io", view),
        .rows[panic: log.note("row", 1)].cells[panic: log.note("column", 2)],
        log.note("value", 5),
    );
    assert_eq!(log.take(), ["io", "row", "column", "value"]);
    assert_eq!(memory.rows[1].cells[2], 5);
}

#[test]
fn every_expression_is_evaluated_once() {
    let (mut memory, log) = (grid(), Log::default());
    let view = SysMem::from_mut(&mut memory);
    io_update!(
        log.note("io", view),
        .rows[panic: log.note("row", 2)].cells[0],
        log.note("closure", |v| log.note("call", v + 1))
    );
    assert_eq!(log.take(), ["io", "row", "closure", "call"]);
    assert_eq!(memory.rows[2].cells[0], 21);
}

#[test]
fn nothing_is_evaluated_after_an_index_error() {
    fn write(
        view: SysMem<'_, Grid>,
        log: &Log,
        row: usize,
        column: usize,
    ) -> Result<(), OutOfBound> {
        io_write!(
            log.note("io", view),
            .rows[try: log.note("row", row)].cells[try: log.note("column", column)],
            log.note("value", 5)
        );
        Ok(())
    }

    let (mut memory, log) = (grid(), Log::default());
    let view = SysMem::from_mut(&mut memory);
    assert_eq!(write(view, &log, 3, 3), Err(OutOfBound { start: 3, end: 4, len: 3 }));
    assert_eq!(log.take(), ["io", "row"]);
    assert_eq!(write(view, &log, 0, 7), Err(OutOfBound { start: 7, end: 8, len: 3 }));
    assert_eq!(log.take(), ["io", "row", "column"]);
    assert_eq!(write(view, &log, 0, 2), Ok(()));
    assert_eq!(log.take(), ["io", "row", "column", "value"]);
    assert_eq!(memory.rows[0].cells, [0, 1, 5]);
}

#[test]
fn the_value_may_return_from_the_function() {
    fn write(view: SysMem<'_, Grid>, value: Option<u32>) -> Option<()> {
        io_write!(view, .rows[0].cells[0], value?);
        Some(())
    }

    let mut memory = grid();
    let view = SysMem::from_mut(&mut memory);
    assert_eq!(write(view, None), None);
    assert_eq!(io_read!(view, .rows[0].cells[0]), 0);
    assert_eq!(write(view, Some(9)), Some(()));
    assert_eq!(io_read!(view, .rows[0].cells[0]), 9);
}

#[test]
fn the_view_may_break_out_of_a_loop() {
    let mut memory = grid();
    let view = SysMem::from_mut(&mut memory);
    let mut seen = Vec::new();
    for row in 0.. {
        // The user's expressions are outside of generated loops, so `break` refers to the user's
        // loop.
        let row = match row {
            0..3 => row,
            _ => break,
        };
        seen.push(io_read!(
            if row == 1 { continue } else { view },
            .rows[panic: row].cells[panic: if row == 7 { break } else { 0 }]
        ));
    }
    assert_eq!(seen, [0, 20]);
}
