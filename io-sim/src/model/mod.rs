//! Device models that are described, not programmed.
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

/// A [`Device`](super::Device) made of the description of its registers.
///
/// The types of `T` say already which registers there are, how wide they are
/// and what accesses do to them: read-only ones ignore writes, `W1c` ones clear
/// the bits that are written as one, and so on. What they do not say is added by
/// the builder: what the registers hold at first, bits that behave otherwise
/// than the rest, FIFOs, and hooks that make the device do something. A model
/// of a UART:
///
/// ```
/// use io_core::{RwSideEffect, WoW1c, prelude::*};
/// use io_sim::{Fifo, Interrupt, RegisterModel, Simulated, field};
///
/// /// PL011, the registers that a driver without interrupts needs, and one.
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
/// // A driver: it sends, and takes the interrupt.
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
/// // One read too many gives something, but is remembered.
/// assert_eq!(io_read!(&uart, .data), 0);
/// let rejected = uart.with(|model| model.rejected().last().unwrap().to_string());
/// assert_eq!(rejected, "RD uart.data 32: the FIFO is empty");
/// ```
///
/// # Access kinds
///
/// | type | a write | a read |
/// |---|---|---|
/// | `V`, [`Rw`](io_core::Rw), [`RwSideEffect`](io_core::RwSideEffect), [`OwnBit`](io_core::OwnBit) | is held | gives what is held |
/// | [`Ro`](io_core::Ro), [`RoSideEffect`](io_core::RoSideEffect) | is rejected | gives what is held |
/// | [`Wo`](io_core::Wo) | is held, for [`ModelContext::get`] | is rejected, gives 0 |
/// | [`W1c`](io_core::W1c), [`W1s`](io_core::W1s) | clears, sets ones | gives what is held |
/// | [`WoW1c`](io_core::WoW1c), [`WoW1s`](io_core::WoW1s) | clears, sets ones of [another](RegisterModel::clears) | is rejected, gives 0 |
/// | [`ReadToClear`](io_core::ReadToClear) | is rejected | gives what is held, then 0 is held |
/// | [`SelfClearing`](io_core::SelfClearing) | is over at once: 0 is held, unless a hook [`set`](ModelContext::set)s it until [later](ModelContext::after) | gives what is held |
///
/// [`LoHi`](io_core::LoHi) and [`HiLo`](io_core::HiLo) are two registers of 32 bits.
/// Of overlays, reads and writes reach the first of the right width that can be
/// read or written; a write-only one holds its own number.
///
/// An access that the device does not support is rejected: a write is ignored, a read gives
/// [all ones](RegisterModel::unmapped_read_value). [`rejected`](RegisterModel::rejected)
/// lists these accesses.
///
/// # Byte order
///
/// The types say how the registers lie on a little-endian bus, as they do for a
/// driver. On a [big-endian bus](super::Simulated::on_big_endian_bus) all of them
/// are big-endian, whatever their types say; [memory](RegisterModel::memory) is
/// the same bytes on both. A test of a driver's byte orders gives model and
/// driver blocks of their own, or uses that bus;
/// [`layout_mismatches`](super::Simulated::layout_mismatches) lists the registers that the
/// driver declares differently.
///
/// # Panics
///
/// A read panics after [`max_polls`](RegisterModel::max_polls) equal reads in a row:
/// the test would wait for ever.
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
    /// A device that consists of its registers; messages call it `name`.
    #[inline]
    pub fn new(name: &'static str) -> Self {
        Self::with_state(name, ())
    }
}

impl<T: IoStruct, S> RegisterModel<T, S> {
    /// A device that has more than its registers; messages call it `name`.
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

    /// The inside of the device, after all callbacks that are due have run.
    ///
    /// Nothing happens while nobody looks: an interrupt that comes with time is
    /// raised by the next access, or look. A test whose driver waits for an
    /// [`Interrupt`] and reads nothing looks after each pause.
    #[inline]
    pub fn context(&mut self) -> &mut ModelContext<T, S> {
        self.context.catch_up();
        self.settle();
        &mut self.context
    }

    /// The accesses that the device has rejected, in order.
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
