//! Without a prelude every name in generated code must be absolute.

#![no_implicit_prelude]

use ::core::{assert, assert_eq, prelude::v1::test};

#[derive(::io_core::IoValue)]
#[repr(transparent)]
struct Control(u32);

#[derive(::io_core::IoValue)]
#[repr(u32)]
enum Mode {
    Off,
    On,
}

#[derive(::io_core::IoStruct)]
#[io(size = 0x24)]
#[repr(C)]
struct Regs {
    id: ::io_core::Ro<u32>,
    #[io(at = 0x04)]
    ctrl: Control,
    chan: [Chan; 2],
    door: ::io_core::Wo<::io_core::Le<u32>>,
    irq: ::io_core::W1c<::io_core::Be<u32>>,
    mode: ::io_core::Le<::io_core::Narrow<Mode, u32>>,
}

#[derive(::io_core::IoStruct)]
#[repr(C)]
struct Chan {
    addr: u32,
    count: u32,
}

fn regs() -> Regs {
    let chan = || Chan { addr: 3, count: 4 };
    Regs {
        id: ::core::convert::From::from(7),
        ctrl: Control(1),
        chan: [chan(), chan()],
        door: ::core::convert::From::from(::io_core::Le::<u32>::new(0)),
        irq: ::core::convert::From::from(::io_core::Be::<u32>::new(0)),
        mode: ::core::convert::From::from(::io_core::Narrow::new(Mode::Off)),
    }
}

fn all_macros(i: usize) -> ::core::result::Result<u32, ::io_core::Error> {
    let mut memory = regs();
    let regs = ::io_core::SysMem::from_mut(&mut memory);
    ::io_core::io_write!(regs, .ctrl, Control(2));
    ::io_core::io_write!(regs, .door, 5);
    ::io_core::io_update!(regs, .ctrl, |v| Control(v.0 + 1));
    ::io_core::io_try_write!(regs, .chan[0].addr, 9)?;
    ::io_core::io_try_update!(regs, .chan[build: 0].addr, |v| v + 1)?;
    ::io_core::io_write!(regs, .mode, Mode::On);
    assert!(::core::matches!(
        ::io_core::io_read!(regs, .mode),
        ::core::result::Result::Ok(Mode::On)
    ));
    ::io_core::Io::clear_bits(::io_core::io_project!(regs, .irq), 1);
    let id = ::io_core::io_read!(regs, .id);
    let count = ::io_core::io_read!(regs, .chan[try: i].count);
    let addr = ::io_core::io_try_read!(regs, .chan[panic: 0].addr)?;
    let ctrl = ::io_core::io_read!(regs, .ctrl).0;
    ::core::result::Result::Ok(id + count + addr + ctrl)
}

struct Nova;
type Bar = ::io_core::Region<0x20, ::io_core::A4, Nova>;
const CHANS: ::io_core::Loc<Bar, [Chan; 2]> = ::io_core::Loc::at(0x8);
const COUNT: ::io_core::Loc<Bar, u32> = ::io_core::loc!(CHANS, [1].count);

fn locations(i: usize) -> ::core::result::Result<usize, ::io_core::Error> {
    let addr = ::io_core::loc!(CHANS, [try: i].addr);
    ::core::result::Result::Ok(addr.offset() + COUNT.offset())
}

#[test]
fn generated_code_uses_absolute_names() {
    assert_eq!(all_macros(1), ::core::result::Result::Ok(7 + 4 + 10 + 3));
    assert!(all_macros(2).is_err());
    assert_eq!(locations(1), ::core::result::Result::Ok(0x10 + 0x14));
    assert!(locations(2).is_err());
}
