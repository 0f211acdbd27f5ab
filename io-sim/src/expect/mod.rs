//! Expectations: a simulated device defined by the list of operations that its driver must perform.

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

/// A strict, ordered list of the operations that a driver must perform on a `T`. The method names
/// follow OpenTitan's `mock_mmio`.
///
/// Only [`verify`](Self::verify) and the related methods give a driver a view of it, and they fail
/// if any expected operation is left over, so that none can be missed.
///
/// Values and masks have the type of the field. A field that is accessed in two halves takes two
/// accesses, in the order that its type defines. Bits without a planned value are random, but the
/// same in each run of the test.
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
    /// Creates an empty list: the driver must perform no operation.
    #[inline]
    pub fn new() -> Self {
        Self::seeded(0)
    }

    /// Creates an empty list with other random bits: those of the seed that a failure reported.
    #[inline]
    pub fn seeded(seed: u64) -> Self {
        Self { plan: Vec::new(), seed, block: PhantomData }
    }

    /// Expects a read of the field, which returns `value`.
    pub fn read<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> &mut Self {
        self.reads(word::read::<T, V>(offset(field), value), &[])
    }

    /// Expects a read of the field, which returns this register number (in the byte order of the
    /// field): for values that the field's type cannot represent.
    pub fn read_number<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        number: u64,
    ) -> &mut Self {
        self.reads(word::read_number::<T, V>(offset(field), number), &[])
    }

    /// Expects a read of the field. The bits of `mask` are those of `value`, the others are random:
    /// the driver must ignore them.
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

    /// Expects `times` reads of the field, which return `busy`, and then one that returns `ready`.
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

    /// Expects a write of `value` to the field; [`clear_bits`](io_core::Io::clear_bits) and
    /// [`set_bits`](io_core::Io::set_bits) are writes, too.
    pub fn write<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> &mut Self {
        self.writes(word::written::<T, V>(offset(field), value), &[])
    }

    /// Expects a write to the field. Only the bits of `mask` are compared: they must be those of
    /// `value`.
    pub fn write_masked<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        mask: V::Write,
        value: V::Write,
    ) -> &mut Self {
        let base = offset(field);
        self.writes(word::written::<T, V>(base, value), &word::written::<T, V>(base, mask))
    }

    /// Expects a read of the field and a write of the result in which the bits of `mask` are those
    /// of `value`. The read returns random bits, and the driver must write all other bits back
    /// unchanged.
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

    /// Expects a barrier of exactly this kind.
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

/// Returns the mask of each word: all bits if no mask is given.
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

/// One line for each step; random bits have the values of the first run.
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
