//! Device models that are built from a description of their registers.
//!
//! See [`RegisterModel`].

mod build;
mod callbacks;
mod context;
mod device;
mod fifo;
mod interrupt;
mod layout_mismatch;
mod lookup;
mod rejected;
mod rule;
mod slot;

use alloc::{collections::BTreeMap, vec::Vec};
use core::{fmt, ops::Range};

pub use context::ModelContext;
pub use fifo::Fifo;
pub use interrupt::Interrupt;
pub use layout_mismatch::{LayoutMismatch, LayoutMismatchKind};
pub use rejected::{RejectReason, Rejected};

use self::{
    device::{Line, PollLimit},
    rule::Rule,
    slot::Key,
};
use io_core::IoStruct;

/// A [`Device`](super::Device) built from the description of its registers.
///
/// The types in `T` already define the registers, their widths, and the effects of accesses:
/// read-only registers ignore writes, `W1c` registers clear the bits that are written as one, and
/// so on. The builder adds what types do not define: reset values, bits that behave differently
/// from the rest, FIFOs, and hooks that implement the device's behaviour. A model of a UART:
///
/// ```
/// use io_core::{RwSideEffect, WoW1c, prelude::*};
/// use io_sim::{Fifo, Interrupt, RegisterModel, Simulated, field};
///
/// /// PL011: the registers that a driver without interrupts needs, and one more.
/// #[io_struct(size = 0x1000)]
/// struct Uart {
///     #[io(at = 0x000)] data: RwSideEffect<Le<u32>>,
///     #[io(at = 0x018)] flags: Ro<Le<u32>>,
///     #[io(at = 0x038)] irq_mask: Le<u32>,
///     #[io(at = 0x03c)] irq_raw: Ro<Le<u32>>,
///     #[io(at = 0x044)] irq_clear: WoW1c<Le<u32>>,
/// }
///
/// const RX_EMPTY: u32 = 1 << 4;
/// const TX_FULL: u32 = 1 << 5;
/// const TX_DONE: u32 = 1 << 5;
///
/// let line = Interrupt::new();
/// let model = RegisterModel::<Uart>::new("uart")
///     .fifo(field!(.data), Fifo::new(16))
///     .on_write(field!(.data), |ctx, _| {
///         let raw = ctx.get(field!(.irq_raw));
///         ctx.set(field!(.irq_raw), raw | TX_DONE);
///     })
///     .on_read(field!(.flags), |ctx, _| {
///         let rx_empty = ctx.unread(field!(.data)) == 0;
///         let tx_full = ctx.untaken(field!(.data)) == 16;
///         u32::from(rx_empty) * RX_EMPTY | u32::from(tx_full) * TX_FULL
///     })
///     .reserved_bits(field!(.irq_mask), !0x7ff)
///     .clears(field!(.irq_clear), field!(.irq_raw))
///     .interrupts_while(&line, |ctx| {
///         ctx.get(field!(.irq_raw)) & ctx.get(field!(.irq_mask)) != 0
///     });
/// let uart = Simulated::<Uart, _>::new(model);
///
/// // A driver: it sends, and acknowledges the interrupt.
/// io_write!(&uart, .irq_mask, TX_DONE);
/// for byte in *b"hi" {
///     assert_eq!(io_read!(&uart, .flags) & TX_FULL, 0);
///     io_write!(&uart, .data, byte.into());
/// }
/// assert!(line.is_raised());
/// io_project!(&uart, .irq_clear).clear_bits(TX_DONE);
/// assert!(!line.is_raised());
///
/// // The other end of the line sends an answer, which the driver reads.
/// uart.with(|model| {
///     let ctx = model.context();
///     assert_eq!(ctx.take(field!(.data)), Some(b'h'.into()));
///     assert_eq!(ctx.take(field!(.data)), Some(b'i'.into()));
///     ctx.push(field!(.data), b'!'.into());
/// });
/// assert_eq!(io_read!(&uart, .flags) & RX_EMPTY, 0);
/// assert_eq!(io_read!(&uart, .data), b'!'.into());
///
/// // An additional read returns a value, but is recorded as rejected.
/// assert_eq!(io_read!(&uart, .data), 0);
/// let rejected = uart.with(|model| model.rejected().last().unwrap().to_string());
/// assert_eq!(rejected, "RD uart.data 32: the FIFO is empty");
/// ```
///
/// # Access kinds
///
/// | type | write | read |
/// |---|---|---|
/// | `V`, [`Rw`](io_core::Rw), [`RwSideEffect`](io_core::RwSideEffect), [`OwnBit`](io_core::OwnBit) | stores the value | returns the stored value |
/// | [`Ro`](io_core::Ro), [`RoSideEffect`](io_core::RoSideEffect) | is rejected | returns the stored value |
/// | [`Wo`](io_core::Wo) | stores the value, for [`ModelContext::get`] | is rejected, returns 0 |
/// | [`W1c`](io_core::W1c), [`W1s`](io_core::W1s) | clears or sets the bits written as one | returns the stored value |
/// | [`WoW1c`](io_core::WoW1c), [`WoW1s`](io_core::WoW1s) | clears or sets the bits written as one in [another register](RegisterModel::clears) | is rejected, returns 0 |
/// | [`ReadToClear`](io_core::ReadToClear) | is rejected | returns the stored value, then clears it |
/// | [`SelfClearing`](io_core::SelfClearing) | completes at once: 0 is stored, unless a hook [`set`](ModelContext::set)s the value until a [later](ModelContext::after) time | returns the stored value |
///
/// [`LoHi`](io_core::LoHi) and [`HiLo`](io_core::HiLo) are two registers of 32 bits. If registers
/// overlap (overlays), reads and writes reach the first one of the right width that can be read or
/// written; a write-only one stores its own value.
///
/// An access that the device does not support is rejected: a write is ignored, and a read returns
/// [all ones](RegisterModel::unmapped_read_value). [`rejected`](RegisterModel::rejected) lists
/// these accesses.
///
/// # Byte order
///
/// The types define how the registers are stored on a little-endian bus, as they do for a driver.
/// On a [big-endian bus](super::Simulated::on_big_endian_bus) all registers are big-endian,
/// regardless of their types; [memory](RegisterModel::memory) has the same bytes on both. To test
/// the byte orders of a driver, use separate blocks for model and driver, or that bus;
/// [`layout_mismatches`](super::Simulated::layout_mismatches) lists the registers that the driver
/// declares differently.
///
/// # Panics
///
/// * A read is the last of [`max_polls`](RegisterModel::max_polls) equal consecutive reads, because
///   the test would never end.
pub struct RegisterModel<T, S = ()> {
    context: ModelContext<T, S>,
    rules: BTreeMap<Key, Rule<T, S>>,
    memory: Vec<Range<usize>>,
    lines: Vec<Line<T, S>>,
    poll_limit: PollLimit,
    /// The value of reads without a readable register, if it is not the default.
    unmapped_read_value: Option<u64>,
    big_endian_bus: bool,
}

impl<T: IoStruct> RegisterModel<T> {
    /// Creates a device that consists of its registers; messages name it `name`.
    #[inline]
    pub fn new(name: &'static str) -> Self {
        Self::with_state(name, ())
    }
}

impl<T: IoStruct, S> RegisterModel<T, S> {
    /// Creates a device with state besides its registers; messages name it `name`.
    ///
    /// ```
    /// use core::time::Duration;
    /// use io_core::{DmaAddr, SelfClearing, prelude::*};
    /// use io_sim::{RegisterModel, SimClock, SimRam, Simulated, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Zeroer { address: Le<DmaAddr>, start: SelfClearing<Le<u32>>, _pad: Reserved<4> }
    ///
    /// # fn main() -> Result<(), io_core::Error> {
    /// let (ram, clock) = (SimRam::new(DmaAddr::new(0), 0x1000)?, SimClock::new());
    /// let model = RegisterModel::<Zeroer, _>::with_state("zeroer", ram.clone())
    ///     .with_clock(clock.clone())
    ///     .on_write(field!(.start), |ctx, value| {
    ///         ctx.set(field!(.start), value);
    ///         ctx.after(Duration::from_micros(3), |ctx| {
    ///             let address = ctx.get(field!(.address));
    ///             ctx.state.write(address, &[0; 4]).expect("memory is there");
    ///             ctx.set(field!(.start), 0);
    ///         });
    ///     });
    /// let zeroer = Simulated::<Zeroer, _>::new(model);
    ///
    /// let word = io_core::CoherentBox::new(ram, u32::MAX)?.share();
    /// io_write!(&zeroer, .address, word.dma_address());
    /// io_write!(&zeroer, .start, 1);
    /// let limit = Poll::within(Duration::from_millis(1));
    /// io_project!(&zeroer, .start).poll(&clock, limit, |start| *start == 0)?;
    /// assert_eq!((&word).read_val(), 0);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn with_state(name: &'static str, state: S) -> Self {
        RegisterModel {
            context: ModelContext::new(name, state),
            rules: BTreeMap::new(),
            memory: Vec::new(),
            lines: Vec::new(),
            poll_limit: PollLimit::DEFAULT,
            unmapped_read_value: None,
            big_endian_bus: false,
        }
    }

    /// Returns the inside of the device, after all callbacks that are due have run.
    ///
    /// Time-dependent behaviour is evaluated only by accesses and by this method: an interrupt that
    /// is due by time is raised by the next of them. If a driver waits for an [`Interrupt`] without
    /// reading a register, the test must call this method after each pause.
    #[inline]
    pub fn context(&mut self) -> &mut ModelContext<T, S> {
        self.context.catch_up();
        self.settle();
        &mut self.context
    }

    /// Returns the accesses that the device has rejected, in order.
    #[inline]
    pub fn rejected(&self) -> &[Rejected] {
        &self.context.rejected
    }
}

impl<T, S: fmt::Debug> fmt::Debug for RegisterModel<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RegisterModel").field(&self.context).finish()
    }
}
