//! The builder for rules that types cannot express.

use alloc::vec::Vec;
use core::{fmt, marker::PhantomData};

use super::{
    Checker,
    rule::{Array, FieldPattern, Rule, RuleKind, RuleSet},
};
use io_core::{
    IoBase, IoStruct,
    layout::{FieldInfo, FieldLayout, IoLayout},
};

use crate::{layout_view::LayoutView, traced::TracedView};

/// Requirements of the data sheet for a block beyond its types. [`watch`](Self::watch) returns the
/// checked view.
///
/// Fields are named as `field!(.chan[2].ctrl)`. Masks and numbers are those that a driver sees, in
/// the byte order of the field. A rule for an array of values applies to each of them;
/// [`every`](Self::every) adds rules for each block of an array.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::{Checker, field};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Port { status: Le<u32>, power: Le<u32> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Host { ctrl: Le<u32>, ring: LoHi<Le<DmaAddr>>, ports: [Port; 2] }
///
/// # let mut memory = [0_u32; 7];
/// # memory[3] = 0x2_0001_u32.to_le();
/// # // SAFETY: the exclusive borrow of `memory` covers a `Host`.
/// # let host = unsafe { SysMem::new(memory.as_mut_ptr().cast::<Host>()) };
/// let checker = Checker::collecting();
/// let host = checker
///     .device::<Host>("host")
///     .reserved(field!(.ctrl), 0xff00)
///     .dma_mask(field!(.ring), 36)
///     .every(field!(.ports), |port| port.w1c_bits(field!(.status), 0xfe_0000))
///     .watch(host);
///
/// io_write!(host, .ctrl, 0x8001);
/// io_write!(host, .ring, DmaAddr::new(1 << 36));
/// io_update!(host, .ports[0].status, |status| status | 0x10);
///
/// assert_eq!(checker.violations().iter().map(ToString::to_string).collect::<Vec<_>>(), [
///     "WR host.ctrl 32: the reserved bits 0x8000 are set",
///     "WR host.ring.hi 32: the device has 36 address bits: it cannot reach 0x1000000000",
///     "WR host.ports[0].status 32: read-modify-write of a write-one-to-clear register would \
///      clear pending 0x20000 as well",
/// ]);
/// ```
#[must_use = "rules apply to the view that `watch` returns"]
pub struct Rules<'a, Spec: ?Sized> {
    checker: &'a Checker,
    instance: &'static str,
    fields: &'static [FieldInfo],
    set: RuleSet,
    /// The start of the `Spec`, and the arrays of which it is an element.
    start: FieldPattern,
    spec: PhantomData<fn(&Spec)>,
}

impl<'a, Spec: ?Sized> Rules<'a, Spec> {
    pub(super) fn new(
        checker: &'a Checker,
        instance: &'static str,
        fields: &'static [FieldInfo],
    ) -> Self {
        let start =
            FieldPattern { at: 0, layout: FieldLayout::Block { fields }, arrays: Vec::new() };
        Rules { checker, instance, fields, set: RuleSet::default(), start, spec: PhantomData }
    }

    /// Applies the same rules to `count` elements of type `E`.
    pub(super) fn repeated<E>(mut self, count: usize) -> Self {
        self.start.arrays.push(Array { stride: size_of::<E>(), count });
        self
    }

    /// Returns the view to use in place of `io`. The field declarations of `io` itself are ignored.
    #[inline]
    pub fn watch<I: IoBase<'a>>(self, io: I) -> TracedView<'a, I::Backend, I::Target> {
        let state = &*self.checker.state;
        let watch = state.lock().watch(self.fields, self.set);
        TracedView::new(self.instance, self.fields, io.as_view(), (state, watch))
    }

    /// Ownership fields (`OwnBit<_>`) hand over the enclosing struct: `device_owned` returns
    /// whether a number means that the device owns it. After a write of such a number, the driver
    /// must not access the struct until it has read a number that means otherwise. The ownership
    /// field itself may always be read.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::Checker;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Desc { #[io(own_bit)] own: OwnBit<Le<u32>>, len: Le<u32> }
    ///
    /// # let mut memory = [0_u32; 4];
    /// # // SAFETY: the exclusive borrow of `memory` covers two of `Desc`.
    /// # let ring = unsafe { SysMem::new(memory.as_mut_ptr().cast::<[Desc; 2]>()) };
    /// let checker = Checker::collecting();
    /// let ring = checker.elements::<Desc>("ring").owner(|own| own & 1 != 0).watch(ring);
    ///
    /// io_project!(ring, [1]).publish_with(1, |desc| io_write!(desc, .len, 64));
    /// io_write!(ring, [0].len, 0);
    /// io_write!(ring, [1].len, 32);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR ring[1].len 32: access after hand-over: the device owns the memory",
    /// );
    /// # assert_eq!(checker.violations().len(), 1);
    /// ```
    pub fn owner(mut self, device_owned: fn(u64) -> bool) -> Self {
        self.set.owner = Some(device_owned);
        self
    }
}

impl<'a, Spec: IoStruct> Rules<'a, Spec> {
    /// Adds rules for all elements of an array of blocks.
    pub fn every<E: IoStruct, const N: usize>(
        self,
        array: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, [E; N]>,
        rules: impl FnOnce(Rules<'a, E>) -> Rules<'a, E>,
    ) -> Self {
        let Rules { checker, instance, fields, set, start, .. } = self;
        let mut element = start.clone();
        element.at += LayoutView::of::<Spec>(array).offset();
        let inner = Rules { checker, instance, fields, set, start: element, spec: PhantomData };
        let Rules { set, .. } = rules(inner.repeated::<E>(N));
        Rules { checker, instance, fields, set, start, spec: PhantomData }
    }

    pub(super) fn add<V: IoLayout>(
        mut self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        kind: RuleKind,
    ) -> Self {
        const { assert!(holds_values(&V::LAYOUT), "a rule requires a value or an array of values") };
        let mut pattern = self.start.clone();
        pattern.at += LayoutView::of::<Spec>(field).offset();
        pattern.layout = V::LAYOUT;
        while let FieldLayout::Array { count, stride, element } = pattern.layout {
            pattern.arrays.push(Array { stride, count });
            pattern.layout = *element;
        }
        self.set.rules.push(Rule { pattern, kind });
        self
    }
}

const fn holds_values(mut layout: &FieldLayout) -> bool {
    while let FieldLayout::Array { element, .. } = layout {
        layout = element;
    }
    matches!(layout, FieldLayout::Value { .. } | FieldLayout::Halves { .. })
}

impl<Spec: ?Sized> fmt::Debug for Rules<'_, Spec> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rules({}, {} rules)", self.instance, self.set.rules.len())
    }
}
