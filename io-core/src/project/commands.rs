//! Clearing, setting and toggling bits at the end of a path.

use crate::{
    io::{Command, ErrorMode, IoBackend, IoBase, IoCapable, Output, command_bits, commanded},
    value::{Clearable, IoValue, Mask, Settable, Toggleable, bits_in_memory},
};

/// Bits of a `T` on which a write has the effect of the command of number `COMMAND`, which was
/// checked.
#[derive(Debug)]
pub struct Proved<T: IoValue, const COMMAND: usize>(T::Write);

const CLEAR: usize = Command::Clear as usize;
const SET: usize = Command::Set as usize;
const TOGGLE: usize = Command::Toggle as usize;

impl<T: IoValue<Write: Mask<<T as IoValue>::Write>>, const COMMAND: usize> Proved<T, COMMAND> {
    /// Checks the bits.
    ///
    /// # Panics
    ///
    /// * A write does not have the effect on one of the bits.
    ///
    /// # Safety
    ///
    /// The bits of `bits` in memory must be initialised, as they are for integers.
    #[track_caller]
    pub const unsafe fn new(bits: T::Write) -> Self {
        // SAFETY: by the contract of `Mask`, a `T::Write` has the size of its representation, an
        // integer. The caller guarantees that the bits are initialised.
        let number = unsafe { bits_in_memory(&bits) };
        let has_effect = number & !commanded::<T>(COMMAND) == 0;
        match COMMAND {
            CLEAR => assert!(
                has_effect,
                "some of these bits are not cleared by a write: see `#[io(w1c = …)]` of the value \
                 type"
            ),
            SET => assert!(
                has_effect,
                "some of these bits are not set by a write: see `#[io(w1s = …)]` of the value type"
            ),
            _ => assert!(
                has_effect,
                "some of these bits are not inverted by a write: see `#[io(toggle = …)]` of the \
                 value type"
            ),
        }
        Proved(bits)
    }
}

/// Implements `io_clear_bits!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn clear_bits_element<'a, I, T>(io: I, bits: T::Write) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Clearable,
{
    let result = command_bits::<I::Backend, T>(io.as_view(), bits, Command::Clear);
    <I::Backend as IoBackend>::Fail::output(result)
}

/// Implements `io_clear_bits!` with `build: BITS`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn clear_bits_proved<'a, I, T>(io: I, bits: Proved<T, CLEAR>) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Clearable,
{
    clear_bits_element(io, bits.0)
}

/// Implements `io_set_bits!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn set_bits_element<'a, I, T>(io: I, bits: T::Write) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Settable,
{
    let result = command_bits::<I::Backend, T>(io.as_view(), bits, Command::Set);
    <I::Backend as IoBackend>::Fail::output(result)
}

/// Implements `io_set_bits!` with `build: BITS`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn set_bits_proved<'a, I, T>(io: I, bits: Proved<T, SET>) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Settable,
{
    set_bits_element(io, bits.0)
}

/// Implements `io_toggle_bits!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn toggle_bits_element<'a, I, T>(io: I, bits: T::Write) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Toggleable,
{
    let result = command_bits::<I::Backend, T>(io.as_view(), bits, Command::Toggle);
    <I::Backend as IoBackend>::Fail::output(result)
}

/// Implements `io_toggle_bits!` with `build: BITS`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn toggle_bits_proved<'a, I, T>(io: I, bits: Proved<T, TOGGLE>) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Toggleable,
{
    toggle_bits_element(io, bits.0)
}
