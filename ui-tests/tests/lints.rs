//! No lint fires in generated code, however strict the user's settings are.
//!
//! Groups that are usually not denied as a whole are denied too; the allowed lints concern only the
//! text of this file.

#![deny(warnings)]
#![deny(
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    future_incompatible,
    keyword_idents,
    let_underscore,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    nonstandard_style,
    redundant_imports,
    redundant_lifetimes,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unsafe_op_in_unsafe_fn,
    unused,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::nursery, clippy::pedantic, clippy::restriction)]
#![allow(clippy::blanket_clippy_restriction_lints, reason = "as many lints as possible")]
#![allow(
    clippy::implicit_return,
    clippy::question_mark_used,
    clippy::single_call_fn,
    reason = "contradict the style of this workspace"
)]

use io_core::{A4, Error, Loc, Region, loc, prelude::*};

/// The registers of a device.
const REGS: Loc<Bar, Regs> = Loc::at(0x0);

/// A part of them.
const IDENT: Loc<Bar, Ro<u32>> = loc!(REGS, .id);

/// A device.
#[derive(Clone, Copy, Debug)]
struct Nova;

/// Its memory.
type Bar = Region<0x100, A4, Nova>;

/// A newtype.
#[derive(Clone, Copy, Debug, IoValue)]
#[repr(transparent)]
pub struct Control(u32);

/// An enum.
#[derive(Clone, Copy, Debug, IoValue)]
#[non_exhaustive]
#[repr(i16)]
pub enum Mode {
    /// Stopped.
    Off = -1,
    /// Running.
    On,
}

/// A nested block.
#[derive(Debug, IoStruct)]
#[repr(C)]
pub struct Chan<T, const N: usize> {
    /// An array.
    words: [T; N],
    pair: Pair,
}

/// A tuple struct.
#[derive(Clone, Copy, Debug, IoStruct)]
#[repr(C, packed(4))]
pub struct Pair(u32, #[io(at = 4)] W1c<u32>);

/// A block.
#[expect(non_snake_case, reason = "the data sheet's name")]
#[derive(Debug, IoStruct)]
#[io(size = 0x40)]
#[repr(C)]
pub struct Regs {
    id: Ro<u32>,
    #[io(at = 0x04)]
    control: Control,
    chan: [Chan<Le<u32>, 4>; 2],
    DATA: u32,
    mode: Ro<Le<Narrow<Mode, u32>>>,
}

/// Uses locations in each form.
fn locations<'io>(bar: impl Io<'io, Target = Bar, Backend: Bus32>, place: Loc<Bar, Regs>) -> u32 {
    io_write!(bar, build: place, .control, Control(2));
    io_read!(bar, build: REGS, .id) | io_read!(bar, build: IDENT) | bar.read(loc!(place, .id))
}

/// Uses each macro.
///
/// # Errors
///
/// Returns an error if `index` is out of bounds.
fn all_macros<'io>(
    regs: impl Io<'io, Target = Regs, Backend: Bus32>,
    index: usize,
) -> Result<u32, Error> {
    io_write!(regs, .control, Control(2));
    io_update!(regs, .control, |value| value);
    io_try_write!(regs, .chan[0].words[3], 9)?;
    io_try_update!(regs, .chan[build: 1].words[build: 2], |value| value)?;
    io_write!(regs, .DATA, 1);
    io_project!(regs, .chan[try: index].pair.1).clear_bits(1);
    let known = u32::from(io_read!(regs, .mode).is_ok());
    let part = io_project!(regs, .chan[panic: 1..]);
    Ok(io_read!(regs, .id) | io_try_read!(part, [try: 0].pair.0)? | known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// # Panics
    ///
    /// Panics if the generated code gives wrong results.
    #[test]
    fn generated_code_causes_no_lint() {
        let pair = Pair(2, W1c::from(0));
        let chan = [(); 2].map(|()| Chan { words: [Le::<u32>::new(0); 4], pair });
        let mode = Ro::new(Mode::On);
        let mut memory = Regs { id: Ro::from(5), control: Control(0), chan, DATA: 0, mode };
        assert_eq!(
            all_macros(SysMem::from_mut(&mut memory), 1),
            Ok(7),
            "the macros also work at run time"
        );
        // A byte array may be unaligned; the cast then fails, and nothing is checked.
        let mut bytes = [0; 0x100];
        if let Ok(bar) = SysMem::from_mut(&mut bytes).try_region::<Bar>() {
            assert_eq!(locations(bar, REGS), 0, "locations also work at run time");
        }
    }
}
