//! Rules for fields that hand memory over: doorbells and indices.

use super::{Rules, rule::RuleKind};
use io_core::{IoStruct, layout::IoLayout};

use crate::layout_view::LayoutView;

impl<Spec: IoStruct> Rules<'_, Spec> {
    /// A register that notifies the device of data in memory. If its accesses are relaxed, a `wmb`
    /// is required before the write, or an ordered write to an instance with the same name. For a
    /// field in memory, this is the same rule as [`publishes`](Self::publishes).
    ///
    /// ```
    /// use io_core::{MmioRaw, prelude::*};
    /// use io_sim::{Checker, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Nic { ctrl: Le<u32>, notify: [Wo<Le<u32>>; 4] }
    ///
    /// # let (mut registers, mut memory) = ([0_u32; 5], [0_u32; 4]);
    /// # let raw = MmioRaw::from_ptr(registers.as_mut_ptr().cast::<Nic>());
    /// # // SAFETY: the exclusive borrow of `registers` covers a `Nic`.
    /// # let nic = unsafe { Mmio::from_raw(raw) };
    /// # let ring = SysMem::from_mut_slice(&mut memory);
    /// let checker = Checker::collecting();
    /// let nic = checker.device::<Nic>("nic").doorbell(field!(.notify)).watch(nic.relaxed());
    /// let ring = checker.elements::<u32>("ring").watch(ring);
    ///
    /// io_write!(ring, [panic: 3], 64);
    /// ring.dma_wmb();
    /// io_write!(nic, .notify[2], 1);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR nic.notify[2] 32: 1 store without wmb before this relaxed doorbell write: \
    ///      the device may see it before ring[3]",
    /// );
    /// ```
    pub fn doorbell<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
    ) -> Self {
        self.add(field, RuleKind::Doorbell)
    }

    /// A field in memory that hands over what was stored before it: a `dma_wmb` is required before
    /// the store. `OwnBit<_>` fields have this rule by default.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Checker, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Avail { index: Le<u16>, ring: [Le<u16>; 3] }
    ///
    /// # let mut memory = [0_u16; 4];
    /// # // SAFETY: the exclusive borrow of `memory` covers an `Avail`.
    /// # let avail = unsafe { SysMem::new(memory.as_mut_ptr().cast::<Avail>()) };
    /// let checker = Checker::collecting();
    /// let avail = checker.device::<Avail>("avail").publishes(field!(.index)).watch(avail);
    /// io_write!(avail, .ring[0], 5);
    /// io_write!(avail, .index, 1);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR avail.index 16: 1 store without dma_wmb before this hand-over: the \
    ///      device may see it before avail.ring[0]",
    /// );
    /// ```
    pub fn publishes<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
    ) -> Self {
        self.add(field, RuleKind::Publishes)
    }

    /// A field in memory that reports which data may be read: a `dma_rmb` is required before other
    /// fields of the same memory are read. `OwnBit<_>` fields have this rule by default, for their
    /// struct.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Checker, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Used { index: Le<u16>, ring: [Le<u16>; 3] }
    ///
    /// # let mut memory = [0_u16; 4];
    /// # // SAFETY: the exclusive borrow of `memory` covers a `Used`.
    /// # let used = unsafe { SysMem::new(memory.as_mut_ptr().cast::<Used>()) };
    /// let checker = Checker::collecting();
    /// let used = checker.device::<Used>("used").consumes(field!(.index)).watch(used);
    /// io_read!(used, .index);
    /// io_read!(used, .ring[0]);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "RD used.ring[0] 16: no dma_rmb since the read of used.index: this value may be older \
    ///      than that one",
    /// );
    /// ```
    pub fn consumes<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
    ) -> Self {
        self.add(field, RuleKind::Consumes)
    }
}
