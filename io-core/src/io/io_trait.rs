//! The accesses of every view.

use zerocopy::FromBytes;

use super::{
    AnyRegion, Clock, CopyError, CopyOutput, Error, ErrorMode, ErrorOf, IoBackend, IoBase,
    IoCapable, IoCopyable, KnownSize, MayFail, Output, Poll, PollError, RelaxedOf, Timeout,
    Untyped, ViewOf,
    access::{read_present, read_value, word_of, write_exact},
    bits::{Command, check_fifo, command_bits, update_value, write_value},
    copy::{Fillable, fifo_register, fill, fill_stated, read_whole, write_whole},
    descriptor::{OwnBitOf, OwnBitRead, OwnBitRepr, OwnBitWrite, consume, own_bit_view, publish},
    field_copy::{OfFields, Stated},
    region::region_pointer,
};
use crate::{
    barrier::Barrier,
    layout::{Descriptor, DescriptorReadable, DescriptorWritable, IoTail},
    value::{
        AllBytes, AnyBytes, Clearable, CopyReadable, CopyWritable, IoLayout, IoValue, Pollable,
        Readable, Repr, Settable, Toggleable, Updatable, Writable,
    },
};

/// The accesses of a view, and of a reference to an owner of device memory.
///
/// Implemented for every [`IoBase`] and not implementable otherwise, so unsafe code may rely on it.
///
/// Methods whose result is [`Output`] or [`CopyOutput`] return the plain value where the backend
/// cannot fail, and a `Result` where it can. Each has a `try_` form that always returns a `Result`
/// and documents the errors.
///
/// | methods | accesses | type of the view | kernel |
/// |---|---|---|---|
/// | [`read_val`](Self::read_val), [`write_val`](Self::write_val), [`update_val`](Self::update_val) | one of the value's width, each | a value | `readX`, `writeX` |
/// | [`clear_bits`](Self::clear_bits), [`set_bits`](Self::set_bits), [`toggle_bits`](Self::toggle_bits) | one write of the value's width; if some bits are plain, a read before | a value with such bits | `writeX` |
/// | [`poll`](Self::poll) | repeated reads | a value | `readX_poll_timeout` |
/// | [`copy_read`](Self::copy_read), [`copy_write`](Self::copy_write), [`fill`](Self::fill) | several; each byte once | a value, an array or a block | `memcpy_fromio`, `memcpy_toio`, `memset_io` |
/// | [`read_fifo`](Self::read_fifo), [`write_fifo`](Self::write_fifo) | one of the value's width for each element, all at one address | a value | `readsX`, `writesX` |
/// | [`publish`](Self::publish), [`consume`](Self::consume) | a copy, a barrier, one access | a descriptor | `dma_wmb`, `dma_rmb` |
/// | [`cast`](Self::cast), [`try_cast`](Self::try_cast) and variants | none | untyped memory | |
/// | [`mb`](Self::mb) to [`dma_wmb`](Self::dma_wmb) | none | any | the same names |
///
/// To access a field of a block, use [`io_read!`](crate::io_read) and
/// [`io_write!`](crate::io_write), or project to it with [`io_project!`](crate::io_project).
///
/// Source: Linux `Documentation/driver-api/device-io.rst` for the accesses,
/// `Documentation/memory-barriers.txt` for their ordering.
///
/// ```
/// use io_core::prelude::*;
///
/// let mut word = Le::<u32>::new(0x1234);
/// let view = SysMem::from_mut(&mut word);
/// view.update_val(|v| v | 0x8000);
/// assert_eq!(view.read_val(), 0x9234);
/// ```
#[doc(alias = "volatile")]
pub trait Io<'a>: IoBase<'a> {
    /// Returns the size in bytes.
    #[inline(always)]
    fn size(self) -> usize {
        Self::Target::size(Self::Backend::as_ptr(self.as_view()))
    }

    /// Returns a view of the same memory whose accesses are ordered among each other only, not
    /// against memory, as Linux' `readX_relaxed` and `writeX_relaxed`.
    ///
    /// A backend whose accesses are all of one class, such as memory, returns the same view.
    /// Simulated devices and recorders report the accesses as relaxed ones.
    ///
    /// Source: Linux `Documentation/memory-barriers.txt`, "KERNEL I/O BARRIER EFFECTS".
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Dma { source: Le<u32>, len: Le<u32>, start: Wo<Le<u32>> }
    ///
    /// fn transfer<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>, source: u32, len: u32) {
    ///     let relaxed = dma.relaxed();
    ///     io_write!(relaxed, .source, source);
    ///     io_write!(relaxed, .len, len);
    ///     // Ordered after the writes to memory that the device is to read.
    ///     io_write!(dma, .start, 1);
    /// }
    /// ```
    #[doc(alias(
        "readb_relaxed",
        "readw_relaxed",
        "readl_relaxed",
        "readq_relaxed",
        "writeb_relaxed",
        "writew_relaxed",
        "writel_relaxed",
        "writeq_relaxed",
    ))]
    #[inline(always)]
    fn relaxed(self) -> RelaxedOf<'a, Self> {
        Self::Backend::relaxed(self.as_view())
    }

    /// Reads the value with exactly one access of its width.
    ///
    /// Values of type [`LoHi`](crate::LoHi) and [`HiLo`](crate::HiLo) take two accesses of 32 bits.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// let mut words = [1_u32, 2, 3];
    /// let view = SysMem::from_mut_slice(&mut words);
    /// assert_eq!(io_project!(view, [panic: 1]).read_val(), 2);
    /// ```
    #[doc(alias(
        "readb",
        "readw",
        "readl",
        "readq",
        "ioread8",
        "ioread16",
        "ioread32",
        "ioread64",
        "READ_ONCE",
        "read_volatile",
    ))]
    #[inline(always)]
    fn read_val(self) -> Output<Self::Backend, <Self::Target as IoValue>::Read>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(read_value::<Self::Backend, Self::Target>(
            self.as_view(),
        ))
    }

    /// Reads the value with exactly one access of its width.
    ///
    /// # Errors
    ///
    /// * The backend's error, if the access failed.
    #[doc(alias("readl", "ioread32"))]
    #[inline(always)]
    fn try_read_val(self) -> Result<<Self::Target as IoValue>::Read, ErrorOf<Self::Backend>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        read_value::<Self::Backend, Self::Target>(self.as_view())
    }

    /// Writes the value with exactly one access of its width.
    ///
    /// If the value has bits for which a written value is a command
    /// ([`BitKinds`](crate::layout::BitKinds)), the value that has no effect is written to these:
    /// [`clear_bits`](Self::clear_bits), [`set_bits`](Self::set_bits) and
    /// [`toggle_bits`](Self::toggle_bits) act on them, and [`write_exact`](Self::write_exact) writes
    /// all bits as given.
    #[doc(alias(
        "writeb",
        "writew",
        "writel",
        "writeq",
        "iowrite8",
        "iowrite16",
        "iowrite32",
        "iowrite64",
        "WRITE_ONCE",
        "write_volatile",
    ))]
    #[inline(always)]
    fn write_val(self, value: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(write_value::<Self::Backend, Self::Target>(
            self.as_view(),
            value,
        ))
    }

    /// Writes the value with exactly one access of its width.
    ///
    /// # Errors
    ///
    /// * The backend's error, if the access failed.
    #[doc(alias("writel", "iowrite32"))]
    #[inline(always)]
    fn try_write_val(
        self,
        value: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_value::<Self::Backend, Self::Target>(self.as_view(), value)
    }

    /// Writes the value with exactly one access of its width, and all bits as given: also those for
    /// which a written value is a command.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    /// #[io(w1c = 0x3)]
    /// #[repr(transparent)]
    /// struct Status(u32);
    ///
    /// let mut status = Le::from(Status(0));
    /// let view = SysMem::from_mut(&mut status);
    /// view.write_val(Status(0x11));
    /// assert_eq!(view.read_val(), Status(0x10));
    /// view.write_exact(Status(0x11));
    /// assert_eq!(view.read_val(), Status(0x11));
    /// ```
    #[inline(always)]
    fn write_exact(self, value: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(write_exact::<Self::Backend, Self::Target>(
            self.as_view(),
            value,
        ))
    }

    /// Writes the value with exactly one access of its width, and all bits as given.
    ///
    /// # Errors
    ///
    /// * The backend's error, if the access failed.
    #[inline(always)]
    fn try_write_exact(
        self,
        value: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_exact::<Self::Backend, Self::Target>(self.as_view(), value)
    }

    /// Reads the value, changes it with `f`, and writes it back. Not atomic: another processor or
    /// the device may write in between.
    ///
    /// One read and one write of the value's width. To bits for which a written value is a command
    /// ([`BitKinds`](crate::layout::BitKinds)), the value that has no effect is written, whatever `f`
    /// returns.
    #[doc(alias("read-modify-write", "rmw"))]
    #[inline(always)]
    fn update_val(
        self,
        f: impl FnOnce(<Self::Target as IoValue>::Read) -> <Self::Target as IoValue>::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(update_value::<Self::Backend, Self::Target>(
            self.as_view(),
            f,
        ))
    }

    /// Reads the value, changes it with `f`, and writes it back. Not atomic.
    ///
    /// # Errors
    ///
    /// * The backend's error, if an access failed. If the read failed, nothing was written.
    #[inline(always)]
    fn try_update_val(
        self,
        f: impl FnOnce(<Self::Target as IoValue>::Read) -> <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        update_value::<Self::Backend, Self::Target>(self.as_view(), f)
    }

    /// Clears the bits that are one in `bits`, with one write of the value's width: of `bits` where
    /// ones clear ([`W1c`](crate::W1c)), of their complement where zeros clear
    /// ([`W0c`](crate::W0c)). The other bits do not change.
    ///
    /// If only some bits of the value are of this kind, the others in `bits` are ignored, so that a
    /// value that was read can be passed. The register is read first if it has plain bits, which
    /// are written back. Both halves of a [`LoHi`](crate::LoHi) or [`HiLo`](crate::HiLo) are
    /// written.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { irq: W1c<Le<u32>> }
    ///
    /// fn acknowledge<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     let pending = io_read!(regs, .irq);
    ///     io_project!(regs, .irq).clear_bits(pending);
    /// }
    /// # let mut regs = Regs { irq: W1c::new(6) };
    /// # acknowledge(SysMem::from_mut(&mut regs));
    /// ```
    #[inline(always)]
    fn clear_bits(self, bits: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Clearable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Clear);
        let result = command_bits::<Self::Backend, Self::Target>(view, bits, command);
        <Self::Backend as IoBackend>::Fail::output(result)
    }

    /// Clears the bits that are one in `bits`; see [`clear_bits`](Self::clear_bits).
    ///
    /// # Errors
    ///
    /// * The backend's error, if an access failed.
    #[inline(always)]
    fn try_clear_bits(
        self,
        bits: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Clearable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Clear);
        command_bits::<Self::Backend, Self::Target>(view, bits, command)
    }

    /// Sets the bits that are one in `bits`, with one write of the value's width: of `bits` where
    /// ones set ([`W1s`](crate::W1s)), of their complement where zeros set ([`W0s`](crate::W0s)).
    /// The other bits do not change. Ones of self-clearing bits start their operation.
    ///
    /// For values of which only some bits are of this kind, see [`clear_bits`](Self::clear_bits).
    ///
    /// ```
    /// use io_core::{W1s, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { enabled: W1s<Le<u32>> }
    ///
    /// fn enable<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, channel: u32) {
    ///     io_project!(regs, .enabled).set_bits(1 << channel);
    /// }
    /// # let mut regs = Regs { enabled: W1s::new(0) };
    /// # enable(SysMem::from_mut(&mut regs), 3);
    /// # assert_eq!(regs.enabled, W1s::new(8));
    /// ```
    #[inline(always)]
    fn set_bits(self, bits: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Settable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Set);
        let result = command_bits::<Self::Backend, Self::Target>(view, bits, command);
        <Self::Backend as IoBackend>::Fail::output(result)
    }

    /// Sets the bits that are one in `bits`; see [`set_bits`](Self::set_bits).
    ///
    /// # Errors
    ///
    /// * The backend's error, if an access failed.
    #[inline(always)]
    fn try_set_bits(
        self,
        bits: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Settable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Set);
        command_bits::<Self::Backend, Self::Target>(view, bits, command)
    }

    /// Inverts the bits that are one in `bits`, with one write of the value's width: of `bits` where
    /// ones invert ([`W1t`](crate::W1t)), of their complement where zeros invert
    /// ([`W0t`](crate::W0t)). The other bits do not change.
    ///
    /// For values of which only some bits are of this kind, see [`clear_bits`](Self::clear_bits).
    ///
    /// ```
    /// use io_core::{WoW1t, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Gpio { toggle: WoW1t<Le<u32>> }
    ///
    /// fn blink<'a>(gpio: impl Io<'a, Target = Gpio, Backend: Bus32>, pin: u32) {
    ///     io_project!(gpio, .toggle).toggle_bits(1 << pin);
    /// }
    /// # let mut gpio = Gpio { toggle: WoW1t::new(0) };
    /// # blink(SysMem::from_mut(&mut gpio), 3);
    /// # assert_eq!(gpio.toggle, WoW1t::new(8));
    /// ```
    #[inline(always)]
    fn toggle_bits(self, bits: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Toggleable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Toggle);
        let result = command_bits::<Self::Backend, Self::Target>(view, bits, command);
        <Self::Backend as IoBackend>::Fail::output(result)
    }

    /// Inverts the bits that are one in `bits`; see [`toggle_bits`](Self::toggle_bits).
    ///
    /// # Errors
    ///
    /// * The backend's error, if an access failed.
    #[inline(always)]
    fn try_toggle_bits(
        self,
        bits: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Toggleable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (view, command) = (self.as_view(), Command::Toggle);
        command_bits::<Self::Backend, Self::Target>(view, bits, command)
    }

    /// Writes the value, then reads it back. When the call returns, the write has reached the
    /// device and is no longer buffered in a bridge (a "posted" write).
    ///
    /// Source: Linux `Documentation/driver-api/device-io.rst`, on posted writes of PCI.
    #[doc(alias = "posted write")]
    #[inline(always)]
    fn write_flush(self, value: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output({
            let view = self.as_view();
            write_value::<Self::Backend, Self::Target>(view, value)
                .and_then(|()| read_value::<Self::Backend, Self::Target>(view).map(drop))
        })
    }

    /// Returns whether a read returns all ones, as reads of a removed PCI device do. Performs one
    /// access. Use a register that never has all bits set.
    #[doc(alias = "pci_device_is_present")]
    #[inline(always)]
    fn is_gone(self) -> Output<Self::Backend, bool>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        type R<T> = <T as IoValue>::Repr;
        <Self::Backend as IoBackend>::Fail::output(
            Self::Backend::io_read(word_of::<Self::Backend, Self::Target>(self.as_view(), 0))
                .map(|repr| repr.to_u64() == R::<Self::Target>::WIDTH.all_ones()),
        )
    }

    /// Reads until `done` returns true, and returns the value for which it did.
    ///
    /// Reads at least once, and once more after the deadline, so that a caller that was not
    /// scheduled does not miss the value. Between reads, calls [`Clock::pause`] with the interval
    /// of `limit`. A field whose read has a side effect cannot be polled, since all values but the
    /// last one would be lost: [`poll_each`](Self::poll_each) passes each to a closure.
    ///
    /// ```
    /// use core::time::Duration;
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { busy: Ro<Le<u32>> }
    ///
    /// fn wait_until_idle<'a>(
    ///     regs: impl Io<'a, Target = Regs, Backend: Bus32>,
    ///     clock: &impl Clock,
    /// ) -> Result<(), io_core::Error> {
    ///     let limit = Poll::within(Duration::from_millis(2)).every(Duration::from_micros(10));
    ///     io_project!(regs, .busy).poll(clock, limit, |busy| *busy == 0)?;
    ///     Ok(())
    /// }
    /// # let mut regs = Regs { busy: Ro::new(0) };
    /// # let clock = io_sim::SimClock::new();
    /// # assert_eq!(wait_until_idle(SysMem::from_mut(&mut regs), &clock), Ok(()));
    /// ```
    ///
    /// # Errors
    ///
    /// * [`PollError::Timeout`] if the timeout of `limit` elapsed before `done` returned true.
    /// * [`PollError::Gone`] if a read returned all ones and `limit` has [`Poll::or_gone`].
    /// * [`PollError::Io`] with the backend's error, as soon as a read fails.
    #[doc(alias(
        "readl_poll_timeout",
        "readb_poll_timeout",
        "readw_poll_timeout",
        "readq_poll_timeout",
        "readx_poll_timeout",
        "read_poll_timeout",
    ))]
    #[inline]
    fn poll<C: Clock>(
        self,
        clock: &C,
        limit: Poll,
        mut done: impl FnMut(&<Self::Target as IoValue>::Read) -> bool,
    ) -> Result<<Self::Target as IoValue>::Read, PollError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Pollable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        self.poll_each(clock, limit, |value| done(&value).then_some(value))
    }

    /// Reads until `each` returns `Some`, and returns its content. Every value that is read is
    /// passed to `each`, so that a register whose read has an effect loses nothing.
    ///
    /// The reads and pauses are those of [`poll`](Self::poll).
    ///
    /// ```
    /// use core::time::Duration;
    /// use io_core::{ReadToClear, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Nic { causes: ReadToClear<Le<u32>> }
    ///
    /// const DONE: u32 = 1 << 0;
    ///
    /// /// Waits for `DONE`, and returns all causes that came up until then.
    /// fn wait<'a>(
    ///     nic: impl Io<'a, Target = Nic, Backend: Bus32>,
    ///     clock: &impl Clock,
    /// ) -> Result<u32, io_core::Error> {
    ///     let mut all = 0;
    ///     let limit = Poll::within(Duration::from_millis(2)).or_gone();
    ///     Ok(io_project!(nic, .causes).poll_each(clock, limit, |causes| {
    ///         all |= causes;
    ///         (all & DONE != 0).then_some(all)
    ///     })?)
    /// }
    /// # let mut nic = Nic { causes: ReadToClear::new(5) };
    /// # assert_eq!(wait(SysMem::from_mut(&mut nic), &io_sim::SimClock::new()), Ok(5));
    /// ```
    ///
    /// # Errors
    ///
    /// * [`PollError::Timeout`] if the timeout of `limit` elapsed before `each` returned `Some`.
    /// * [`PollError::Gone`] if a read returned all ones and `limit` has [`Poll::or_gone`].
    /// * [`PollError::Io`] with the backend's error, as soon as a read fails.
    #[inline]
    fn poll_each<C: Clock, R>(
        self,
        clock: &C,
        limit: Poll,
        mut each: impl FnMut(<Self::Target as IoValue>::Read) -> Option<R>,
    ) -> Result<R, PollError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let view = self.as_view();
        let start = clock.now();
        loop {
            let late = clock.now().saturating_sub(start) >= limit.timeout;
            let (value, is_gone) =
                read_present::<Self::Backend, Self::Target>(view).map_err(PollError::Io)?;
            if is_gone && limit.or_gone {
                return Err(PollError::Gone);
            }
            if let Some(result) = each(value) {
                return Ok(result);
            }
            if late {
                return Err(PollError::Timeout(Timeout { after: limit.timeout }));
            }
            clock.pause(limit.interval);
        }
    }

    /// Casts untyped memory to a `U`, checked at compile time.
    ///
    /// Does not compile if `U` is larger, or requires a larger alignment, than the type of the view
    /// guarantees.
    #[inline(always)]
    fn cast<U: IoLayout>(self) -> ViewOf<'a, Self, U>
    where
        Self::Target: Untyped,
    {
        const { crate::layout::check_cast::<Self::Target, U>() };
        let view = self.as_view();
        let ptr = Self::Backend::as_ptr(view).cast::<U>();
        // SAFETY: the start of the same memory, which is large enough and aligned, as just checked.
        // Untyped memory may be accessed as a `U`.
        unsafe { Self::Backend::project_view(view, ptr) }
    }

    /// Casts untyped memory to a `U`, checked at run time. The memory may be larger.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if the memory is too small.
    /// * [`Error::Misaligned`] if the address of the memory is not a multiple of the alignment of
    ///   `U`.
    #[inline(always)]
    fn try_cast<U: IoLayout>(self) -> Result<ViewOf<'a, Self, U>, Error>
    where
        Self::Target: Untyped,
    {
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let ptr = check_place(ptr, size, size_of::<U>(), align_of::<U>())?;
        // SAFETY: the start of the same memory, which is large enough and aligned, as just checked.
        // Untyped memory may be accessed as a `U`.
        Ok(unsafe { Self::Backend::project_view(view, ptr.cast::<U>()) })
    }

    /// Casts untyped memory to a slice of `U` that covers it, checked at run time.
    ///
    /// Does not compile if the size of `U` is 0.
    ///
    /// # Errors
    ///
    /// * [`Error::Misaligned`] if the address of the memory is not a multiple of the alignment of
    ///   `U`.
    /// * [`Error::Length`] in bytes, if the size of the memory is not a multiple of the size of
    ///   `U`.
    #[inline]
    fn try_cast_slice<U: IoLayout>(self) -> Result<ViewOf<'a, Self, [U]>, Error>
    where
        Self::Target: Untyped,
    {
        const { assert!(size_of::<U>() != 0, "elements must not be zero-sized") };
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let ptr = check_place(ptr, size, 0, align_of::<U>())?.cast::<U>();
        let len = size / size_of::<U>();
        if len * size_of::<U>() != size {
            return Err(Error::Length { expected: size, found: len * size_of::<U>() });
        }
        let slice = core::ptr::slice_from_raw_parts_mut(ptr, len);
        // SAFETY: the same memory, aligned as just checked. Untyped memory may be accessed as any
        // number of `U`.
        Ok(unsafe { Self::Backend::project_view(view, slice) })
    }

    /// Casts untyped memory to a block with a trailing slice of `count` elements, checked at run
    /// time. The memory may be larger.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if the memory is too small.
    /// * [`Error::Misaligned`] if the address of the memory is not a multiple of the alignment of
    ///   `U`.
    #[inline]
    fn try_cast_tail<U: ?Sized + IoTail>(self, count: usize) -> Result<ViewOf<'a, Self, U>, Error>
    where
        Self::Target: Untyped,
    {
        let () = U::CHECKED;
        let view = self.as_view();
        let (ptr, limit) = place::<Self>(view);
        let elements = count.checked_mul(size_of::<U::Item>());
        let size = elements.and_then(|size| size.checked_add(U::MIN_SIZE)).unwrap_or(usize::MAX);
        let ptr = check_place(ptr, limit, size, U::MIN_ALIGN)?;
        let block = U::from_elements(core::ptr::slice_from_raw_parts_mut(ptr.cast(), count));
        // SAFETY: the start of the same memory, which is large enough and aligned, as just checked.
        // Untyped memory may be accessed as a `U`.
        Ok(unsafe { Self::Backend::project_view(view, block) })
    }

    /// Casts untyped memory to a region that covers it, checked at run time: to
    /// `Region<SIZE, A, D>` for an `R` of that type.
    ///
    /// This is where untyped memory becomes the region of a device:
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// struct Nova;
    /// type Bar = Region<0x20, A4, Nova>;
    /// const ID: Loc<Bar, Ro<Le<u32>>> = Loc::at(0x1c);
    ///
    /// # #[derive(IoStruct)]
    /// # #[repr(C, align(4))]
    /// # struct Ram { bytes: [u8; 0x20] }
    /// # let mut ram = Ram { bytes: [0; 0x20] };
    /// # let ram = SysMem::from_mut(&mut ram);
    /// # let memory = io_project!(ram, .bytes);
    /// assert_eq!(memory.try_region::<Bar>()?.read(ID), 0);
    /// # Ok::<(), io_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if the memory has fewer than `SIZE` bytes.
    /// * [`Error::Misaligned`] if the address or the size of the memory is not a multiple of `A`.
    #[inline]
    fn try_region<R: ?Sized + AnyRegion>(self) -> Result<ViewOf<'a, Self, R>, Error>
    where
        Self::Target: Untyped,
    {
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let region = region_pointer::<R>(ptr, size)?;
        // SAFETY: the same memory, which is large enough and aligned, as just checked.
        Ok(unsafe { Self::Backend::project_view(view, region) })
    }

    /// Copies the whole value out: one register, an array, or a block. The copy is not atomic as a
    /// whole. The bytes are copied unchanged, so `Le` and `Be` fields keep their value.
    ///
    /// On a device, each field is read once, by the accesses that a read of the field alone makes:
    /// of its own width, for `LoHi` and `HiLo` in their order. Arrays are read element by element.
    /// `Reserved` bytes and gaps are not read; they are zero in the result. A block with a union or
    /// an overlay cannot be copied as a whole, which is a compile error, or an error at run time
    /// where the backend decides at run time whether the memory is a device's. In memory, each byte
    /// is loaded once, by byte-wise atomic accesses.
    ///
    /// The type must implement zerocopy's [`FromBytes`], since a device may leave any bytes:
    ///
    /// ```
    /// use io_core::{prelude::*, zerocopy::FromBytes};
    ///
    /// #[derive(FromBytes, IoStruct)]
    /// #[zerocopy(crate = "io_core::zerocopy")]
    /// #[repr(C)]
    /// struct Stats { packets: Le<u64>, errors: Le<u32>, _pad: Reserved<4> }
    ///
    /// fn packets<'a>(stats: impl Io<'a, Target = Stats, Backend: Bus32>) -> u64 {
    ///     stats.copy_read().packets.get()
    /// }
    /// # let mut stats = Stats { packets: 7.into(), errors: 0.into(), _pad: Reserved::ZERO };
    /// # assert_eq!(packets(SysMem::from_mut(&mut stats)), 7);
    /// ```
    ///
    /// `io_core::zerocopy` is the crate zerocopy. Its derive macros generate paths to `::zerocopy`;
    /// the attribute replaces them. A crate that depends on zerocopy 0.8 itself, with the feature
    /// `derive`, does not need the attribute.
    ///
    /// Source: virtio 1.2, section 4.2.2.2 (accesses of the width of the field); Linux
    /// `memcpy_fromio` (`Documentation/driver-api/device-io.rst`).
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail and the backend decides at run time whether the memory is a
    /// device's ([`try_copy_read`](Self::try_copy_read) returns an error instead):
    ///
    /// * The type has a union or an overlay, or a field is wider than the device's accesses.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    #[track_caller]
    fn copy_read(self) -> CopyOutput<Self::Backend, Self::Target>
    where
        Self::Target: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        read_whole::<_, <Self::Backend as IoBackend>::Fail>(self, OfFields)
    }

    /// Copies the whole value out. The copy is not atomic as a whole.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    fn try_copy_read(self) -> Result<Self::Target, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        read_whole::<_, MayFail<_>>(self, OfFields)
    }

    /// Copies the whole value out with accesses of the width of `W`.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_read_as`](Self::try_copy_read_as) returns an
    /// error instead):
    ///
    /// * The size or the address is not a multiple of the width of `W`.
    #[doc(alias("memcpy_fromio", "__ioread32_copy"))]
    #[inline(always)]
    #[track_caller]
    fn copy_read_as<W: Repr>(self) -> CopyOutput<Self::Backend, Self::Target>
    where
        Self::Target: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        read_whole::<_, <Self::Backend as IoBackend>::Fail>(self, Stated(W::WIDTH))
    }

    /// Copies the whole value out with accesses of the width of `W`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if the size or the address is not a multiple of the width of `W`. No
    ///   access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    fn try_copy_read_as<W: Repr>(self) -> Result<Self::Target, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        read_whole::<_, MayFail<_>>(self, Stated(W::WIDTH))
    }

    /// Copies the whole value in, in ascending address order. The copy is not atomic as a whole.
    ///
    /// Each byte is stored once, with the widths of [`copy_read`](Self::copy_read). On a device,
    /// `Reserved` bytes and gaps are not written. The value that the memory contained is not dropped:
    /// a field type has no destructor, which is checked at compile time. The type must implement zerocopy's [`IntoBytes`](zerocopy::IntoBytes), so that the copy contains no
    /// uninitialised padding, and [`Immutable`](zerocopy::Immutable);
    /// [`copy_read`](Self::copy_read) describes how to derive them. To write a descriptor that a
    /// device may read at the same time, use [`publish`](Self::publish).
    ///
    /// Source: Linux `memcpy_toio` (`Documentation/driver-api/device-io.rst`).
    ///
    /// ```
    /// use io_core::prelude::*;
    /// use zerocopy::{FromBytes, Immutable, IntoBytes};
    ///
    /// #[derive(FromBytes, Immutable, IntoBytes, IoStruct)]
    /// #[repr(C)]
    /// struct Descriptor { address: Le<DmaAddr>, len: Le<u32>, flags: Le<u32> }
    ///
    /// let mut memory: Descriptor = zerocopy::FromZeros::new_zeroed();
    /// let view = SysMem::from_mut(&mut memory);
    /// let address = DmaAddr::new(0x1000).into();
    /// view.copy_write(Descriptor { address, len: 64.into(), flags: 1.into() });
    /// assert_eq!(io_read!(view, .address), DmaAddr::new(0x1000));
    /// assert_eq!(view.copy_read().len, Le::<u32>::new(64));
    /// ```
    ///
    /// A generic type with a destructor is rejected where it is copied:
    ///
    /// ```compile_fail
    /// # use io_core::prelude::*;
    /// # use zerocopy::{FromBytes, Immutable, IntoBytes};
    /// #[derive(FromBytes, Immutable, IntoBytes, IoStruct)]
    /// #[repr(transparent)]
    /// struct Guarded<T>(T);
    ///
    /// impl<T> Drop for Guarded<T> {
    ///     fn drop(&mut self) {}
    /// }
    ///
    /// fn write(memory: SysMem<'_, Guarded<u32>>) {
    ///     memory.copy_write(Guarded(1));
    /// }
    /// # let _used: fn(SysMem<'static, Guarded<u32>>) = write;
    /// ```
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail and the backend decides at run time whether the memory is a
    /// device's ([`try_copy_write`](Self::try_copy_write) returns an error instead):
    ///
    /// * The type has a union or an overlay, or a field is wider than the device's accesses.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    #[track_caller]
    fn copy_write(self, value: Self::Target) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_write(value))
    }

    /// Copies the whole value in, in ascending address order. The copy is not atomic as a whole.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    fn try_copy_write(self, value: Self::Target) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        write_whole(self, &value, OfFields)
    }

    /// Copies the whole value in with accesses of the width of `W`.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_write_as`](Self::try_copy_write_as) returns an
    /// error instead):
    ///
    /// * The size or the address is not a multiple of the width of `W`.
    #[doc(alias("memcpy_toio", "__iowrite32_copy", "__iowrite64_copy"))]
    #[inline(always)]
    #[track_caller]
    fn copy_write_as<W: Repr>(self, value: Self::Target) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_write_as::<W>(value))
    }

    /// Copies the whole value in with accesses of the width of `W`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if the size or the address is not a multiple of the width of `W`. No
    ///   access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    fn try_copy_write_as<W: Repr>(
        self,
        value: Self::Target,
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        write_whole(self, &value, Stated(W::WIDTH))
    }

    /// Fills `values` by repeated reads of this register, as for a FIFO. Performs exactly one
    /// access per value, each of the value's width and at the same address.
    ///
    /// Does not compile for a value of two accesses ([`LoHi`](crate::LoHi),
    /// [`HiLo`](crate::HiLo)).
    ///
    /// Source: Linux `readsX` (`Documentation/driver-api/device-io.rst`). Unlike these, the values
    /// are converted from the byte order of the register.
    ///
    /// ```
    /// use io_core::{RwSideEffect, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Uart { data: RwSideEffect<Le<u32>>, level: Ro<Le<u32>> }
    ///
    /// /// Removes up to four words from the receive FIFO, and returns their number.
    /// fn drain<'a>(
    ///     uart: impl Io<'a, Target = Uart, Backend: Bus32>,
    ///     words: &mut [u32; 4],
    /// ) -> usize {
    ///     let count = words.len().min(io_read!(uart, .level) as usize);
    ///     io_project!(uart, .data).read_fifo(&mut words[..count]);
    ///     count
    /// }
    /// # let mut words = [5_u32.to_le(), 2_u32.to_le()];
    /// # // SAFETY: the exclusive borrow of `words` covers a `Uart`.
    /// # let uart = unsafe { SysMem::new(words.as_mut_ptr().cast::<Uart>()) };
    /// # let mut read = [0; 4];
    /// # assert_eq!((drain(uart, &mut read), read), (2, [5, 5, 0, 0]));
    /// ```
    #[doc(alias(
        "readsb",
        "readsw",
        "readsl",
        "readsq",
        "ioread8_rep",
        "ioread16_rep",
        "ioread32_rep",
        "rep_insb",
    ))]
    #[inline(always)]
    fn read_fifo(
        self,
        values: &mut [<Self::Target as IoValue>::Read],
    ) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_read_fifo(values))
    }

    /// Fills `values` by repeated reads of this register, as for a FIFO.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access failed, with the number of bytes read before it.
    #[doc(alias("readsl", "ioread32_rep"))]
    #[inline(always)]
    fn try_read_fifo(
        self,
        values: &mut [<Self::Target as IoValue>::Read],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (count, mut places) = (values.len(), values.iter_mut());
        Self::Backend::io_read_fifo(
            fifo_register::<Self::Backend, Self::Target>(self.as_view()),
            count,
            |repr| {
                if let Some(place) = places.next() {
                    *place = Self::Target::decode(repr);
                }
            },
        )
    }

    /// Writes all of `values`, in order, to this register, as for a FIFO. Performs exactly one
    /// access per value, each of the value's width and at the same address.
    ///
    /// Does not compile for a value of two accesses ([`LoHi`](crate::LoHi),
    /// [`HiLo`](crate::HiLo)).
    ///
    /// Source: Linux `writesX` (`Documentation/driver-api/device-io.rst`).
    #[doc(alias(
        "writesb",
        "writesw",
        "writesl",
        "writesq",
        "iowrite8_rep",
        "iowrite16_rep",
        "iowrite32_rep",
        "rep_outsb",
    ))]
    #[inline(always)]
    fn write_fifo(
        self,
        values: &[<Self::Target as IoValue>::Write],
    ) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Writable<Write: Copy>,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_write_fifo(values))
    }

    /// Writes all of `values`, in order, to this register, as for a FIFO.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access failed, with the number of bytes written before it.
    #[doc(alias("writesl", "iowrite32_rep"))]
    #[inline(always)]
    fn try_write_fifo(
        self,
        values: &[<Self::Target as IoValue>::Write],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Writable<Write: Copy>,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        const { check_fifo::<Self::Target>() };
        let values = values.iter().map(|value| Self::Target::encode(*value));
        Self::Backend::io_write_fifo(
            fifo_register::<Self::Backend, Self::Target>(self.as_view()),
            values,
        )
    }

    /// Writes `byte` to every byte, with the widths of [`copy_write`](Self::copy_write), which does
    /// not write `Reserved` bytes on a device.
    ///
    /// Source: Linux `memset_io`.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// let mut memory = [1_u8; 6];
    /// SysMem::from_mut(&mut memory).fill(0xff);
    /// assert_eq!(memory, [0xff; 6]);
    /// ```
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail and the backend decides at run time whether the memory is a
    /// device's ([`try_fill`](Self::try_fill) returns an error instead):
    ///
    /// * The type has a union or an overlay, or a field is wider than the device's accesses.
    #[doc(alias = "memset_io")]
    #[inline(always)]
    #[track_caller]
    fn fill(self, byte: u8) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: FromBytes + CopyWritable + Fillable,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(fill(self, byte))
    }

    /// Writes `byte` to every byte.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memset_io")]
    #[inline(always)]
    fn try_fill(self, byte: u8) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + CopyWritable + Fillable,
        Self::Backend: IoCopyable,
    {
        fill(self, byte)
    }

    /// Writes `byte` to every byte, with accesses of the width of `W`.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_fill_as`](Self::try_fill_as) returns an error
    /// instead):
    ///
    /// * The size or the address is not a multiple of the width of `W`.
    #[doc(alias = "memset_io")]
    #[inline(always)]
    #[track_caller]
    fn fill_as<W: Repr>(self, byte: u8) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: FromBytes + CopyWritable,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(fill_stated(self, W::WIDTH, byte))
    }

    /// Writes `byte` to every byte, with accesses of the width of `W`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if the size or the address is not a multiple of the width of `W`. No
    ///   access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes written before it.
    #[doc(alias = "memset_io")]
    #[inline(always)]
    fn try_fill_as<W: Repr>(self, byte: u8) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + CopyWritable,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        fill_stated(self, W::WIDTH, byte)
    }

    /// Hands a descriptor over in the order that the hardware requires: writes all of `value`
    /// except the ownership field, then executes the barrier, then writes the ownership field in
    /// one access.
    ///
    /// The ownership field has the type [`OwnBit<_>`](crate::OwnBit) and the attribute
    /// `#[io(own_bit)]`. It cannot be read or written in any other way, so the usual mistakes do
    /// not compile: a write of the ownership bit before the body, no barrier between them, a read
    /// of the body before the ownership bit.
    ///
    /// The barrier is [`dma_wmb`](Self::dma_wmb) before the write of the ownership field and
    /// [`dma_rmb`](Self::dma_rmb) after its read; for write-combining memory, [`wmb`](Self::wmb)
    /// and [`rmb`](Self::rmb). To ring a doorbell afterwards, write to an ordered view.
    ///
    /// Source: Linux `Documentation/memory-barriers.txt`, "Memory barriers: dma_wmb()".
    ///
    /// ```
    /// use io_core::prelude::*;
    /// use zerocopy::{FromBytes, Immutable, IntoBytes};
    ///
    /// #[derive(Clone, Copy, FromBytes, Immutable, IntoBytes, IoStruct)]
    /// #[repr(C)]
    /// struct Descriptor {
    ///     address: Le<DmaAddr>,
    ///     len: Le<u16>,
    ///     #[io(own_bit)]
    ///     flags: OwnBit<Le<u16>>,
    ///     status: Le<u32>,
    /// }
    /// const OWNED_BY_DEVICE: u16 = 1;
    ///
    /// let mut ring: [Descriptor; 4] = zerocopy::FromZeros::new_zeroed();
    /// let ring = SysMem::from_mut(&mut ring);
    /// io_project!(ring, [2]).publish(Descriptor {
    ///     address: DmaAddr::new(0x1000).into(),
    ///     len: 64.into(),
    ///     status: 0.into(),
    ///     flags: OwnBit::new(OWNED_BY_DEVICE),
    /// });
    /// // The device has not completed the descriptor yet:
    /// let done = |flags: &u16| flags & OWNED_BY_DEVICE == 0;
    /// assert!(io_project!(ring, [2]).consume(done).is_none());
    /// ```
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail and the backend decides at run time whether the memory is a
    /// device's ([`try_publish`](Self::try_publish) returns an error instead):
    ///
    /// * The type has a union or an overlay, or a field is wider than the device's accesses.
    #[inline(always)]
    #[track_caller]
    fn publish(self, value: Self::Target) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: DescriptorWritable + AllBytes,
        Self::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, Self>>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(publish(self, &value))
    }

    /// As [`publish`](Self::publish).
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Io`] if an access failed. The ownership field is then unchanged, unless its
    ///   own access failed after a part of it was written.
    #[inline(always)]
    fn try_publish(self, value: Self::Target) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: DescriptorWritable + AllBytes,
        Self::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, Self>>,
    {
        publish(self, &value)
    }

    /// Lets `body` write fields other than the ownership field, then executes the barrier, then
    /// writes `owner` to the ownership field in one access.
    ///
    /// For example, a ring is published by its index, after some of its elements were written:
    ///
    /// ```
    /// # use io_core::prelude::*;
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Avail {
    ///     flags: Le<u16>,
    ///     #[io(own_bit)]
    ///     idx: OwnBit<Le<u16>>,
    ///     ring: [Le<u16>; 8],
    /// }
    ///
    /// fn offer<'a>(avail: impl Io<'a, Target = Avail, Backend: Bus32>, head: u16, idx: u16) {
    ///     avail.publish_with(idx.wrapping_add(1), |avail| {
    ///         io_write!(avail, .ring[panic: usize::from(idx) % 8], head);
    ///     });
    /// }
    /// # let mut words = [0_u16; 10];
    /// # // SAFETY: the exclusive borrow of `words` covers an `Avail`.
    /// # let avail = unsafe { SysMem::new(words.as_mut_ptr().cast::<Avail>()) };
    /// # offer(avail, 5, 9);
    /// # assert_eq!(words.map(u16::from_le), [0, 10, 0, 5, 0, 0, 0, 0, 0, 0]);
    /// ```
    #[inline(always)]
    fn publish_with(
        self,
        owner: OwnBitWrite<'a, Self>,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>) -> Output<Self::Backend, ()>,
    ) -> Output<Self::Backend, ()>
    where
        Self::Target: Descriptor,
        Self::Backend: IoCapable<OwnBitRepr<'a, Self>>,
    {
        type Mode<B> = <B as IoBackend>::Fail;
        let body = |view| Mode::<Self::Backend>::result(body(view));
        Mode::<Self::Backend>::output(self.try_publish_with(owner, body))
    }

    /// As [`publish_with`](Self::publish_with).
    ///
    /// # Errors
    ///
    /// * The error of `body`. The ownership field was not written.
    /// * The error of the access to the ownership field.
    #[inline(always)]
    fn try_publish_with<E: From<ErrorOf<Self::Backend>>>(
        self,
        owner: OwnBitWrite<'a, Self>,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        Self::Target: Descriptor,
        Self::Backend: IoCapable<OwnBitRepr<'a, Self>>,
    {
        let view = self.as_view();
        body(view)?;
        Self::Backend::barrier(view, Self::Backend::BEFORE_PUBLISH);
        let owner = <OwnBitOf<'a, Self>>::encode(owner);
        Ok(Self::Backend::io_write(own_bit_view::<Self>(view), owner)?)
    }

    /// Reads the ownership field in one access. If `ready` returns true for it, executes the
    /// barrier, then reads all other fields.
    ///
    /// The ownership field in the returned value is the one that was passed to `ready`; it is not
    /// read again. The type must implement zerocopy's [`FromBytes`], as for
    /// [`copy_read`](Self::copy_read).
    ///
    /// Source: Linux `Documentation/memory-barriers.txt`, "Memory barriers: dma_rmb()".
    ///
    /// ```
    /// use io_core::prelude::*;
    /// use zerocopy::FromBytes;
    ///
    /// #[derive(FromBytes, IoStruct)]
    /// #[repr(C)]
    /// struct Completion {
    ///     tag: Le<u32>,
    ///     #[io(own_bit)]
    ///     phase: OwnBit<Le<u32>>,
    /// }
    ///
    /// let mut memory = Completion { tag: 7.into(), phase: OwnBit::new(1) };
    /// let entry = SysMem::from_mut(&mut memory);
    /// assert!(entry.consume(|phase| *phase == 0).is_none());
    /// assert_eq!(entry.consume(|phase| *phase == 1).unwrap().tag.get(), 7);
    /// ```
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail and the backend decides at run time whether the memory is a
    /// device's ([`try_consume`](Self::try_consume) returns an error instead):
    ///
    /// * The type has a union or an overlay, or a field is wider than the device's accesses.
    #[inline(always)]
    #[track_caller]
    fn consume(
        self,
        ready: impl FnOnce(&OwnBitRead<'a, Self>) -> bool,
    ) -> CopyOutput<Self::Backend, Option<Self::Target>>
    where
        Self::Target: DescriptorReadable + AnyBytes,
        Self::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, Self>>,
    {
        consume::<Self, <Self::Backend as IoBackend>::Fail>(self, ready)
    }

    /// As [`consume`](Self::consume).
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[inline(always)]
    fn try_consume(
        self,
        ready: impl FnOnce(&OwnBitRead<'a, Self>) -> bool,
    ) -> Result<Option<Self::Target>, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: DescriptorReadable + AnyBytes,
        Self::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, Self>>,
    {
        consume::<Self, MayFail<_>>(self, ready)
    }

    /// Reads the ownership field in one access. If `ready` returns true for it, executes the
    /// barrier, then calls `body`, which reads the other fields it needs.
    ///
    /// ```
    /// # use io_core::prelude::*;
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Used {
    ///     flags: Le<u16>,
    ///     #[io(own_bit)]
    ///     idx: OwnBit<Le<u16>>,
    ///     ring: [Le<u16>; 8],
    /// }
    ///
    /// /// Returns entry number `next`, if the device has written it.
    /// fn poll<'a>(used: impl Io<'a, Target = Used, Backend: Bus32>, next: u16) -> Option<u16> {
    ///     used.consume_with(
    ///         |idx| *idx != next,
    ///         |used, _| io_read!(used, .ring[panic: usize::from(next) % 8]),
    ///     )
    /// }
    /// # let mut words = [0, 1, 5, 0, 0, 0, 0, 0, 0, 0].map(u16::to_le);
    /// # // SAFETY: the exclusive borrow of `words` covers a `Used`.
    /// # let used = unsafe { SysMem::new(words.as_mut_ptr().cast::<Used>()) };
    /// # assert_eq!((poll(used, 0), poll(used, 1)), (Some(5), None));
    /// ```
    #[inline(always)]
    fn consume_with<R>(
        self,
        ready: impl FnOnce(&OwnBitRead<'a, Self>) -> bool,
        body: impl FnOnce(
            ViewOf<'a, Self, Self::Target>,
            OwnBitRead<'a, Self>,
        ) -> Output<Self::Backend, R>,
    ) -> Output<Self::Backend, Option<R>>
    where
        Self::Target: Descriptor,
        Self::Backend: IoCapable<OwnBitRepr<'a, Self>>,
    {
        type Mode<B> = <B as IoBackend>::Fail;
        let body = |view, owner| Mode::<Self::Backend>::result(body(view, owner));
        Mode::<Self::Backend>::output(self.try_consume_with(ready, body))
    }

    /// As [`consume_with`](Self::consume_with).
    ///
    /// # Errors
    ///
    /// * The error of the access to the ownership field. `body` was not called.
    /// * The error of `body`.
    #[inline(always)]
    fn try_consume_with<R, E: From<ErrorOf<Self::Backend>>>(
        self,
        ready: impl FnOnce(&OwnBitRead<'a, Self>) -> bool,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>, OwnBitRead<'a, Self>) -> Result<R, E>,
    ) -> Result<Option<R>, E>
    where
        Self::Target: Descriptor,
        Self::Backend: IoCapable<OwnBitRepr<'a, Self>>,
    {
        let view = self.as_view();
        let owner =
            <OwnBitOf<'a, Self>>::decode(Self::Backend::io_read(own_bit_view::<Self>(view))?);
        if !ready(&owner) {
            return Ok(None);
        }
        Self::Backend::barrier(view, Self::Backend::AFTER_CONSUME);
        body(view, owner).map(Some)
    }

    /// Executes the barrier [`mb`](crate::barrier::mb). Recorders and simulated devices observe it.
    #[doc(alias("mfence", "dsb"))]
    #[inline(always)]
    fn mb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Mb);
    }

    /// Executes the barrier [`rmb`](crate::barrier::rmb). Recorders and simulated devices observe
    /// it.
    #[doc(alias = "lfence")]
    #[inline(always)]
    fn rmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Rmb);
    }

    /// Executes the barrier [`wmb`](crate::barrier::wmb). Recorders and simulated devices observe
    /// it.
    #[doc(alias = "sfence")]
    #[inline(always)]
    fn wmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Wmb);
    }

    /// Executes the barrier [`dma_mb`](crate::barrier::dma_mb). Recorders and simulated devices
    /// observe it.
    #[doc(alias = "dmb")]
    #[inline(always)]
    fn dma_mb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaMb);
    }

    /// Executes the barrier [`dma_rmb`](crate::barrier::dma_rmb). Recorders and simulated devices
    /// observe it.
    #[inline(always)]
    fn dma_rmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaRmb);
    }

    /// Executes the barrier [`dma_wmb`](crate::barrier::dma_wmb). Recorders and simulated devices
    /// observe it.
    #[inline(always)]
    fn dma_wmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaWmb);
    }
}

impl<'a, T: IoBase<'a>> Io<'a> for T {}

/// Start and size of a view's memory.
///
/// Takes the view, not its base: `IoBase` is a safe trait, and an implementation may return a
/// different view each time.
#[inline(always)]
fn place<'a, I: IoBase<'a>>(view: ViewOf<'a, I, I::Target>) -> (*mut u8, usize) {
    let ptr = I::Backend::as_ptr(view);
    (ptr.cast(), I::Target::size(ptr))
}

/// Checks that `size` bytes, aligned to `align`, start at `ptr`, where `limit` bytes are available.
#[inline(always)]
fn check_place(ptr: *mut u8, limit: usize, size: usize, align: usize) -> Result<*mut u8, Error> {
    if size > limit {
        return Err(Error::OutOfRange { offset: 0, size, limit });
    }
    if !ptr.addr().is_multiple_of(align) {
        return Err(Error::Misaligned { address: ptr.addr(), align });
    }
    Ok(ptr)
}
