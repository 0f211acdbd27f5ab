//! Expectations: a device that is a list of what its driver must do.

mod diagnosis;
mod explain;
mod mismatch;
mod operation;
mod script;
mod step;
mod table;
mod verify;
mod word;

use alloc::vec::Vec;
use core::{fmt, marker::PhantomData};

pub use diagnosis::Diagnosis;
pub use mismatch::Mismatch;
pub use operation::{AccessEvent, Operation};

use crate::layout_view::LayoutView;
use io_core::{IoStruct, IoValue, barrier::Barrier, layout::Updatable};
use step::Planned;
use word::Word;

/// A strict, ordered list of what a driver must do with a `T`, in the vocabulary
/// of OpenTitan's `mock_mmio`.
///
/// Only [`verify`](Self::verify) and kin give a driver a view of it, and they
/// fail if anything is left over: nothing can be forgotten.
///
/// Values are those of the field's type, masks too; a field in two halves is two
/// accesses, in the order that its type says. Bits that nobody planned are
/// random, but the same in each run of the test.
///
/// ```
/// use io_core::{barrier::Barrier, prelude::*};
/// use io_sim::{Expect, field};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { id: Ro<Le<u32>>, ctrl: Le<u32>, stat: Ro<Le<u32>>, data: Wo<Le<u32>> }
///
/// fn send<'a>(uart: impl Io<'a, Target = Uart, Backend: Bus32>, byte: u8) {
///     assert_eq!(io_read!(uart, .id), 0x11);
///     io_update!(uart, .ctrl, |ctrl| ctrl & !0xf0 | 0x30);
///     while io_read!(uart, .stat) & 1 == 0 {}
///     uart.wmb();
///     io_write!(uart, .data, byte.into());
/// }
///
/// let mut uart = Expect::<Uart>::new();
/// uart.read(field!(.id), 0x11);
/// uart.modify(field!(.ctrl), 0xf0, 0x30);
/// uart.poll(field!(.stat), 3, 0, 1);
/// uart.barrier(Barrier::Wmb);
/// uart.write(field!(.data), 0x41);
/// uart.verify(|dev| send(dev, b'A'));
/// ```
#[must_use = "expectations are checked by `verify`"]
pub struct Expect<T> {
    plan: Vec<Planned>,
    seed: u64,
    block: PhantomData<fn() -> T>,
}

impl<T: IoStruct> Expect<T> {
    /// An empty list: the driver must do nothing.
    #[inline]
    pub fn new() -> Self {
        Self::seeded(0)
    }

    /// The same with other random bits: those that a failure has named.
    #[inline]
    pub fn seeded(seed: u64) -> Self {
        Self { plan: Vec::new(), seed, block: PhantomData }
    }

    /// The driver reads the field and is given `value`.
    pub fn read<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> &mut Self {
        self.reads(word::read::<T, V>(offset(field), value), &[])
    }

    /// The driver reads the field and is given the register with this number in
    /// the field's byte order: for answers that no value of the type stands for.
    pub fn read_number<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        number: u64,
    ) -> &mut Self {
        self.reads(word::read_number::<T, V>(offset(field), number), &[])
    }

    /// The driver reads the field; the bits of `mask` are those of `value`, the
    /// others are random: it must not care about them.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Diagnosis, Expect, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Uart { stat: Ro<Le<u32>> }
    ///
    /// let mut uart = Expect::<Uart>::new();
    /// uart.read_bits(field!(.stat), 0x1, 0x1);
    /// uart.verify(|uart| assert!(io_read!(uart, .stat) & 1 != 0));
    /// ```
    pub fn read_bits<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        mask: V::Write,
        value: V::Write,
    ) -> &mut Self {
        let base = offset(field);
        self.reads(word::read::<T, V>(base, value), &word::read::<T, V>(base, mask))
    }

    /// The driver reads the field `times` times and is given `busy`, then once
    /// more and is given `ready`.
    pub fn poll<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        times: usize,
        busy: V::Write,
        ready: V::Write,
    ) -> &mut Self {
        let base = offset(field);
        let busy = word::read::<T, V>(base, busy);
        for _ in 0..times {
            self.reads(busy.clone(), &[]);
        }
        self.reads(word::read::<T, V>(base, ready), &[])
    }

    /// The driver writes `value` to the field; [`clear`](io_core::Io::clear_bits) and
    /// [`set`](io_core::Io::set_bits) are writes, too.
    pub fn write<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> &mut Self {
        self.writes(word::written::<T, V>(offset(field), value), &[])
    }

    /// The driver writes the field; only the bits of `mask` are looked at, which
    /// must be those of `value`.
    pub fn write_masked<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        mask: V::Write,
        value: V::Write,
    ) -> &mut Self {
        let base = offset(field);
        self.writes(word::written::<T, V>(base, value), &word::written::<T, V>(base, mask))
    }

    /// The driver reads the field and writes it back with the bits of `mask` as
    /// in `value`. It is given random bits, and must bring back all others.
    ///
    /// ```should_panic
    /// use io_core::{prelude::*};
    /// use io_sim::{Expect, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Uart { ctrl: Le<u16> }
    ///
    /// let mut uart = Expect::<Uart>::new();
    /// uart.modify(field!(.ctrl), 0x7, 0x5);
    /// // ctrl: bits 0xfff0 were 0xcda0 and were written as 0x0000: they must be preserved
    /// uart.verify(|uart| io_update!(uart, .ctrl, |ctrl| ctrl & 0x8 | 0x5));
    /// ```
    pub fn modify<V: Updatable>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        mask: V::Write,
        value: V::Write,
    ) -> &mut Self {
        let base = offset(field);
        let reads = word::read_number::<T, V>(base, 0);
        let start = self.plan.len();
        self.plan.extend(reads.iter().map(|word| Planned::Read { word: *word, given: 0 }));

        let (words, masks) =
            (word::written::<T, V>(base, value), word::written::<T, V>(base, mask));
        let returned = word::returned::<V>();
        for ((word, mask), returned) in words.into_iter().zip(masks).zip(returned) {
            let is_its = |read: &Word| read.access.addr == word.access.addr;
            let read = start + reads.iter().position(is_its).unwrap_or(0);
            let mask = mask.access.value;
            let before = self.plan.len() - read;
            self.plan.push(Planned::WriteBack { word, mask, kept: returned & !mask, before });
        }
        self
    }

    /// The driver makes a barrier of exactly this kind.
    pub fn barrier(&mut self, kind: Barrier) -> &mut Self {
        self.plan.push(Planned::Barrier(kind));
        self
    }

    fn reads(&mut self, words: Vec<Word>, masks: &[Word]) -> &mut Self {
        let given = masked(&words, masks);
        let planned = words.into_iter().zip(given);
        self.plan.extend(planned.map(|(word, given)| Planned::Read { word, given }));
        self
    }

    fn writes(&mut self, words: Vec<Word>, masks: &[Word]) -> &mut Self {
        let masks = masked(&words, masks);
        let planned = words.into_iter().zip(masks);
        self.plan.extend(planned.map(|(word, mask)| Planned::Write { word, mask }));
        self
    }
}

/// The mask of each word: all bits where none is given.
fn masked(words: &[Word], masks: &[Word]) -> Vec<u64> {
    let all = |word: &Word| word.access.width.all_ones();
    let mask = |(i, word)| masks.get(i).map_or(all(word), |mask: &Word| mask.access.value);
    words.iter().enumerate().map(mask).collect()
}

fn offset<T: IoStruct, V: IoValue>(
    field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
) -> usize {
    LayoutView::of(field).offset()
}

impl<T: IoStruct> Default for Expect<T> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

/// The steps, one a line; random bits as the first run has them.
impl<T> fmt::Display for Expect<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in step::steps(&self.plan, self.seed).iter().enumerate() {
            write!(f, "{}{step}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl<T> fmt::Debug for Expect<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expect({} steps)", self.plan.len())
    }
}
