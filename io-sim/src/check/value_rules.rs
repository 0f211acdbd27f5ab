//! Rules for values written to a register: bits and addresses.

use super::{Rules, rule::RuleKind};
use io_core::{IoStruct, layout::IoLayout};

use crate::layout_view::LayoutView;

impl<Spec: IoStruct> Rules<'_, Spec> {
    /// Bits that must be written as zero.
    pub fn reserved<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        bits: u64,
    ) -> Self {
        self.add(field, RuleKind::Reserved(bits))
    }

    /// Bits that must be written as they were last read.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Checker, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Phy { ctrl: Le<u32>, status: Ro<Le<u32>> }
    ///
    /// # let mut memory = [0xa501_u32.to_le(), 0];
    /// # // SAFETY: the exclusive borrow of `memory` covers a `Phy`.
    /// # let phy = unsafe { SysMem::new(memory.as_mut_ptr().cast::<Phy>()) };
    /// let checker = Checker::collecting();
    /// let phy = checker.device::<Phy>("phy").preserved(field!(.ctrl), 0xff00).watch(phy);
    /// io_update!(phy, .ctrl, |ctrl| ctrl | 2);
    /// io_write!(phy, .ctrl, 1);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR phy.ctrl 32: the reserved bits 0xa500 are not written back as they were read",
    /// );
    /// # assert_eq!(checker.violations().len(), 1);
    /// ```
    pub fn preserved<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        bits: u64,
    ) -> Self {
        self.add(field, RuleKind::Preserved(bits))
    }

    /// Write-one-to-clear bits in a register that also has other bits.
    ///
    /// A write after a read must not write back ones that were read and change other bits at the
    /// same time. Writing some or all of these ones without other changes, or one to all of `bits`,
    /// is an acknowledgement.
    pub fn w1c_bits<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        bits: u64,
    ) -> Self {
        self.add(field, RuleKind::OneToClear(bits))
    }

    /// An address for DMA by a device that has `bits` address bits.
    pub fn dma_mask<V: IoLayout>(
        self,
        field: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        bits: u32,
    ) -> Self {
        self.add(field, RuleKind::DmaMask(bits, None))
    }

    /// An address and the length in bytes of the transfer: the end, too, must be within `bits`
    /// address bits.
    ///
    /// The two are checked together once both were written. For registers, if only one of them was
    /// written, the check runs before another register is written.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Checker, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Dma { source: Le<DmaAddr>, count: Le<u64> }
    ///
    /// # let mut memory = [0_u64; 2];
    /// # // SAFETY: the exclusive borrow of `memory` covers a `Dma`.
    /// # let dma = unsafe { SysMem::new(memory.as_mut_ptr().cast::<Dma>()) };
    /// let checker = Checker::collecting();
    /// let rules = checker.device::<Dma>("dma");
    /// let dma = rules.dma_range(field!(.source), field!(.count), 28).watch(dma);
    /// io_write!(dma, .source, DmaAddr::new(0x0fff_fff0));
    /// io_write!(dma, .count, 0x11);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR dma.count 64: the device has 28 address bits: it cannot reach 0x11 bytes at \
    ///      0xffffff0",
    /// );
    /// ```
    pub fn dma_range<V: IoLayout, L: IoLayout>(
        self,
        address: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, V>,
        len: impl FnOnce(LayoutView<'static, Spec>) -> LayoutView<'static, L>,
        bits: u32,
    ) -> Self {
        let (address, len) = (LayoutView::of::<Spec>(address), LayoutView::of::<Spec>(len));
        let distance = len.offset().wrapping_sub(address.offset()).cast_signed();
        self.add(|_| address, RuleKind::DmaMask(bits, Some(distance)))
            .add(|_| len, RuleKind::DmaLength(distance))
    }
}
