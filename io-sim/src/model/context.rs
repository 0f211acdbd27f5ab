//! The context of a model: internal access to a device, for hooks, callbacks and tests.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::{fmt, marker::PhantomData, time::Duration};

use super::{
    callbacks::CallbackQueue,
    fifo::Queues,
    rejected::Rejected,
    slot::{self, Key, Slot, Storage},
};
use io_core::{IoStruct, IoValue};

use crate::{clock::SimClock, field_addr::FieldAddr, layout_view::LayoutView};

/// Internal access to a [`RegisterModel`](super::RegisterModel) with registers `T` and further
/// state `S`.
///
/// Registers are read and written as by the device itself: regardless of the access kind, and
/// without side effects. Fields are named by [`field!`](crate::field).
///
/// ```
/// use core::time::Duration;
/// use io_core::{prelude::*};
/// use io_sim::{ModelContext, RegisterModel, SimClock, Simulated, field};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Adc { start: Wo<Le<u32>>, ready: Ro<Le<u32>>, sample: Ro<Le<u32>> }
///
/// /// Each conversion returns the next of these values.
/// struct Samples(Vec<u32>);
///
/// fn convert(ctx: &mut ModelContext<Adc, Samples>) {
///     let sample = ctx.state.0.pop().unwrap_or(0);
///     ctx.set(field!(.sample), sample);
///     ctx.set(field!(.ready), 1);
/// }
///
/// let clock = SimClock::new();
/// let model = RegisterModel::<Adc, _>::with_state("adc", Samples(vec![200, 100]))
///     .with_clock(clock.clone())
///     .on_write(field!(.start), |ctx, _| {
///         ctx.set(field!(.ready), 0);
///         ctx.after(Duration::from_micros(7), convert);
///     });
/// let adc = Simulated::<Adc, _>::new(model);
///
/// io_write!(&adc, .start, 1);
/// let limit = Poll::within(Duration::from_millis(1));
/// io_project!(&adc, .ready).poll(&clock, limit, |ready| *ready == 1).unwrap();
/// assert_eq!(io_read!(&adc, .sample), 100);
/// assert_eq!(adc.with(|model| model.context().state.0.len()), 1);
/// ```
pub struct ModelContext<T, S = ()> {
    /// State of the device besides its registers, such as memory that it can access, or counters.
    pub state: S,
    pub(super) storage: Storage,
    pub(super) at_reset: Storage,
    pub(super) fifos: BTreeMap<Key, Queues>,
    /// The write-once registers that were written since the last reset.
    pub(super) written_once: BTreeSet<Key>,
    pub(super) callbacks: CallbackQueue<T, S>,
    pub(super) clock: Option<SimClock>,
    /// The device's time: that of the running callback, or else that of the clock.
    pub(super) time: Duration,
    pub(super) reads: usize,
    pub(super) rejected: Vec<Rejected>,
    pub(super) root: FieldAddr,
    registers: PhantomData<fn() -> T>,
}

impl<T: IoStruct, S> ModelContext<T, S> {
    pub(super) fn new(name: &'static str, state: S) -> Self {
        let storage = Storage::new(size_of::<T>());
        ModelContext {
            state,
            at_reset: storage.clone(),
            storage,
            fifos: BTreeMap::new(),
            written_once: BTreeSet::new(),
            callbacks: CallbackQueue::default(),
            clock: None,
            time: Duration::ZERO,
            reads: 0,
            rejected: Vec::new(),
            root: FieldAddr::root(name, T::FIELDS),
            registers: PhantomData,
        }
    }

    /// Returns the value of a register.
    #[inline]
    pub fn get<V: IoValue>(
        &self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> V::Read {
        self.value_at::<V>(LayoutView::of(field).offset())
    }

    /// Sets the value of a register.
    #[inline]
    pub fn set<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) {
        let offset = LayoutView::of(field).offset();
        slot::numbers::<V>(offset, value, |slot, number| self.storage.store(slot, number));
    }

    /// Sets a register to a number. For an [`Aliased`](io_core::Aliased) register, whose value type
    /// is that of driver writes, this sets what driver reads return.
    #[inline]
    pub fn set_number<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        number: u64,
    ) {
        self.storage.store(slot::single::<V>(LayoutView::of(field).offset()), number);
    }

    /// Returns memory of the device: the bytes of a field, an array or a nested block as they are
    /// stored on a little-endian bus.
    #[inline]
    pub fn bytes<V>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> &mut [u8]
    where
        V: io_core::KnownSize,
    {
        let offset = LayoutView::of(field).offset();
        &mut self.storage.bytes()[offset..][..size_of::<V>()]
    }

    /// Resets all registers, empties the FIFOs and removes all callbacks. The rejected accesses and
    /// the number of reads are kept.
    #[inline]
    pub fn reset(&mut self) {
        self.storage.clone_from(&self.at_reset);
        self.fifos.values_mut().for_each(Queues::clear);
        self.callbacks.clear();
        self.written_once.clear();
    }

    pub(super) fn value_at<V: IoValue>(&self, offset: usize) -> V::Read {
        slot::value::<V>(offset, |slot| self.storage.load(slot))
    }
}

/// FIFOs, from the device's side.
///
/// # Panics
///
/// All methods:
///
/// * The register was not declared by [`fifo`](super::RegisterModel::fifo).
impl<T: IoStruct, S> ModelContext<T, S> {
    /// Appends a value for reads of a FIFO; returns whether there was space.
    #[inline]
    pub fn push<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> bool {
        let slot = slot::single::<V>(LayoutView::of(field).offset());
        self.queues(slot).push(slot.encode::<V>(value))
    }

    /// Appends a number for reads of a FIFO, as [`set_number`](Self::set_number) does for a
    /// register; returns whether there was space.
    #[inline]
    pub fn push_number<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        number: u64,
    ) -> bool {
        self.queues(slot::single::<V>(LayoutView::of(field).offset())).push(number)
    }

    /// Removes the oldest value that was written to a FIFO.
    #[inline]
    pub fn take<V: IoValue>(
        &mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> Option<V::Read> {
        let slot = slot::single::<V>(LayoutView::of(field).offset());
        let number = self.queues(slot).written.pop_front()?;
        Some(V::decode(slot.repr(number)))
    }

    /// Returns the number of values that were pushed and not yet read.
    #[inline]
    pub fn unread<V: IoValue>(
        &self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> usize {
        self.look(slot::single::<V>(LayoutView::of(field).offset())).readable.len()
    }

    /// Returns the number of values that were written and not yet taken.
    #[inline]
    pub fn untaken<V: IoValue>(
        &self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> usize {
        self.look(slot::single::<V>(LayoutView::of(field).offset())).written.len()
    }

    fn look(&self, slot: Slot) -> &Queues {
        self.fifos.get(&slot.key).unwrap_or_else(|| self.no_fifo(slot))
    }

    fn queues(&mut self, slot: Slot) -> &mut Queues {
        if !self.fifos.contains_key(&slot.key) {
            self.no_fifo(slot);
        }
        self.fifos.get_mut(&slot.key).expect("the FIFO exists")
    }

    fn no_fifo(&self, slot: Slot) -> ! {
        panic!("{} is not a FIFO", self.root.value_at(slot.key.offset, slot.key.write_only))
    }
}

impl<T, S: fmt::Debug> fmt::Debug for ModelContext<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ModelContext({}, {:?})", self.root.instance, self.state)
    }
}
