//! xHCI 1.2, sections 5.3 to 5.6.

use io_core::{SelfClearing, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

#[io_struct(size = 0x24)]
struct Capability {
    #[io(at = 0x00)]
    cap_length: Ro<u8>,
    #[io(at = 0x02)]
    hci_version: Ro<Le<u16>>,
    #[io(at = 0x04)]
    hcs_params: [Ro<Le<u32>>; 3],
    #[io(at = 0x10)]
    hcc_params1: Ro<Le<u32>>,
    #[io(at = 0x14)]
    db_off: Ro<Le<u32>>,
    #[io(at = 0x18)]
    rts_off: Ro<Le<u32>>,
    #[io(at = 0x1c)]
    hcc_params2: Ro<Le<u32>>,
    #[io(at = 0x20)]
    vtios_off: Ro<Le<u32>>,
}

/// 5.4.1
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::HCRST | Self::LHCRST | Self::CSS | Self::CRS)]
#[repr(transparent)]
struct UsbCmd(u32);

impl UsbCmd {
    const RUN: u32 = 1 << 0;
    const HCRST: u32 = 1 << 1;
    const LHCRST: u32 = 1 << 7;
    const CSS: u32 = 1 << 8;
    const CRS: u32 = 1 << 9;
}

/// 5.4.2
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::HSE | Self::EINT | Self::PCD | Self::SRE)]
#[io(ro = Self::HCH | Self::SSS | Self::RSS | Self::CNR | Self::HCE)]
#[repr(transparent)]
struct UsbSts(u32);

impl UsbSts {
    const HCH: u32 = 1 << 0;
    const HSE: u32 = 1 << 2;
    const EINT: u32 = 1 << 3;
    const PCD: u32 = 1 << 4;
    const SSS: u32 = 1 << 8;
    const RSS: u32 = 1 << 9;
    const SRE: u32 = 1 << 10;
    const CNR: u32 = 1 << 11;
    const HCE: u32 = 1 << 12;
}

/// 5.4.5: the pointer reads as zero.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1s = 0x6, ro = 0x8)]
#[repr(transparent)]
struct Crcr(u64);

/// 5.4.8
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::PED | Self::CHANGES, w1s = Self::PR | Self::WPR)]
#[io(ro = Self::CCS | Self::OCA | Self::SPEED | Self::CAS | Self::DR)]
#[repr(transparent)]
struct PortSc(u32);

impl PortSc {
    const CCS: u32 = 1 << 0;
    const PED: u32 = 1 << 1;
    const OCA: u32 = 1 << 3;
    const PR: u32 = 1 << 4;
    const PP: u32 = 1 << 9;
    const SPEED: u32 = 0xf << 10;
    const CSC: u32 = 1 << 17;
    /// CSC, PEC, WRC, OCC, PRC, PLC, CEC.
    const CHANGES: u32 = 0x7f << 17;
    const CAS: u32 = 1 << 24;
    const DR: u32 = 1 << 30;
    const WPR: u32 = 1 << 31;
}

#[io_struct(size = 0x10)]
struct Port {
    #[io(at = 0x0)]
    sc: Le<PortSc>,
    #[io(at = 0x4)]
    pmsc: Le<u32>,
    #[io(at = 0x8)]
    li: Le<u32>,
    #[io(at = 0xc)]
    hlpmc: Le<u32>,
}

#[io_struct(size = 0x13f0)]
struct Operational {
    #[io(at = 0x00)]
    usbcmd: Le<UsbCmd>,
    #[io(at = 0x04)]
    usbsts: Le<UsbSts>,
    #[io(at = 0x08)]
    pagesize: Ro<Le<u32>>,
    #[io(at = 0x14)]
    dnctrl: Le<u32>,
    #[io(at = 0x18)]
    crcr: LoHi<Le<Crcr>>,
    #[io(at = 0x30)]
    dcbaap: LoHi<Le<DmaAddr>>,
    #[io(at = 0x38)]
    config: Le<u32>,
    #[io(at = 0x400)]
    ports: [Port; 255],
}

/// 5.5.2.1
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 1)]
#[repr(transparent)]
struct Iman(u32);

/// 5.5.2.3.3
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::BUSY)]
#[repr(transparent)]
struct Erdp(u64);

impl Erdp {
    const BUSY: u64 = 1 << 3;
}

#[io_struct(size = 0x20)]
struct Interrupter {
    #[io(at = 0x00)]
    iman: Le<Iman>,
    #[io(at = 0x04)]
    imod: Le<u32>,
    #[io(at = 0x08)]
    erstsz: Le<u32>,
    #[io(at = 0x10)]
    erstba: LoHi<Le<DmaAddr>>,
    #[io(at = 0x18)]
    erdp: LoHi<Le<Erdp>>,
}

#[io_struct(size = 0x8020)]
struct Runtime {
    #[io(at = 0x0000)]
    mfindex: Ro<Le<u32>>,
    #[io(at = 0x0020)]
    interrupters: [Interrupter; 1024],
}

#[derive(IoStruct)]
#[repr(C)]
struct Doorbells {
    doorbells: [Wo<Le<u32>>; 256],
}

/// 6.4: a transfer request block, whose cycle bit hands it over.
#[derive(IoStruct)]
#[repr(C)]
struct Trb {
    parameter: Le<u64>,
    status: Le<u32>,
    #[io(own_bit)]
    control: OwnBit<Le<u32>>,
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Capability::FIELDS,
        &[
            ("cap_length", 0x00),
            ("hci_version", 0x02),
            ("hcs_params", 0x04),
            ("hcc_params1", 0x10),
            ("db_off", 0x14),
            ("rts_off", 0x18),
            ("hcc_params2", 0x1c),
            ("vtios_off", 0x20),
        ],
    );
    assert_offsets(
        Operational::FIELDS,
        &[
            ("usbcmd", 0x00),
            ("usbsts", 0x04),
            ("pagesize", 0x08),
            ("dnctrl", 0x14),
            ("crcr", 0x18),
            ("dcbaap", 0x30),
            ("config", 0x38),
            ("ports", 0x400),
        ],
    );
    assert_offsets(Port::FIELDS, &[("sc", 0x0), ("pmsc", 0x4), ("li", 0x8), ("hlpmc", 0xc)]);
    assert_offsets(Runtime::FIELDS, &[("mfindex", 0x0000), ("interrupters", 0x0020)]);
    assert_offsets(
        Interrupter::FIELDS,
        &[("iman", 0x00), ("imod", 0x04), ("erstsz", 0x08), ("erstba", 0x10), ("erdp", 0x18)],
    );
    assert_offsets(Trb::FIELDS, &[("parameter", 0x0), ("status", 0x8), ("control", 0xc)]);
    assert_eq!((size_of::<Doorbells>(), size_of::<Trb>()), (0x400, 0x10));
    // A whole register of the same kind is no different from a mask of all bits.
    assert_eq!(size_of::<SelfClearing<Le<u32>>>(), 4);
}

#[test]
fn commands_of_ports_and_interrupters_keep_other_bits() {
    let model = RegisterModel::<Operational>::new("op")
        .reset(field!(.ports[1].sc), PortSc(PortSc::CCS | PortSc::PED | PortSc::CSC));
    let op = Simulated::<Operational, _>::new(model);
    let sc = io_project!(&op, .ports[1].sc);
    sc.update_val(|sc| PortSc(sc.0 | PortSc::PP));
    sc.clear_bits(PortSc(PortSc::CHANGES));
    assert_eq!(sc.read_val(), PortSc(PortSc::CCS | PortSc::PED | PortSc::PP));
    sc.set_bits(PortSc(PortSc::PR));
    assert_eq!(sc.read_val(), PortSc(PortSc::CCS | PortSc::PED | PortSc::PP | PortSc::PR));
    io_update!(&op, .usbcmd, |cmd| UsbCmd(cmd.0 | UsbCmd::RUN));
    io_set_bits!(&op, .usbcmd, build: UsbCmd(UsbCmd::HCRST));
    assert_eq!(io_read!(&op, .usbcmd), UsbCmd(UsbCmd::RUN));
    assert!(op.with(|model| model.rejected().is_empty()));

    let model = RegisterModel::<Runtime>::new("rt")
        .reset(field!(.interrupters[3].erdp), Erdp(0x1_0000_0008));
    let rt = Simulated::<Runtime, _>::new(model);
    io_update!(&rt, .interrupters[3].erdp, |erdp| Erdp(erdp.0 + 0x10));
    assert_eq!(io_read!(&rt, .interrupters[3].erdp), Erdp(0x1_0000_0018));
    io_clear_bits!(&rt, .interrupters[3].erdp, build: Erdp(Erdp::BUSY));
    assert_eq!(io_read!(&rt, .interrupters[3].erdp), Erdp(0x1_0000_0010));
}
