//! Indices of every form, on arrays of arrays and on slices.

use io_core::{OutOfBound, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Grid {
    cells: [[Cell; 3]; 4],
}

#[derive(IoStruct)]
#[repr(C)]
struct Cell {
    value: u8,
}

const LAST: usize = 2;

fn grid() -> Grid {
    let row = |r: u8| [0, 1, 2].map(|c| Cell { value: 10 * r + c });
    Grid { cells: [0, 1, 2, 3].map(row) }
}

fn checked(grid: SysMem<'_, Grid>, row: usize, column: usize) -> Result<u8, OutOfBound> {
    Ok(io_read!(grid, .cells[try: row][try: column].value))
}

fn last_of(rows: SysMem<'_, Grid>, from: usize) -> Option<u8> {
    let rows = io_project!(rows, .cells).get(from..)?;
    rows.iter().map(|row| io_read!(row, [2].value)).last()
}

#[test]
fn elements_are_accessed_by_every_index_form() {
    let mut memory = grid();
    let grid = SysMem::from_mut(&mut memory);
    assert_eq!(io_read!(grid, .cells[3][2].value), 32);
    assert_eq!(io_read!(grid, .cells[build: LAST + 1][build: const { LAST - 1 }].value), 31);
    assert_eq!(io_read!(grid, .cells[0x3][0b1].value), 31);
    assert_eq!(io_read!(grid, .cells[3usize][0].value), 30);
    assert_eq!(io_read!(grid, .cells[panic: LAST][panic: if true { 1 } else { 0 }].value), 21);
    assert_eq!(checked(grid, 1, 2), Ok(12));
    assert_eq!(checked(grid, 4, 0), Err(OutOfBound { start: 4, end: 5, len: 4 }));
    assert_eq!(checked(grid, 0, 3), Err(OutOfBound { start: 3, end: 4, len: 3 }));
    assert_eq!((last_of(grid, 1), last_of(grid, 4), last_of(grid, 5)), (Some(32), None, None));
}

#[test]
fn ranges_are_projected_by_every_policy() -> Result<(), OutOfBound> {
    let mut memory = grid();
    let grid = SysMem::from_mut(&mut memory);
    assert_eq!(io_project!(grid, .cells[build: 1..3]).len(), 2);
    assert_eq!(io_project!(grid, .cells[build: 1..=LAST]).len(), 2);
    assert_eq!(io_project!(grid, .cells[build: 1..]).len(), 3);
    assert_eq!(io_project!(grid, .cells[build: ..3]).len(), 3);
    assert_eq!(io_project!(grid, .cells[build: ..=3]).len(), 4);
    assert_eq!(io_project!(grid, .cells[build: ..]).len(), 4);
    assert_eq!(io_project!(grid, .cells[try: 4..]).len(), 0);
    assert_eq!(io_project!(grid, .cells[panic: ..LAST]).len(), 2);
    assert_eq!(io_read!(grid, .cells[build: 1..3][try: 1][2].value), 22);
    assert_eq!(io_read!(grid, .cells[try: 2..][panic: ..=1][try: 1][0].value), 30);
    Ok(())
}

#[test]
fn an_index_can_be_the_first_step() -> Result<(), OutOfBound> {
    let mut memory = grid();
    let cells = io_project!(SysMem::from_mut(&mut memory), .cells);
    io_write!(cells, [1][2].value, 7);
    assert_eq!(io_read!(cells, [panic: 1][try: 2].value), 7);
    let row: SysMem<'_, [Cell]> = io_project!(cells, [0][build: ..]);
    assert_eq!(io_read!(row, [try: 1].value), 1);
    Ok(())
}

/// Longer than the longest pattern that type checking uses.
#[test]
fn literal_indices_above_254_are_accepted() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Long {
        bytes: [u8; 0x400],
    }

    let mut memory = Long { bytes: [0; 0x400] };
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .bytes[254], 1);
    io_write!(view, .bytes[255], 2);
    io_write!(view, .bytes[256], 3);
    io_write!(view, .bytes[0x3ff], 4);
    assert_eq!(memory.bytes[254..=256], [1, 2, 3]);
    assert_eq!(memory.bytes[0x3ff], 4);
}

/// Reserved bytes cannot be copied alone, but as a part of their block.
#[test]
fn reserved_bytes_are_copied_with_their_block() {
    use zerocopy::{FromBytes, Immutable, IntoBytes};

    #[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
    #[repr(C)]
    struct Spaced {
        a: u16,
        _pad: Reserved<2>,
        rest: [Reserved<2>; 3],
        b: [u16; 1],
    }

    let mut memory = Spaced { a: 0, _pad: Reserved::ZERO, rest: [Reserved::ZERO; 3], b: [0] };
    let view = SysMem::from_mut(&mut memory);
    view.copy_write(Spaced { a: 1, b: [2], ..view.copy_read() });
    let copied = view.copy_read();
    assert_eq!((copied.a, copied.b, copied.rest), (1, [2], [Reserved::ZERO; 3]));
}
