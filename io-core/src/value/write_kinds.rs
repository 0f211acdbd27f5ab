//! Access kinds of registers whose bits are commands: a written value acts on the bits, and is not
//! their new value.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, Clearable, CopyReadable, FieldLayout, IoLayout, IoValue, Plain, Readable, Settable,
    Toggleable, ValueFormat, Writable, access::access_kind,
};

access_kind! {
    /// Write-one-to-clear ("W1C"): can be read, and copied out;
    /// [`clear_bits`](crate::Io::clear_bits) clears bits.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { irq: W1c<Le<u32>> }
    ///
    /// fn acknowledge<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    ///     let pending = io_read!(regs, .irq);
    ///     io_project!(regs, .irq).clear_bits(pending);
    ///     pending
    /// }
    /// # let mut regs = Regs { irq: W1c::new(5) };
    /// # assert_eq!(acknowledge(SysMem::from_mut(&mut regs)), 5);
    /// ```
    W1c WriteOneToClear: Readable, Clearable, CopyReadable
}
access_kind! {
    /// Write-zero-to-clear ("rc_w0"): zeros that are written clear bits, and ones have no effect.
    ///
    /// `io_read!`, [`clear_bits`](crate::Io::clear_bits) and copies out are allowed. `clear_bits`
    /// writes the complement of the bits without a read, so that no bit that is set later is lost.
    ///
    /// ```
    /// use io_core::{W0c, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Timer { status: W0c<Le<u16>>, _reserved: Reserved<2> }
    ///
    /// fn acknowledge<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) {
    ///     io_project!(timer, .status).clear_bits(1); // writes 0xfffe
    /// }
    /// # let mut timer = Timer { status: W0c::new(3), _reserved: Reserved::ZERO };
    /// # acknowledge(SysMem::from_mut(&mut timer));
    /// # assert_eq!(timer.status, W0c::new(0xfffe));
    /// ```
    W0c WriteZeroToClear: Readable, Clearable, CopyReadable
}

access_kind! {
    /// Write-one-to-set ("W1S"): can be read, and copied out; [`set_bits`](crate::Io::set_bits)
    /// sets bits.
    ///
    /// ```
    /// use io_core::prelude::*;
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
    W1s WriteOneToSet: Readable, Settable, CopyReadable
}
access_kind! {
    /// Write-only; ones that are written clear bits, often of another register: an interrupt clear
    /// register ("ICR") next to the status register, for example. Written by
    /// [`clear_bits`](crate::Io::clear_bits).
    ///
    /// ```
    /// use io_core::{WoW1c, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { irq: Ro<Le<u32>>, irq_clear: WoW1c<Le<u32>> }
    ///
    /// fn acknowledge<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_project!(regs, .irq_clear).clear_bits(io_read!(regs, .irq));
    /// }
    /// # let mut regs = Regs { irq: Ro::new(6), irq_clear: WoW1c::new(0) };
    /// # acknowledge(SysMem::from_mut(&mut regs));
    /// # assert_eq!(regs.irq_clear, WoW1c::new(6));
    /// ```
    WoW1c WriteOnlyOneToClear: Clearable
}
access_kind! {
    /// Write-only; ones that are written set bits, often of another register: the set register of a
    /// set/clear pair, for example. Written by [`set_bits`](crate::Io::set_bits).
    ///
    /// ```
    /// use io_core::{WoW1s, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { pins: Ro<Le<u32>>, pins_set: WoW1s<Le<u32>> }
    ///
    /// fn raise<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, pin: u32) {
    ///     io_project!(regs, .pins_set).set_bits(1 << pin);
    /// }
    /// # let mut regs = Regs { pins: Ro::new(0), pins_set: WoW1s::new(0) };
    /// # raise(SysMem::from_mut(&mut regs), 2);
    /// # assert_eq!(regs.pins_set, WoW1s::new(4));
    /// ```
    WoW1s WriteOnlyOneToSet: Settable
}
access_kind! {
    /// Write-one-to-toggle ("W1T"): ones that are written invert bits.
    ///
    /// `io_read!`, [`toggle_bits`](crate::Io::toggle_bits) and copies out are allowed.
    ///
    /// ```
    /// use io_core::{W1t, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { leds: W1t<Le<u32>> }
    ///
    /// fn blink<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_project!(regs, .leds).toggle_bits(1);
    /// }
    /// # let mut regs = Regs { leds: W1t::new(0) };
    /// # blink(SysMem::from_mut(&mut regs));
    /// # assert_eq!(regs.leds, W1t::new(1));
    /// ```
    W1t WriteOneToToggle: Readable, Toggleable, CopyReadable
}
access_kind! {
    /// Write-zero-to-set ("W0S"): zeros that are written set bits, and ones have no effect.
    ///
    /// `io_read!`, [`set_bits`](crate::Io::set_bits) and copies out are allowed. `set_bits` writes the
    /// complement of the bits.
    ///
    /// ```
    /// use io_core::{W0s, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { mask: W0s<Le<u32>> }
    ///
    /// fn mask<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, line: u32) {
    ///     io_project!(regs, .mask).set_bits(1 << line);
    /// }
    /// # let mut regs = Regs { mask: W0s::new(0) };
    /// # mask(SysMem::from_mut(&mut regs), 0);
    /// # assert_eq!(regs.mask, W0s::new(!1));
    /// ```
    W0s WriteZeroToSet: Readable, Settable, CopyReadable
}
access_kind! {
    /// Write-zero-to-toggle ("W0T"): zeros that are written invert bits, and ones have no effect.
    ///
    /// `io_read!`, [`toggle_bits`](crate::Io::toggle_bits) and copies out are allowed. `toggle_bits`
    /// writes the complement of the bits.
    ///
    /// ```
    /// use io_core::{W0t, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { phase: W0t<Le<u32>> }
    ///
    /// fn flip<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_project!(regs, .phase).toggle_bits(1);
    /// }
    /// # let mut regs = Regs { phase: W0t::new(0) };
    /// # flip(SysMem::from_mut(&mut regs));
    /// # assert_eq!(regs.phase, W0t::new(!1));
    /// ```
    W0t WriteZeroToToggle: Readable, Toggleable, CopyReadable
}
access_kind! {
    /// Every write clears all bits, whatever its value (CMSIS-SVD `clear`).
    ///
    /// `io_read!`, `io_write!` and copies out are allowed.
    ///
    /// ```
    /// use io_core::{WriteToClear, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { errors: WriteToClear<Le<u32>> }
    ///
    /// fn take_errors<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    ///     let errors = io_read!(regs, .errors);
    ///     io_write!(regs, .errors, 0);
    ///     errors
    /// }
    /// # let mut regs = Regs { errors: WriteToClear::new(3) };
    /// # assert_eq!(take_errors(SysMem::from_mut(&mut regs)), 3);
    /// ```
    WriteToClear WriteToClear: Readable, Writable, CopyReadable
}
access_kind! {
    /// Every write sets all bits, whatever its value (CMSIS-SVD `set`).
    ///
    /// `io_read!`, `io_write!` and copies out are allowed.
    ///
    /// ```
    /// use io_core::{WriteToSet, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { lock: WriteToSet<Le<u32>> }
    ///
    /// fn lock<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_write!(regs, .lock, 0);
    /// }
    /// # let mut regs = Regs { lock: WriteToSet::new(0) };
    /// # lock(SysMem::from_mut(&mut regs));
    /// ```
    WriteToSet WriteToSet: Readable, Writable, CopyReadable
}
access_kind! {
    /// Write-once ("W1"): only the first write after a reset has an effect (CMSIS-SVD
    /// `read-writeOnce`).
    ///
    /// `io_read!`, `io_write!` and copies out are allowed; `io_update!` is not, since it would use up
    /// the write.
    ///
    /// ```
    /// use io_core::{WriteOnce, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { limits: WriteOnce<Le<u32>> }
    ///
    /// fn configure<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_write!(regs, .limits, 0x10);
    /// }
    /// # let mut regs = Regs { limits: WriteOnce::new(0) };
    /// # configure(SysMem::from_mut(&mut regs));
    /// # assert_eq!(regs.limits, WriteOnce::new(0x10));
    /// ```
    WriteOnce WriteOnce: Readable, Writable, CopyReadable
}
access_kind! {
    /// Write-only; ones that are written invert bits, often of another register. Written by
    /// [`toggle_bits`](crate::Io::toggle_bits).
    ///
    /// ```
    /// use io_core::{WoW1t, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { out: Le<u32>, out_toggle: WoW1t<Le<u32>> }
    ///
    /// fn toggle<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, pin: u32) {
    ///     io_project!(regs, .out_toggle).toggle_bits(1 << pin);
    /// }
    /// # let mut regs = Regs { out: 0.into(), out_toggle: WoW1t::new(0) };
    /// # toggle(SysMem::from_mut(&mut regs), 3);
    /// # assert_eq!(regs.out_toggle, WoW1t::new(8));
    /// ```
    WoW1t WriteOnlyOneToToggle: Toggleable
}
access_kind! {
    /// Read-to-clear, and ones that are written clear bits, too: an interrupt cause register such as
    /// EICR of Intel's 82599.
    ///
    /// `io_read!` and [`clear_bits`](crate::Io::clear_bits) are allowed. A block that contains such a
    /// field cannot be copied out. `clear_bits` does not read the register.
    ///
    /// ```
    /// use io_core::{ReadToClearW1c, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { eicr: ReadToClearW1c<Le<u32>> }
    ///
    /// fn acknowledge<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, queue: u32) {
    ///     io_project!(regs, .eicr).clear_bits(1 << queue);
    /// }
    /// # let mut regs = Regs { eicr: ReadToClearW1c::new(0) };
    /// # acknowledge(SysMem::from_mut(&mut regs), 2);
    /// # assert_eq!(regs.eicr, ReadToClearW1c::new(4));
    /// ```
    ReadToClearW1c ReadToClearOneToClear: Readable, Clearable
}
access_kind! {
    /// Self-clearing ("SC"): ones that are written start an operation, and read as zero once it is
    /// complete.
    ///
    /// `io_read!`, `io_write!`, [`set_bits`](crate::Io::set_bits) and copies out are allowed;
    /// `io_update!` is not, since it would write ones back.
    ///
    /// ```
    /// use io_core::{SelfClearing, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { reset: SelfClearing<Le<u32>> }
    ///
    /// fn reset<'a>(
    ///     regs: impl Io<'a, Target = Regs, Backend: Bus32>,
    ///     clock: &impl Clock,
    ///     limit: Poll,
    /// ) -> Result<u32, io_core::Error> {
    ///     io_write!(regs, .reset, 1);
    ///     Ok(io_project!(regs, .reset).poll(clock, limit, |reset| *reset == 0)?)
    /// }
    /// ```
    SelfClearing SelfClearing: Readable, Writable, Settable, CopyReadable
}
