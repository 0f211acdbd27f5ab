//! The macros that clear, set and toggle bits. They only pass `$crate` on, as those of `macros`.

/// Clears bits of a field to which a written value is a command.
///
/// `io_clear_bits!(io, steps, bits)` is `io_project!(io, steps).clear_bits(bits)`: see
/// [`clear_bits`](crate::Io::clear_bits). Bits of other kinds are ignored; with `build: BITS`, the
/// compiler refuses them.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
/// #[io(w1c = Self::CHANGED)]
/// #[repr(transparent)]
/// struct PortStatus(u32);
///
/// impl PortStatus {
///     const POWER: Self = PortStatus(1 << 9);
///     const CHANGED: Self = PortStatus(1 << 17);
/// }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Port { status: Le<PortStatus> }
///
/// fn acknowledge<'a>(port: impl Io<'a, Target = Port, Backend: Bus32>) {
///     io_clear_bits!(port, .status, build: PortStatus::CHANGED);
/// }
/// # let mut port = Port { status: PortStatus::POWER.into() };
/// # acknowledge(SysMem::from_mut(&mut port));
/// # assert_eq!(PortStatus::from(port.status).0, 1 << 9 | 1 << 17);
/// ```
///
/// Bits that a write does not clear are refused:
///
/// ```compile_fail,E0080
/// # use io_core::prelude::*;
/// # #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
/// # #[io(w1c = 1 << 17)]
/// # #[repr(transparent)]
/// # struct PortStatus(u32);
/// # impl PortStatus { const POWER: Self = PortStatus(1 << 9); }
/// # #[derive(IoStruct)]
/// # #[repr(C)]
/// # struct Port { status: Le<PortStatus> }
/// # let mut port = Port { status: PortStatus(0).into() };
/// # let port = SysMem::from_mut(&mut port);
/// io_clear_bits!(port, .status, build: PortStatus::POWER);
/// ```
#[macro_export]
macro_rules! io_clear_bits {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(clear_bits $crate; $($tokens)*)
    };
}

/// Sets bits of a field to which a written value is a command.
///
/// `io_set_bits!(io, steps, bits)` is `io_project!(io, steps).set_bits(bits)`: see
/// [`set_bits`](crate::Io::set_bits). Bits of other kinds are ignored; with `build: BITS`, the
/// compiler refuses them.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
/// #[io(w1s = 1 << 4)]
/// #[repr(transparent)]
/// struct PortStatus(u32);
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Port { status: Le<PortStatus> }
///
/// fn reset<'a>(port: impl Io<'a, Target = Port, Backend: Bus32>) {
///     io_set_bits!(port, .status, build: PortStatus(1 << 4));
/// }
/// # let mut port = Port { status: PortStatus(0).into() };
/// # reset(SysMem::from_mut(&mut port));
/// # assert_eq!(PortStatus::from(port.status).0, 1 << 4);
/// ```
#[macro_export]
macro_rules! io_set_bits {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(set_bits $crate; $($tokens)*)
    };
}

/// Inverts bits of a field to which a written value is a command.
///
/// `io_toggle_bits!(io, steps, bits)` is `io_project!(io, steps).toggle_bits(bits)`: see
/// [`toggle_bits`](crate::Io::toggle_bits). Bits of other kinds are ignored; with `build: BITS`, the
/// compiler refuses them.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::{io_toggle_bits, prelude::*};
///
/// #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
/// #[io(toggle = 0xff)]
/// #[repr(transparent)]
/// struct Leds(u16);
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Board { leds: Le<Leds> }
///
/// fn blink<'a>(board: impl Io<'a, Target = Board, Backend: Bus32>) {
///     io_toggle_bits!(board, .leds, Leds(1));
/// }
/// # let mut board = Board { leds: Leds(0).into() };
/// # blink(SysMem::from_mut(&mut board));
/// # assert_eq!(Leds::from(board.leds).0, 1);
/// ```
#[macro_export]
macro_rules! io_toggle_bits {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(toggle_bits $crate; $($tokens)*)
    };
}
