//! Intel High Definition Audio 1.0a, section 3.3.

use io_core::prelude::*;
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

/// 3.3.7
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::FLUSH)]
#[repr(transparent)]
struct Gctl(u32);

impl Gctl {
    const CRST: u32 = 1 << 0;
    const FLUSH: u32 = 1 << 1;
}

/// 3.3.10
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x2)]
#[repr(transparent)]
struct Gsts(u16);

/// 3.3.21
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = 0x8000, ro = 0x00ff)]
#[repr(transparent)]
struct CorbRp(u16);

/// 3.3.23
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x1)]
#[repr(transparent)]
struct CorbSts(u8);

/// 3.3.30
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0x5)]
#[repr(transparent)]
struct RirbSts(u8);

/// 3.3.35 and 3.3.36: control in the lower 24 bits, status in the upper 8, in one access.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::COMPLETE | Self::FIFO_ERROR | Self::DESCRIPTOR_ERROR, ro = 1 << 29)]
#[repr(transparent)]
struct StreamControl(u32);

impl StreamControl {
    const RUN: u32 = 1 << 1;
    const COMPLETE: u32 = 1 << 26;
    const FIFO_ERROR: u32 = 1 << 27;
    const DESCRIPTOR_ERROR: u32 = 1 << 28;
}

#[io_struct(size = 0x20)]
struct Stream {
    #[io(at = 0x00)]
    control: Le<StreamControl>,
    #[io(at = 0x04)]
    lpib: Ro<Le<u32>>,
    #[io(at = 0x08)]
    cbl: Le<u32>,
    #[io(at = 0x0c)]
    lvi: Le<u16>,
    #[io(at = 0x10)]
    fifos: Ro<Le<u16>>,
    #[io(at = 0x12)]
    fmt: Le<u16>,
    #[io(at = 0x18)]
    bdp: LoHi<Le<DmaAddr>>,
}

#[io_struct(size = 0x440)]
struct Controller {
    #[io(at = 0x00)]
    gcap: Ro<Le<u16>>,
    #[io(at = 0x02)]
    vmin: Ro<u8>,
    #[io(at = 0x03)]
    vmaj: Ro<u8>,
    #[io(at = 0x04)]
    outpay: Ro<Le<u16>>,
    #[io(at = 0x06)]
    inpay: Ro<Le<u16>>,
    #[io(at = 0x08)]
    gctl: Le<Gctl>,
    #[io(at = 0x0c)]
    wakeen: Le<u16>,
    #[io(at = 0x0e)]
    statests: W1c<Le<u16>>,
    #[io(at = 0x10)]
    gsts: Le<Gsts>,
    #[io(at = 0x18)]
    outstrmpay: Ro<Le<u16>>,
    #[io(at = 0x1a)]
    instrmpay: Ro<Le<u16>>,
    #[io(at = 0x20)]
    intctl: Le<u32>,
    #[io(at = 0x24)]
    intsts: Ro<Le<u32>>,
    #[io(at = 0x30)]
    walclk: Ro<Le<u32>>,
    #[io(at = 0x38)]
    ssync: Le<u32>,
    #[io(at = 0x40)]
    corbbase: LoHi<Le<DmaAddr>>,
    #[io(at = 0x48)]
    corbwp: Le<u16>,
    #[io(at = 0x4a)]
    corbrp: Le<CorbRp>,
    #[io(at = 0x4c)]
    corbctl: u8,
    #[io(at = 0x4d)]
    corbsts: CorbSts,
    #[io(at = 0x4e)]
    corbsize: u8,
    #[io(at = 0x50)]
    rirbbase: LoHi<Le<DmaAddr>>,
    #[io(at = 0x58)]
    rirbwp: Le<u16>,
    #[io(at = 0x5a)]
    rintcnt: Le<u16>,
    #[io(at = 0x5c)]
    rirbctl: u8,
    #[io(at = 0x5d)]
    rirbsts: RirbSts,
    #[io(at = 0x5e)]
    rirbsize: u8,
    #[io(at = 0x60)]
    icoi: Le<u32>,
    #[io(at = 0x64)]
    icii: Ro<Le<u32>>,
    #[io(at = 0x68)]
    icis: Le<u16>,
    #[io(at = 0x70)]
    dpbase: LoHi<Le<DmaAddr>>,
    #[io(at = 0x80)]
    streams: [Stream; 30],
}

/// 3.6.3: an entry of the buffer descriptor list.
#[derive(IoStruct)]
#[repr(C)]
struct BufferDescriptor {
    address: Le<DmaAddr>,
    length: Le<u32>,
    interrupt: Le<u32>,
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Controller::FIELDS,
        &[
            ("gcap", 0x00),
            ("vmin", 0x02),
            ("vmaj", 0x03),
            ("outpay", 0x04),
            ("inpay", 0x06),
            ("gctl", 0x08),
            ("wakeen", 0x0c),
            ("statests", 0x0e),
            ("gsts", 0x10),
            ("outstrmpay", 0x18),
            ("instrmpay", 0x1a),
            ("intctl", 0x20),
            ("intsts", 0x24),
            ("walclk", 0x30),
            ("ssync", 0x38),
            ("corbbase", 0x40),
            ("corbwp", 0x48),
            ("corbrp", 0x4a),
            ("corbctl", 0x4c),
            ("corbsts", 0x4d),
            ("corbsize", 0x4e),
            ("rirbbase", 0x50),
            ("rirbwp", 0x58),
            ("rintcnt", 0x5a),
            ("rirbctl", 0x5c),
            ("rirbsts", 0x5d),
            ("rirbsize", 0x5e),
            ("icoi", 0x60),
            ("icii", 0x64),
            ("icis", 0x68),
            ("dpbase", 0x70),
            ("streams", 0x80),
        ],
    );
    assert_offsets(
        Stream::FIELDS,
        &[
            ("control", 0x00),
            ("lpib", 0x04),
            ("cbl", 0x08),
            ("lvi", 0x0c),
            ("fifos", 0x10),
            ("fmt", 0x12),
            ("bdp", 0x18),
        ],
    );
    assert_eq!(size_of::<BufferDescriptor>(), 0x10);
}

#[test]
fn a_stream_is_started_without_acknowledging_its_status() {
    let model = RegisterModel::<Controller>::new("hda")
        .reset(field!(.streams[2].control), StreamControl(StreamControl::COMPLETE));
    let hda = Simulated::<Controller, _>::new(model);
    io_update!(&hda, .gctl, |gctl| Gctl(gctl.0 | Gctl::CRST));
    let control = io_project!(&hda, .streams[2].control);
    control.update_val(|control| StreamControl(control.0 | StreamControl::RUN));
    let running = StreamControl(StreamControl::RUN | StreamControl::COMPLETE);
    assert_eq!(control.read_val(), running);
    control.clear_bits(running);
    assert_eq!(control.read_val(), StreamControl(StreamControl::RUN));
    io_project!(&hda, .rirbsts).clear_bits(RirbSts(0x5));
    assert_eq!(io_read!(&hda, .gctl), Gctl(Gctl::CRST));
    assert!(hda.with(|model| model.rejected().is_empty()));
}
