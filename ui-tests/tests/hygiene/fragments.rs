//! Paths and expressions that come from a user's own `macro_rules!`.

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
    pair: Pair,
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair(u16, u16);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [Chan; 3],
}

macro_rules! chan {
    ($io:expr, [$i:literal].$field:ident) => {
        io_read!($io, .chan[$i].$field)
    };
    ($io:expr, [$i:literal].$field:ident = $value:expr) => {
        io_write!($io, .chan[$i].$field, $value)
    };
    ($io:expr, $policy:ident[$i:expr].$field:ident) => {
        io_read!($io, .chan[$policy: $i].$field)
    };
    ($io:expr, try [$i:expr].$field:ident) => {
        io_read!($io, .chan[try: $i].$field)
    };
}

macro_rules! by_token {
    ($io:tt, $i:tt, $field:tt) => {
        io_read!($io, .chan[$i].$field)
    };
    ($io:tt, $i:tt, $field:tt, $member:tt) => {
        io_read!($io, .chan[$i].$field.$member)
    };
}

macro_rules! by_path {
    ($io:ident, $($path:tt)+) => {
        io_read!($io, $($path)+)
    };
}

macro_rules! update {
    ($io:expr, $i:expr, $f:expr) => {
        io_update!($io, .chan[panic: $i].ctrl, $f)
    };
}

macro_rules! range {
    ($io:expr, $from:literal, $to:expr) => {
        io_project!($io, .chan[build: $from..$to]).len()
    };
}

macro_rules! block {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $ty:ty $(= $at:expr)?),+ $(,)? }) => {
        #[derive(IoStruct)]
        #[repr(C)]
        $(#[$meta])*
        struct $name {
            $($(#[io(at = $at)])? $field: $ty,)+
        }
    };
}

macro_rules! newtype {
    ($name:ident($inner:ty)) => {
        #[derive(IoValue)]
        #[repr(transparent)]
        struct $name($inner);
    };
}

const WORD: usize = 4;

block! {
    #[io(size = 3 * WORD)]
    Generated { ctrl: Ctrl = 0, status: Ro<u32> = WORD, data: u32 = 2 * WORD }
}
newtype!(Ctrl(u32));

fn regs() -> Regs {
    Regs { chan: [0, 10, 20].map(|n| Chan { ctrl: n, pair: Pair(n as u16 + 1, n as u16 + 2) }) }
}

fn checked(regs: SysMem<'_, Regs>, i: usize) -> Result<u32, io_core::Error> {
    Ok(chan!(regs, try [i + 1].ctrl))
}

#[test]
fn fragments_can_be_steps_and_indices() -> Result<(), io_core::Error> {
    let mut memory = regs();
    let regs = SysMem::from_mut(&mut memory);
    assert_eq!(chan!(regs, [1].ctrl), 10);
    chan!(regs, [1].ctrl = 3 + 4);
    assert_eq!(chan!(regs, build[WORD - 3].ctrl), 7);
    assert_eq!(chan!(regs, panic[2].ctrl), 20);
    assert_eq!(checked(regs, 1)?, 20);
    assert!(checked(regs, 2).is_err());
    assert_eq!(by_token!(regs, 2, ctrl), 20);
    assert_eq!(by_token!(regs, 2, pair, 1), 22);
    assert_eq!(by_path!(regs, .chan[1].pair.0), 11);
    update!(regs, 2, |v| v + 1);
    assert_eq!(by_path!(regs, .chan[build: 2].ctrl), 21);
    assert_eq!(range!(regs, 1, WORD - 1), 2);
    Ok(())
}

#[test]
fn derives_accept_fragments() {
    let mut memory = Generated { ctrl: Ctrl(1), status: 2.into(), data: 3 };
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .ctrl, Ctrl(4));
    assert_eq!(io_read!(view, .ctrl).0 + io_read!(view, .status) + io_read!(view, .data), 9);
}

macro_rules! whole_block {
    ($(#[$meta:meta])* $vis:vis $name:ident, $i:expr, $len:expr, $ty:ty) => {
        #[io_struct(size = $len * 16)]
        $(#[$meta])*
        #[derive(Default)]
        $vis struct $name {
            #[io(at = 0)]
            $vis a: [u8; $len * 2],
            #[io(at = $i * 4)]
            $vis b: $ty,
            #[io(at = 4 * $i + 4, stride = $len * 1)]
            $vis c: [[u8; $len * 1]; 2],
        }
    };
}

whole_block!(#[doc = "A block."] pub(crate) Sparse, 1 + 1, 1 + 1, Le<u32>);

macro_rules! derived {
    ($name:ident, $at:expr, $n:expr, $len:expr) => {
        #[derive(IoStruct)]
        #[io(size = $len * 2)]
        #[repr(C)]
        struct $name {
            a: [u32; $n * 2],
            #[io(at = $at * 8)]
            b: u32,
            _pad: Reserved<{ $n * 2 }>,
        }
    };
}

derived!(Derived, 1 + 1, 1 + 1, 8 + 4);

#[test]
fn offsets_and_lengths_in_attributes_are_operands() {
    let place = |name| Sparse::FIELDS.iter().find(|f| f.name == name).map(|f| (f.offset, f.size));
    assert_eq!((place("a"), place("b"), place("c")), (Some((0, 4)), Some((8, 4)), Some((12, 4))));
    assert_eq!(size_of::<Sparse>(), 32);
    let mut memory = Derived { a: [1, 2, 3, 4], b: 5, _pad: Reserved::ZERO };
    let view = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(view, .a[3]), io_read!(view, .b), size_of::<Derived>()), (4, 5, 24));
}

macro_rules! operands {
    (place $io:expr, $i:expr) => {
        io_project!($io, .a[build: $i * 2]).read_val()
    };
    (write $io:expr, $i:expr, $mask:expr) => {
        io_write!($io, .a[panic: $i * 2], !$mask)
    };
    (try $io:expr, $i:expr, $value:expr) => {
        (|| -> Result<(), io_core::Error> {
            io_try_write!($io, .a[try: $i * 2], $value * 1)?;
            Ok(())
        })()
    };
    (update $io:expr, $shift:expr, $mask:expr) => {
        io_update!($io, .a[panic: $shift * 2], |v| v << $shift - 1 & !$mask)
    };
    (closure $io:expr, $f:expr) => {
        io_update!($io, .a[0], |v| ($f)(v) * 2)
    };
    (nested $io:expr, $a:expr, $b:expr) => {
        io_write!($io, .a[0], product!($a * 2, $b * 3) + product!($a, product!($b * 2, 1)))
    };
    (block $io:expr, $a:block) => {
        io_update!($io, .a[0], |_| { $a * 2 })
    };
    (negative $io:expr, $number:literal) => {
        io_write!($io, .a[0], $number.abs() as u32 * 3)
    };
    (type $io:expr, $ty:ty) => {
        io_write!($io, .a[0], $ty::LEN)
    };
    (pattern $io:expr, $pattern:pat) => {
        io_update!($io, .a[0], |v| match v {
            $pattern => 100,
            _ => 0,
        })
    };
}

macro_rules! product {
    ($a:expr, $b:expr) => {
        $a * $b
    };
}

/// A length that is not a plain path, so that `$ty::LEN` requires `<$ty>::LEN`.
trait Len {
    const LEN: u32;
}

impl<T, const N: usize> Len for [T; N] {
    const LEN: u32 = N as u32;
}

impl<T, U: Len> Len for (T, U) {
    const LEN: u32 = U::LEN;
}

#[derive(IoStruct)]
#[repr(C)]
struct Words {
    a: [u32; 8],
}

#[test]
fn expressions_in_steps_and_values_are_operands() {
    let mut memory = Words { a: [0, 1, 2, 3, 4, 5, 6, 7] };
    let words = SysMem::from_mut(&mut memory);
    assert_eq!(operands!(place words, 1 + 1), 4);
    operands!(write words, 1 + 1, 1 | 2);
    assert_eq!(io_read!(words, .a[4]), !3);
    operands!(try words, 1 + 1, 5).unwrap();
    assert_eq!(io_read!(words, .a[4]), 5);
}

#[test]
fn expressions_in_closures_and_nested_calls_are_operands() {
    let mut memory = Words { a: [1, 2, 3, 4, 5, 6, 7, 8] };
    let words = SysMem::from_mut(&mut memory);
    operands!(update words, 1 + 1, 1 | 4);
    assert_eq!(io_read!(words, .a[4]), (5 << 1) & !(1 | 4));
    operands!(closure words, |v| v + 1);
    assert_eq!(io_read!(words, .a[0]), 4);
    operands!(nested words, 1 + 1, 2 + 3);
    assert_eq!(io_read!(words, .a[0]), (2 * 2) * (5 * 3) + 2 * (5 * 2));
    operands!(block words, { 4 });
    assert_eq!(io_read!(words, .a[0]), 8);
    operands!(negative words, -3_i32);
    assert_eq!(io_read!(words, .a[0]), 9);
}

#[test]
fn types_before_a_path_separator_are_one_type() {
    let mut memory = Words { a: [0; 8] };
    let words = SysMem::from_mut(&mut memory);
    operands!(type words, [u8; 3]);
    assert_eq!(io_read!(words, .a[0]), 3);
    operands!(type words, (u16, [u32; 2]));
    assert_eq!(io_read!(words, .a[0]), 2);
}

#[test]
fn patterns_keep_their_alternatives() {
    let mut memory = Words { a: [3; 8] };
    let words = SysMem::from_mut(&mut memory);
    operands!(pattern words, 1 | 3);
    assert_eq!(io_read!(words, .a[0]), 100);
    operands!(pattern words, 4..=7 | 200);
    assert_eq!(io_read!(words, .a[0]), 0);
}
