//! io-core under other names: generated code must not refer to it as `io_core`.
//!
//! Here `::io_core` is another crate, so generated code that uses it does not compile.

extern crate core as io_core;
extern crate io_core as renamed;

/// A crate that re-exports io-core under another path.
mod vendored {
    pub(crate) mod io {
        pub(crate) use renamed::*;
    }
}

use vendored::io::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(crate = crate::vendored::io)]
#[repr(transparent)]
struct Control(u32);

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(crate = ::renamed)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

bitflags::bitflags! {
    #[derive(Clone, Copy, IoValue)]
    #[io(crate = crate::vendored::io, bits = u8)]
    #[repr(transparent)]
    struct Flags: u8 {
        const READY = 1;
    }
}

#[derive(IoStruct)]
#[io(crate = ::renamed, size = 0x10)]
#[repr(C)]
struct Regs {
    id: Ro<u32>,
    #[io(at = 0x04)]
    ctrl: Control,
    pair: Pair<u16>,
    mode: Rw<Narrow<Mode, u16>>,
    flags: Narrow<Flags, u16>,
}

#[derive(IoStruct)]
#[io(crate = crate::vendored::io)]
#[repr(C, packed(2))]
struct Pair<T>(T, T);

fn all_macros<'a>(
    regs: impl Io<'a, Target = Regs, Backend: Bus32>,
) -> Result<u32, vendored::io::Error> {
    io_write!(regs, .ctrl, Control(2));
    io_write!(regs, .mode, Mode::On);
    assert_eq!(io_read!(regs, .mode), Ok(Mode::On));
    io_write!(regs, .flags, Flags::READY);
    assert!(io_read!(regs, .flags).contains(Flags::READY));
    renamed::io_update!(regs, .ctrl, |v| Control(v.0 + 1));
    vendored::io::io_try_write!(regs, .pair.1, 5)?;
    vendored::io::io_try_update!(regs, .pair.1, |v| v + 1)?;
    Ok(io_read!(regs, .id)
        + renamed::io_try_read!(regs, .ctrl)?.0
        + u32::from(io_project!(regs, .pair.1).read_val()))
}

#[test]
fn generated_code_uses_the_given_crate_path() {
    let (mode, flags) = (Rw::new(Mode::Off), Narrow::new(Flags::empty()));
    let mut memory = Regs { id: 7.into(), ctrl: Control(0), pair: Pair(0, 0), mode, flags };
    assert_eq!(all_macros(SysMem::from_mut(&mut memory)), Ok(7 + 3 + 6));
}
