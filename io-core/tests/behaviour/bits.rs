//! Registers whose bits differ in their kinds: what is read and written, by each operation, and
//! what the test kit reports. The registers are those of real devices.
//!
//! | register | bits | source |
//! |---|---|---|
//! | PORTSC | `w1c`, `w1s`, `ro` | xHCI 1.2, 5.4.8 |
//! | PxFBS | `self_clearing`, `ro` | AHCI 1.3.1, 3.3.16 |
//! | CSTS | `w1c`, `ro`, no plain bits | NVMe 1.4, 3.1.6 |
//! | TIMx_SR | `w0c` | STM32F4 reference manual, 18.4.5 |
//! | FSTS | `w1c`, `ro` | VT-d 3.3, 11.4.7 |
//! | EICR | `read_clears` with `w1c` | 82599 datasheet, 8.2.3.5.1 |

use core::convert::Infallible;

use io_core::{
    Aliased, ReadToClearW1c, W0c, W0s, W0t, W1t, WoW1t, WriteOnce, WriteToClear, prelude::*,
};
use io_sim::{Checker, Recorder, RegisterModel, Simulated, field};

use crate::support::logger::{
    Access::{R, W},
    bench, log, store,
};

/// Port status and control.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::PED | Self::CSC, w1s = Self::PR, ro = 1)]
#[repr(transparent)]
struct PortSc(u32);

impl PortSc {
    /// A one that is written disables the port.
    const PED: u32 = 1 << 1;
    const PR: u32 = 1 << 4;
    const POWER: u32 = 1 << 9;
    const CSC: u32 = 1 << 17;
}

#[derive(IoStruct)]
#[repr(C)]
struct Port {
    sc: Le<PortSc>,
    big: Be<PortSc>,
}

#[test]
fn an_update_writes_zero_to_command_bits() {
    let port = bench::<Port>();
    store(&port, 0, &0x0002_0003_u32.to_le_bytes());
    io_update!(&port, .sc, |sc| PortSc(sc.0 | PortSc::POWER));
    assert_eq!(log(&port), [R(0, 32, 0x2_0003), W(0, 32, 0x201)]);
    store(&port, 4, &0x0002_0003_u32.to_be_bytes());
    io_update!(&port, .big, |sc| PortSc(sc.0 | PortSc::POWER));
    let swapped = |number: u32| u64::from(number.swap_bytes());
    assert_eq!(log(&port), [R(4, 32, swapped(0x2_0003)), W(4, 32, swapped(0x201))]);
}

#[test]
fn a_write_writes_zero_to_command_bits_and_an_exact_write_does_not() {
    let port = bench::<Port>();
    io_write!(&port, .sc, PortSc(PortSc::POWER | PortSc::CSC | PortSc::PR));
    io_project!(&port, .sc).write_val(PortSc(PortSc::CSC));
    io_project!(&port, .sc).write_exact(PortSc(PortSc::POWER | PortSc::CSC));
    assert_eq!(io_try_write!(&port, .sc, PortSc(PortSc::PED)), Ok::<_, Infallible>(()));
    io_project!(&port, .big).write_flush(PortSc(PortSc::CSC | 8));
    let big = u64::from(8_u32.swap_bytes());
    assert_eq!(
        log(&port),
        [
            W(0, 32, 0x200),
            W(0, 32, 0),
            W(0, 32, 0x2_0200),
            W(0, 32, 0),
            W(4, 32, big),
            R(4, 32, big)
        ]
    );
}

#[test]
fn clear_and_set_act_on_their_bits_and_keep_plain_ones() {
    let port = bench::<Port>();
    store(&port, 0, &0x0002_0203_u32.to_le_bytes());
    let sc = io_project!(&port, .sc);
    // `POWER` is plain, and `clear_bits` does not clear it.
    sc.clear_bits(PortSc(PortSc::CSC | PortSc::POWER));
    assert_eq!(log(&port), [R(0, 32, 0x2_0203), W(0, 32, 0x2_0201)]);
    store(&port, 0, &0x0002_0203_u32.to_le_bytes());
    sc.set_bits(PortSc(PortSc::PR | PortSc::CSC));
    assert_eq!(log(&port), [R(0, 32, 0x2_0203), W(0, 32, 0x211)]);
    assert_eq!(sc.try_set_bits(PortSc(0)), Ok(()));
}

/// FIS-based switching control.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = 0x2, ro = 0xf_f004)]
#[repr(transparent)]
struct PxFbs(u32);

/// Controller status: no plain bits.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x10, ro = !0x10)]
#[repr(transparent)]
struct Csts(u32);

/// Timer status.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w0c = 0x1eff)]
#[repr(transparent)]
struct TimSr(u16);

/// Fault status.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x7d, ro = 0xff02)]
#[repr(transparent)]
struct Fsts(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Devices {
    fbs: Le<PxFbs>,
    csts: Le<Csts>,
    sr: Le<TimSr>,
    _reserved: Reserved<2>,
    fsts: Le<Fsts>,
    eicr: ReadToClearW1c<Le<u32>>,
}

#[test]
fn a_register_without_plain_bits_is_cleared_without_a_read() {
    let dev = bench::<Devices>();
    io_project!(&dev, .csts).clear_bits(Csts(0x10));
    io_project!(&dev, .eicr).clear_bits(0x8000_0001);
    assert_eq!(log(&dev), [W(4, 32, 0x10), W(16, 32, 0x8000_0001)]);
}

#[test]
fn bits_cleared_by_zero_are_written_as_one_otherwise() {
    let dev = bench::<Devices>();
    store(&dev, 8, &0x0003_u16.to_le_bytes());
    // Bits 8 and 13 to 15 are plain.
    io_project!(&dev, .sr).clear_bits(TimSr(1));
    assert_eq!(log(&dev), [R(8, 16, 3), W(8, 16, 0x1efe)]);
    store(&dev, 8, &0x0103_u16.to_le_bytes());
    io_update!(&dev, .sr, |sr| sr);
    assert_eq!(log(&dev), [R(8, 16, 0x103), W(8, 16, 0x1fff)]);
}

#[test]
fn a_device_selection_keeps_the_clear_bit_idle() {
    let dev = bench::<Devices>();
    store(&dev, 0, &0x0001_3007_u32.to_le_bytes());
    io_update!(&dev, .fbs, |fbs| PxFbs(fbs.0 & !0xf00 | 0x500));
    io_project!(&dev, .fbs).set_bits(PxFbs(0x2));
    assert_eq!(
        log(&dev),
        [R(0, 32, 0x1_3007), W(0, 32, 0x1_3505), R(0, 32, 0x1_3505), W(0, 32, 0x1_3507)]
    );
}

#[test]
fn several_kinds_of_one_command_are_cleared_by_one_write() {
    #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    #[io(w1c = 0x0f, w0c = 0xf0, toggle = 0x300, w0t = 0xc00, w0s = 0x3000)]
    #[repr(transparent)]
    struct All(u16);

    let word = bench::<[Le<All>; 1]>();
    store(&word, 0, &0xffff_u16.to_le_bytes());
    let all = io_project!(&word, [0]);
    all.clear_bits(All(0x11));
    all.toggle_bits(All(0xfff));
    all.set_bits(All(0x1000));
    assert_eq!(
        log(&word),
        [
            R(0, 16, 0xffff),
            W(0, 16, 0xfce1),
            R(0, 16, 0xfce1),
            W(0, 16, 0xf3f0),
            R(0, 16, 0xf3f0),
            W(0, 16, 0xecf0),
        ]
    );
}

#[test]
fn halves_have_the_kinds_of_their_bits() {
    #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    #[io(w1c = 0x8000_0000_0000_0001)]
    #[repr(transparent)]
    struct Wide(u64);

    let words = bench::<[LoHi<Be<Wide>>; 1]>();
    store(&words, 0, &[0xff; 8]);
    io_update!(&words, [0], |wide| Wide(wide.0 & !0x10));
    let low = |number: u32| u64::from(number.swap_bytes());
    assert_eq!(
        log(&words),
        [
            R(4, 32, 0xffff_ffff),
            R(0, 32, 0xffff_ffff),
            W(4, 32, low(0xffff_ffee)),
            W(0, 32, low(0x7fff_ffff)),
        ]
    );
    io_project!(&words, [0]).clear_bits(Wide(1));
    assert_eq!(log(&words)[1..2], [W(4, 32, low(0xffff_ffef))]);
}

#[derive(IoStruct)]
#[repr(C)]
struct Whole {
    toggle: W1t<Le<u32>>,
    set: W0s<Le<u32>>,
    flip: W0t<Le<u32>>,
    out: WoW1t<Le<u32>>,
    errors: WriteToClear<Le<u32>>,
    once: WriteOnce<Le<u32>>,
}

#[test]
fn whole_registers_take_their_commands_without_a_read() {
    let regs = bench::<Whole>();
    io_project!(&regs, .toggle).toggle_bits(1);
    io_project!(&regs, .set).set_bits(2);
    io_project!(&regs, .flip).toggle_bits(4);
    io_project!(&regs, .out).toggle_bits(8);
    io_write!(&regs, .errors, 0);
    io_write!(&regs, .once, 5);
    assert_eq!(
        log(&regs),
        [
            W(0, 32, 1),
            W(4, 32, 0xffff_fffd),
            W(8, 32, 0xffff_fffb),
            W(12, 32, 8),
            W(16, 32, 0),
            W(20, 32, 5),
        ]
    );
}

#[test]
fn a_model_takes_the_kinds_from_the_types() {
    let model =
        RegisterModel::<Port>::new("port").reset(field!(.sc), PortSc(PortSc::PED | PortSc::CSC));
    let port = Simulated::<Port, _>::new(model);
    io_update!(&port, .sc, |sc| PortSc(sc.0 | PortSc::POWER));
    assert_eq!(io_read!(&port, .sc).0, PortSc::PED | PortSc::CSC | PortSc::POWER);
    io_project!(&port, .sc).clear_bits(PortSc(PortSc::CSC));
    assert_eq!(io_read!(&port, .sc).0, PortSc::PED | PortSc::POWER);
    assert!(port.with(|model| model.rejected().is_empty()));
}

#[test]
fn what_a_write_drops_is_reported() {
    let port = Simulated::<Port, _>::new(
        RegisterModel::<Port>::new("port").reset(field!(.sc), PortSc(PortSc::CSC)),
    );
    let (checker, recorder) = (Checker::collecting(), Recorder::new());
    let port = checker.device::<Port>("port").watch(&port);
    let port = recorder.record("port", port);
    io_update!(port, .sc, |sc| PortSc(sc.0 | PortSc::PR));
    assert_eq!(
        recorder.to_string(),
        "RD port.sc 32 -> 0x00020000 PortSc(131072)\n\
         DROPPED port.sc 32 0x00000010\n\
         WR port.sc 32 <- 0x00000000 PortSc(0)",
    );
    // The value that was read has a change bit.
    io_write!(port, .sc, PortSc(io_read!(port, .sc).0 | PortSc::POWER));
    let texts: Vec<_> = checker.violations().iter().map(ToString::to_string).collect();
    let text = |bits| {
        format!(
            "WR port.sc 32: the bits {bits} were given and not written: a written value is a \
             command to them; use `clear_bits`, `set_bits`, `toggle_bits` or `write_exact`"
        )
    };
    assert_eq!(texts, [text("0x10"), text("0x20000")]);
}

#[test]
fn a_register_without_kinds_reports_the_bits_of_the_model() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Plain {
        sc: Le<u32>,
        pm: Le<u32>,
    }

    let model = RegisterModel::<Plain>::new("port")
        .reset(field!(.sc), 0x2_0002)
        .clear_bits(field!(.sc), 0x2_0002);
    let port = Simulated::<Plain, _>::new(model);
    let checker = Checker::collecting();
    io_update!(checker.device::<Plain>("port").watch(&port), .sc, |sc| sc | 1 << 9);
    assert_eq!(checker.violations().len(), 0);
    let rejected = port.with(|model| model.rejected().to_vec());
    assert_eq!(
        rejected.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["WR port.sc 32: read-modify-write of write-one-to-clear bits clears pending 0x20002 as \
          well"],
    );
    // An acknowledgement of what was read is none.
    let pending = io_read!(&port, .sc) | 0x2;
    io_write!(&port, .sc, pending & 0x2_0002);
    assert_eq!(port.with(|model| model.rejected().len()), 1);
}

#[test]
fn an_exact_write_of_a_value_that_was_read_is_a_violation() {
    let port = Simulated::<Port, _>::new(
        RegisterModel::<Port>::new("port").reset(field!(.sc), PortSc(PortSc::CSC)),
    );
    let checker = Checker::collecting();
    let port = checker.device::<Port>("port").watch(&port);
    let sc = io_read!(port, .sc);
    io_project!(port, .sc).write_exact(PortSc(sc.0 | PortSc::POWER));
    let texts: Vec<_> = checker.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        ["WR port.sc 32: read-modify-write of a write-one-to-clear register would clear pending \
          0x20000 as well"],
    );
}

#[test]
fn a_write_once_register_takes_one_write() {
    let regs = Simulated::<Whole, _>::new(RegisterModel::<Whole>::new("dev"));
    io_write!(&regs, .once, 5);
    io_write!(&regs, .once, 5);
    assert!(regs.with(|model| model.rejected().is_empty()));
    io_write!(&regs, .once, 6);
    assert_eq!(io_read!(&regs, .once), 5);
    assert_eq!(
        regs.with(|model| model.rejected()[0].to_string()),
        "WR dev.once 32: the register can be written only once"
    );
}

/// 16 bits in a register of 32 bits, whose upper half is reserved.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0xffff)]
#[repr(transparent)]
struct Cause(u16);

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x00ff)]
#[repr(transparent)]
struct Mixed(u16);

#[derive(IoStruct)]
#[repr(C)]
struct Narrowed {
    cause: Le<Narrow<Cause, u32>>,
    mixed: Be<Narrow<Mixed, u32>>,
    zeros: W0c<Le<Narrow<u16, u32>>>,
}

#[test]
fn bits_above_a_narrow_value_are_written_as_zero() {
    let regs = bench::<Narrowed>();
    store(&regs, 0, &0xdead_0003_u32.to_le_bytes());
    io_project!(&regs, .cause).clear_bits(Cause(1));
    store(&regs, 4, &0xdead_8001_u32.to_be_bytes());
    io_project!(&regs, .mixed).clear_bits(Mixed(1));
    io_project!(&regs, .zeros).clear_bits(1);
    let big = |number: u32| u64::from(number.swap_bytes());
    assert_eq!(
        log(&regs),
        [W(0, 32, 1), R(4, 32, big(0xdead_8001)), W(4, 32, big(0x8001)), W(8, 32, 0xfffe),]
    );
}

#[test]
fn a_read_of_two_registers_at_one_address_has_the_effect_of_the_readable_one() {
    #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    #[io(read_clears = 0xff)]
    #[repr(transparent)]
    struct Events(u32);

    #[derive(IoStruct)]
    #[repr(C)]
    struct Aliases {
        events: Le<Aliased<Events, u32>>,
    }

    let model = RegisterModel::<Aliases>::new("dev").reset(field!(.events), 0x1ff);
    let dev = Simulated::<Aliases, _>::new(model);
    assert_eq!(io_read!(&dev, .events), Events(0x1ff));
    assert_eq!(io_read!(&dev, .events), Events(0x100));
}
