//! The order in which the compiler infers types.
//!
//! The offset of a step is computed on a place whose base type is known only if the compiler checks
//! the step's view first. That order is not specified. These tests contain every kind of function
//! and step, so that they fail with a compiler that changes the order.
//! `cargo +<toolchain> test --test inference` tests another compiler.

use io_core::{
    A4, Error, Loc, OutOfBound, Region,
    backend::{ErrorOf, IoBackend, IoCapable, Output, SysMemBackend},
    layout::{IoLayout, Updatable},
    prelude::*,
};

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
    count: Ro<u32>,
    pair: Pair,
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair(u32, u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    one: Chan,
    chan: [Chan; 3],
    rows: [[u32; 2]; 2],
}

#[derive(IoStruct)]
#[repr(C)]
struct Generic<T, const N: usize> {
    one: T,
    chan: [T; N],
}

/// Each kind of step, expanded in the function under test.
macro_rules! steps {
    ($regs:expr, $i:expr) => {{
        io_write!($regs, .one.ctrl, 1);
        io_update!($regs, .chan[1].ctrl, |v| v + 2);
        io_write!($regs, .chan[build: 1 + 1].pair.0, 3);
        io_write!($regs, .rows[try: $i][try: 0], 5);
        io_write!($regs, .rows[panic: $i][1], 4);
        let part = io_project!($regs, .chan[build: 1..]);
        let one = io_project!(part, [try: 1]);
        io_read!($regs, .one.ctrl)
            + io_read!($regs, .chan[1].ctrl)
            + io_read!(one, .pair.0)
            + io_read!($regs, .rows[try: $i][build: 1])
            + io_project!($regs, .rows[0]).iter().map(|word| word.read_val()).sum::<u32>()
    }};
}

fn concrete_view(regs: SysMem<'_, Regs>, i: usize) -> Result<u32, OutOfBound> {
    Ok(steps!(regs, i))
}

fn impl_io<'a>(
    regs: impl Io<'a, Target = Regs, Backend: Bus32>,
    i: usize,
) -> Result<u32, OutOfBound> {
    Ok(steps!(regs, i))
}

fn where_clause<'a, I>(regs: I, i: usize) -> Result<u32, OutOfBound>
where
    I: Io<'a, Target = Regs>,
    I::Backend: Bus32,
{
    Ok(steps!(regs, i))
}

fn view_of_backend<'a, B: Bus32>(regs: B::View<'a, Regs>, i: usize) -> Result<u32, OutOfBound> {
    Ok(steps!(regs, i))
}

fn some_backend<'a, B: Bus32>(
    regs: impl Io<'a, Target = Regs, Backend = B>,
    i: usize,
) -> Result<u32, OutOfBound> {
    Ok(steps!(regs, i))
}

struct Driver<'a, B: IoBackend> {
    regs: B::View<'a, Regs>,
}

impl<B: Bus32> Driver<'_, B> {
    fn run(&self, i: usize) -> Result<u32, OutOfBound> {
        Ok(steps!(self.regs, i))
    }
}

/// Generic over any backend, including fallible ones.
fn fallible<'a, I>(regs: I) -> Result<u32, ErrorOf<I::Backend>>
where
    I: Io<'a, Target = Regs, Backend: IoCapable<u32>>,
{
    io_try_write!(regs, .chan[0].pair.1, 6)?;
    io_try_update!(regs, .chan[0].pair.1, |v| v + 1)?;
    io_try_read!(regs, .chan[0].pair.1)
}

/// The result is a value or a `Result`, depending on the backend.
fn plain<'a, B: IoCapable<u32>>(regs: impl Io<'a, Target = Regs, Backend = B>) -> Output<B, u32> {
    io_read!(regs, .chan[0].pair.1)
}

fn generic_target<'a, T, const N: usize>(
    regs: impl Io<'a, Target = Generic<T, N>, Backend: Bus32>,
    value: T::Write,
) -> Result<T::Read, OutOfBound>
where
    T: IoLayout + Updatable<Repr = u32>,
{
    io_write!(regs, .chan[try: N - 1], value);
    io_update!(regs, .chan[build: N - 1], |v| v);
    let _one = io_project!(regs, .one);
    Ok(io_read!(regs, .chan[panic: N - 1]))
}

struct Nova;
type Bar = Region<0x10, A4, Nova>;

fn located<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) -> u32 {
    const CHAN: Loc<Bar, Chan> = Loc::at(0);
    let chan = io_project!(bar, build: CHAN);
    io_write!(bar, build: Loc::<_, u32>::at(0x04), 9);
    io_read!(chan, .count)
}

/// The use of the result does not determine the type of the field.
fn result_decides_nothing<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u64 {
    let wide: u64 = io_read!(regs, .one.ctrl).into();
    let (mut numbers, mut last) = (Vec::new(), None);
    for i in 0..3 {
        numbers.push(io_read!(regs, .chan[panic: i].ctrl));
        last = Some(io_read!(regs, .one.ctrl));
    }
    numbers.extend(last);
    wide + numbers.into_iter().map(u64::from).sum::<u64>()
}

fn regs() -> Regs {
    let chan = || Chan { ctrl: 0, count: 0.into(), pair: Pair(0, 0) };
    Regs { one: chan(), chan: [chan(), chan(), chan()], rows: [[0; 2]; 2] }
}

type Run = fn(SysMem<'_, Regs>, usize) -> Result<u32, OutOfBound>;

#[test]
fn types_are_inferred_in_every_kind_of_function() -> Result<(), Error> {
    const SUM: u32 = 1 + 2 + 3 + 4 + (4 + 5);
    let runs: [Run; 6] = [
        concrete_view,
        |regs, i| impl_io(regs, i),
        |regs, i| where_clause(regs, i),
        |regs, i| view_of_backend::<SysMemBackend>(regs, i),
        |regs, i| some_backend(regs, i),
        |regs, i| Driver::<SysMemBackend> { regs }.run(i),
    ];
    for run in runs {
        let mut memory = regs();
        assert_eq!(run(SysMem::from_mut(&mut memory), 0)?, SUM);
        assert!(run(SysMem::from_mut(&mut memory), 2).is_err());
    }
    Ok(())
}

#[test]
fn results_are_inferred_for_any_backend() {
    let mut memory = regs();
    let view = SysMem::from_mut(&mut memory);
    assert_eq!(fallible(view), Ok(7));
    assert_eq!(plain(view), 7);
    memory.one.ctrl = 2;
    assert_eq!(result_decides_nothing(SysMem::from_mut(&mut memory)), 4);
}

#[test]
fn types_are_inferred_for_generic_targets() {
    let mut memory = Generic { one: 1_u32, chan: [2, 3, 4] };
    assert_eq!(generic_target(SysMem::from_mut(&mut memory), 9), Ok(9));
    assert_eq!((memory.one, memory.chan), (1, [2, 3, 9]));
}

#[test]
fn types_are_inferred_for_locations() {
    let mut memory = [0_u8; 0x20];
    let bytes = SysMem::from_mut(&mut memory);
    let bar = bytes.try_region::<Bar>();
    // A byte array may be unaligned; the cast then fails, and nothing is checked.
    if let Ok(bar) = bar {
        assert_eq!(located(bar), 9);
    }
}
