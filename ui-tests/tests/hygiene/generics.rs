//! Blocks with type and constant parameters.

use core::marker::PhantomData;
use io_core::{backend::IoBackend, layout::IoLayout, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Bank<const N: usize = 2> {
    ctrl: u32,
    chan: [u32; N],
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair<T, U: Copy>
where
    U: Default,
{
    first: T,
    second: U,
}

#[derive(IoStruct)]
#[repr(C)]
struct Table<T, const ROWS: usize, const COLUMNS: usize> {
    #[io(at = 0)]
    cells: [[T; COLUMNS]; ROWS],
}

#[derive(IoStruct)]
#[repr(transparent)]
struct Wrapped<T: Clone>(T);

fn last<const N: usize>(bank: SysMem<'_, Bank<N>>) -> u32 {
    io_read!(bank, .chan[build: N - 1])
}

fn swap<'a, T>(pair: impl Io<'a, Target = Pair<T, T>, Backend: Bus32>)
where
    T: IoLayout + Copy + Default + io_core::layout::Updatable<Repr = u32, Read = T>,
{
    let first = io_read!(pair, .first);
    io_write!(pair, .first, io_read!(pair, .second));
    io_write!(pair, .second, first);
}

fn cell<'a, B: Bus32, const R: usize, const C: usize>(
    table: impl Io<'a, Target = Table<Le<u32>, R, C>, Backend = B>,
    row: usize,
    column: usize,
) -> Option<u32> {
    let row = io_project!(table, .cells).get(row)?;
    Some(io_read!(row, [panic: column]))
}

#[test]
fn blocks_may_have_constant_parameters() {
    let mut memory = Bank { ctrl: 1, chan: [2, 3, 4] };
    assert_eq!(last(SysMem::from_mut(&mut memory)), 4);
    assert_eq!(memory.ctrl, 1);
    let mut memory: Bank = Bank { ctrl: 1, chan: [2, 3] };
    assert_eq!(last(SysMem::from_mut(&mut memory)), 3);
}

#[test]
fn blocks_may_have_type_parameters() {
    let mut memory = Pair { first: 1_u32, second: 2_u32 };
    swap(SysMem::from_mut(&mut memory));
    assert_eq!((memory.first, memory.second), (2, 1));
    let mut memory = Wrapped(Wrapped(5_u32).0);
    assert_eq!(io_read!(SysMem::from_mut(&mut memory), .0), 5);
}

#[test]
fn blocks_may_have_type_and_constant_parameters() {
    let mut memory = Table { cells: [[1, 2, 3], [4, 5, 6]].map(|row| row.map(Le::<u32>::new)) };
    let table = SysMem::from_mut(&mut memory);
    assert_eq!(cell(table, 1, 2), Some(6));
    assert_eq!(cell(table, 2, 0), None);
}

/// Parameters of the surrounding function that no field uses must be accepted too.
#[test]
fn macros_work_in_generic_functions() {
    struct Driver<'a, T, B: IoBackend> {
        regs: B::View<'a, Bank>,
        state: PhantomData<T>,
    }

    impl<'a, T, B: Bus32> Driver<'a, T, B> {
        fn ctrl(&self) -> u32 {
            io_read!(self.regs, .ctrl)
        }

        fn chan(&self, i: usize) -> Result<u32, io_core::OutOfBound> {
            Ok(io_read!(self.regs, .chan[try: i]))
        }
    }

    let mut memory = Bank { ctrl: 7, chan: [8, 9] };
    let regs = SysMem::from_mut(&mut memory);
    let driver = Driver::<u8, io_core::backend::SysMemBackend> { regs, state: PhantomData };
    assert_eq!((driver.ctrl(), driver.chan(1)), (7, Ok(9)));
    assert!(driver.chan(2).is_err());
    let Driver { state: PhantomData, .. } = driver;
}
