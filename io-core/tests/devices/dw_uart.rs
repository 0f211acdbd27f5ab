//! Synopsys DesignWare APB UART (DW_apb_uart), databook 4.00a, chapter 5: registers at a stride of 4
//! bytes, of which those at 0x00, 0x04 and 0x08 have several meanings.

use io_core::{RoSideEffect, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

/// The bits of errors are cleared by a read.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(ro = 0xff, read_clears = Self::ERRORS)]
#[repr(transparent)]
struct Lsr(u32);

impl Lsr {
    const DATA_READY: u32 = 1 << 0;
    const OVERRUN: u32 = 1 << 1;
    /// OE, PE, FE, BI and RFE.
    const ERRORS: u32 = 0x9e;
    const HOLDING_EMPTY: u32 = 1 << 5;
}

/// The changes are cleared by a read.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(ro = 0xff, read_clears = 0x0f)]
#[repr(transparent)]
struct Msr(u32);

/// FIFO control: the resets clear themselves.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::RESETS)]
#[repr(transparent)]
struct Srr(u32);

impl Srr {
    const RESETS: u32 = 0x7;
}

#[io_struct(size = 0x100)]
struct DwUart {
    #[io(at = 0x00)]
    rbr: RoSideEffect<Le<u32>>,
    #[io(at = 0x00, overlay)]
    thr: Wo<Le<u32>>,
    #[io(at = 0x00, overlay)]
    dll: Le<u32>,
    #[io(at = 0x04)]
    ier: Le<u32>,
    #[io(at = 0x04, overlay)]
    dlh: Le<u32>,
    #[io(at = 0x08)]
    iir: RoSideEffect<Le<u32>>,
    #[io(at = 0x08, overlay)]
    fcr: Wo<Le<u32>>,
    #[io(at = 0x0c)]
    lcr: Le<u32>,
    #[io(at = 0x10)]
    mcr: Le<u32>,
    #[io(at = 0x14)]
    lsr: Le<Lsr>,
    #[io(at = 0x18)]
    msr: Le<Msr>,
    #[io(at = 0x1c)]
    scr: Le<u32>,
    #[io(at = 0x20)]
    lpdll: Le<u32>,
    #[io(at = 0x24)]
    lpdlh: Le<u32>,
    #[io(at = 0x30)]
    srbr: [RoSideEffect<Le<u32>>; 16],
    #[io(at = 0x70)]
    far: Le<u32>,
    #[io(at = 0x74)]
    tfr: RoSideEffect<Le<u32>>,
    #[io(at = 0x78)]
    rfw: Wo<Le<u32>>,
    #[io(at = 0x7c)]
    usr: RoSideEffect<Le<u32>>,
    #[io(at = 0x80)]
    tfl: Ro<Le<u32>>,
    #[io(at = 0x84)]
    rfl: Ro<Le<u32>>,
    #[io(at = 0x88)]
    srr: Le<Srr>,
    #[io(at = 0x8c)]
    srts: Le<u32>,
    #[io(at = 0x90)]
    sbcr: Le<u32>,
    #[io(at = 0x94)]
    sdmam: Le<u32>,
    #[io(at = 0x98)]
    sfe: Le<u32>,
    #[io(at = 0x9c)]
    srt: Le<u32>,
    #[io(at = 0xa0)]
    stet: Le<u32>,
    #[io(at = 0xa4)]
    htx: Le<u32>,
    #[io(at = 0xa8)]
    dmasa: Wo<Le<u32>>,
    #[io(at = 0xf4)]
    cpr: Ro<Le<u32>>,
    #[io(at = 0xf8)]
    ucv: Ro<Le<u32>>,
    #[io(at = 0xfc)]
    ctr: Ro<Le<u32>>,
}

#[test]
fn offsets_are_those_of_the_databook() {
    assert_offsets(
        DwUart::FIELDS,
        &[
            ("rbr", 0x00),
            ("thr", 0x00),
            ("dll", 0x00),
            ("ier", 0x04),
            ("dlh", 0x04),
            ("iir", 0x08),
            ("fcr", 0x08),
            ("lcr", 0x0c),
            ("mcr", 0x10),
            ("lsr", 0x14),
            ("msr", 0x18),
            ("scr", 0x1c),
            ("lpdll", 0x20),
            ("lpdlh", 0x24),
            ("srbr", 0x30),
            ("far", 0x70),
            ("tfr", 0x74),
            ("rfw", 0x78),
            ("usr", 0x7c),
            ("tfl", 0x80),
            ("rfl", 0x84),
            ("srr", 0x88),
            ("srts", 0x8c),
            ("sbcr", 0x90),
            ("sdmam", 0x94),
            ("sfe", 0x98),
            ("srt", 0x9c),
            ("stet", 0xa0),
            ("htx", 0xa4),
            ("dmasa", 0xa8),
            ("cpr", 0xf4),
            ("ucv", 0xf8),
            ("ctr", 0xfc),
        ],
    );
}

#[test]
fn errors_of_the_line_are_seen_once() {
    let lines = Lsr::DATA_READY | Lsr::OVERRUN | Lsr::HOLDING_EMPTY;
    let model = RegisterModel::<DwUart>::new("uart").reset(field!(.lsr), Lsr(lines));
    let uart = Simulated::<DwUart, _>::new(model);
    assert_eq!(io_read!(&uart, .lsr), Lsr(lines));
    assert_eq!(io_read!(&uart, .lsr), Lsr(Lsr::DATA_READY | Lsr::HOLDING_EMPTY));
    io_write!(&uart, .thr, u32::from(b'A'));
    io_set_bits!(&uart, .srr, build: Srr(Srr::RESETS));
    assert_eq!(io_read!(&uart, .srr), Srr(0));
    assert!(uart.with(|model| model.rejected().is_empty()));
}
