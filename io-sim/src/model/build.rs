//! The builder of a register model: behaviour of registers beyond their types.

use alloc::{boxed::Box, sync::Arc};

use spin::Mutex;

use super::{
    Fifo, Interrupt, ModelContext, RegisterModel,
    device::Line,
    fifo::Queues,
    rule::{Bits, Effect},
    slot::{self, Slot},
};
use io_core::{IoStruct, IoValue, KnownSize};

use crate::{clock::SimClock, layout_view::LayoutView};

/// Description of the device. Fields are named by [`field!`](crate::field).
impl<T: IoStruct, S> RegisterModel<T, S> {
    /// Sets the clock that [`after`](ModelContext::after) uses.
    #[inline]
    #[must_use]
    pub fn with_clock(mut self, clock: SimClock) -> Self {
        self.context.clock = Some(clock);
        self
    }

    /// Sets the number of consecutive reads of one register, with the same result and without time
    /// passing, at which the model panics because the poll would never end. 1,000,000 by default.
    #[inline]
    #[must_use]
    pub fn max_polls(mut self, reads: usize) -> Self {
        self.poll_limit.max_polls = reads;
        self
    }

    /// Sets the value that a read of an address without a readable register returns, instead of all
    /// ones (0 for a write-only register). Bits beyond the width are dropped.
    #[inline]
    #[must_use]
    pub fn unmapped_read_value(mut self, number: u64) -> Self {
        self.unmapped_read_value = Some(number);
        self
    }

    /// Sets the value of a register at creation and after [`ModelContext::reset`]; 0 by default.
    #[inline]
    #[must_use]
    pub fn reset<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        value: V::Write,
    ) -> Self {
        slot::numbers::<V>(LayoutView::of(field).offset(), value, |slot, number| {
            self.context.storage.store(slot, number);
            self.context.at_reset.store(slot, number);
        });
        self
    }

    /// Declares bits that writes do not change.
    #[inline]
    #[must_use]
    pub fn read_only_bits<V: IoValue>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
    ) -> Self {
        self.bits::<V>(field, bits, |rule, bits| rule.read_only |= bits)
    }

    /// Declares bits that writes do not change and that read as zero.
    #[inline]
    #[must_use]
    pub fn reserved_bits<V: IoValue>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
    ) -> Self {
        self.bits::<V>(field, bits, |rule, bits| rule.reserved |= bits)
    }

    /// Declares bits that writes do not change and that read as one.
    #[inline]
    #[must_use]
    pub fn reserved_ones<V: IoValue>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
    ) -> Self {
        self.bits::<V>(field, bits, |rule, bits| {
            rule.reserved |= bits;
            rule.reserved_value |= bits;
        })
    }

    /// Declares bits that are cleared by writing one, in a register whose other bits behave as its
    /// type declares.
    #[inline]
    #[must_use]
    pub fn clear_bits<V: IoValue>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
    ) -> Self {
        self.bits::<V>(field, bits, |rule, bits| rule.clear |= bits)
    }

    /// Declares bits that are set by writing one, in a register whose other bits behave as its type
    /// declares.
    #[inline]
    #[must_use]
    pub fn set_bits<V: IoValue>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
    ) -> Self {
        self.bits::<V>(field, bits, |rule, bits| rule.set |= bits)
    }

    /// Ones written to `field` clear the same bits of `target`.
    ///
    /// By default, a [`WoW1c`](io_core::WoW1c) register clears bits of the readable register at the
    /// same offset.
    #[inline]
    #[must_use]
    pub fn clears<V: IoValue, U: IoValue<Repr = V::Repr>>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        target: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, U>,
    ) -> Self {
        self.effect::<V, U>(field, target, Effect::Clear)
    }

    /// Ones written to `field` set the same bits of `target`.
    ///
    /// By default, a [`WoW1s`](io_core::WoW1s) register sets bits of the readable register at the
    /// same offset.
    #[inline]
    #[must_use]
    pub fn sets<V: IoValue, U: IoValue<Repr = V::Repr>>(
        self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        target: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, U>,
    ) -> Self {
        self.effect::<V, U>(field, target, Effect::Set)
    }

    /// The register accepts writes only while the condition is true; other writes are rejected.
    #[inline]
    #[must_use]
    pub fn takes_writes_if<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        condition: impl Fn(&ModelContext<T, S>) -> bool + Send + Sync + 'static,
    ) -> Self {
        let (offset, condition) = (LayoutView::of(field).offset(), Arc::new(condition));
        for word in 0..slot::words::<V>() {
            let key = Slot::of::<V>(offset, word).key;
            self.rules.entry(key).or_default().open.push(condition.clone());
        }
        self
    }

    /// Declares the register as the port of a FIFO, which [`ModelContext::push`] fills and
    /// [`ModelContext::take`] empties.
    ///
    /// Only registers of a single access: a [`LoHi`](io_core::LoHi) does not compile.
    #[inline]
    #[must_use]
    pub fn fifo<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        fifo: Fifo,
    ) -> Self {
        let key = slot::single::<V>(LayoutView::of(field).offset()).key;
        self.context.fifos.insert(key, Queues::new(fifo));
        self
    }

    /// Declares the bytes of a field, an array or a nested block as memory: aligned accesses of all
    /// widths are allowed, whatever the type declares. The model reaches the bytes by
    /// [`ModelContext::bytes`].
    #[inline]
    #[must_use]
    pub fn memory<V: KnownSize>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
    ) -> Self {
        let start = LayoutView::of(field).offset();
        self.memory.push(start..start + size_of::<V>());
        self
    }

    /// Runs `hook` after each write. It receives the written value; the register already has its
    /// new value.
    ///
    /// For [`LoHi`](io_core::LoHi) and [`HiLo`](io_core::HiLo) it runs after the second access and
    /// receives the whole value. A write-only value of an [`Aliased`](io_core::Aliased) register is
    /// decoded as the type that reads return.
    #[inline]
    #[must_use]
    pub fn on_write<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        mut hook: impl FnMut(&mut ModelContext<T, S>, V::Read) + Send + 'static,
    ) -> Self {
        let offset = LayoutView::of(field).offset();
        let slot = Slot::of::<V>(offset, slot::last_word::<V>());
        let whole = slot::words::<V>() == 1;
        self.rules.entry(slot.key).or_default().on_write.push(Box::new(move |ctx, number| {
            let value =
                if whole { V::decode(slot.repr(number)) } else { ctx.value_at::<V>(offset) };
            hook(ctx, value);
        }));
        self
    }

    /// Runs `hook` for each read. It receives the value that would be returned, and returns the
    /// value to use instead.
    ///
    /// For [`LoHi`](io_core::LoHi) and [`HiLo`](io_core::HiLo) it runs for each of the two accesses
    /// and receives the whole value.
    #[inline]
    #[must_use]
    pub fn on_read<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        hook: impl FnMut(&mut ModelContext<T, S>, V::Read) -> V::Write + Send + 'static,
    ) -> Self {
        let (offset, hook) = (LayoutView::of(field).offset(), Arc::new(Mutex::new(hook)));
        for word in 0..slot::words::<V>() {
            let (slot, hook) = (Slot::of::<V>(offset, word), hook.clone());
            let answer = move |ctx: &mut ModelContext<T, S>, number| {
                let given = slot::value::<V>(offset, |part| {
                    if part == slot { number } else { ctx.storage.load(part) }
                });
                let (value, mut answer) = (hook.lock()(ctx, given), number);
                slot::numbers::<V>(offset, value, |part, number| {
                    if part == slot {
                        answer = number;
                    }
                });
                answer
            };
            self.rules.entry(slot.key).or_default().on_read.push(Box::new(answer));
        }
        self
    }

    /// The device raises `line` while the condition is true. The condition is evaluated after each
    /// access and each call of [`context`](Self::context).
    #[inline]
    #[must_use]
    pub fn interrupts_while(
        mut self,
        line: &Interrupt,
        condition: impl Fn(&ModelContext<T, S>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.lines.push(Line { line: line.clone(), raised: Arc::new(condition) });
        self
    }

    fn bits<V: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        bits: V::Write,
        change: impl Fn(&mut Bits, u64),
    ) -> Self {
        slot::numbers::<V>(LayoutView::of(field).offset(), bits, |slot, number| {
            change(&mut self.rules.entry(slot.key).or_default().bits, number);
        });
        self
    }

    fn effect<V: IoValue, U: IoValue>(
        mut self,
        field: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, V>,
        target: impl FnOnce(LayoutView<'static, T>) -> LayoutView<'static, U>,
        effect: fn(Slot) -> Effect,
    ) -> Self {
        const { assert!(slot::words::<V>() == slot::words::<U>(), "the widths must be equal") };
        let (field, target) = (LayoutView::of(field).offset(), LayoutView::of(target).offset());
        for word in 0..slot::words::<V>() {
            let rule = self.rules.entry(Slot::of::<V>(field, word).key).or_default();
            rule.effects.push(effect(Slot::of::<U>(target, word)));
        }
        self
    }
}
