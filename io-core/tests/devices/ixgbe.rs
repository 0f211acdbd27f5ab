//! Intel 82599 10 GbE controller, datasheet revision 3.4, sections 7.1, 7.2 and 8.2.

use io_core::{ReadToClear, ReadToClearW1c, WoW1c, WoW1s, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

/// 8.2.3.1.1
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::LRST | Self::RST)]
#[repr(transparent)]
struct Ctrl(u32);

impl Ctrl {
    const MASTER_DISABLE: u32 = 1 << 2;
    const LRST: u32 = 1 << 3;
    const RST: u32 = 1 << 26;
}

/// A receive queue, 8.2.3.8.
#[io_struct(size = 0x40)]
struct RxQueue {
    #[io(at = 0x00)]
    rdba: LoHi<Le<DmaAddr>>,
    #[io(at = 0x08)]
    rdlen: Le<u32>,
    #[io(at = 0x0c)]
    dca_rxctrl: Le<u32>,
    #[io(at = 0x10)]
    rdh: Le<u32>,
    #[io(at = 0x14)]
    srrctl: Le<u32>,
    #[io(at = 0x18)]
    rdt: Le<u32>,
    #[io(at = 0x28)]
    rxdctl: Le<u32>,
    #[io(at = 0x2c)]
    rscctl: Le<u32>,
}

/// A transmit queue, 8.2.3.9.
#[io_struct(size = 0x40)]
struct TxQueue {
    #[io(at = 0x00)]
    tdba: LoHi<Le<DmaAddr>>,
    #[io(at = 0x08)]
    tdlen: Le<u32>,
    #[io(at = 0x0c)]
    dca_txctrl: Le<u32>,
    #[io(at = 0x10)]
    tdh: Le<u32>,
    #[io(at = 0x18)]
    tdt: Le<u32>,
    #[io(at = 0x28)]
    txdctl: Le<u32>,
    #[io(at = 0x38)]
    tdwba: LoHi<Le<DmaAddr>>,
}

/// BAR 0.
#[io_struct(size = 0x2_0000)]
struct Registers {
    #[io(at = 0x0_0000)]
    ctrl: Le<Ctrl>,
    #[io(at = 0x0_0008)]
    status: Ro<Le<u32>>,
    #[io(at = 0x0_0018)]
    ctrl_ext: Le<u32>,
    #[io(at = 0x0_0800)]
    eicr: ReadToClearW1c<Le<u32>>,
    #[io(at = 0x0_0808)]
    eics: WoW1s<Le<u32>>,
    #[io(at = 0x0_0810)]
    eiac: Le<u32>,
    #[io(at = 0x0_0820)]
    eitr: [Le<u32>; 24],
    #[io(at = 0x0_0880)]
    eims: io_core::W1s<Le<u32>>,
    #[io(at = 0x0_0888)]
    eimc: WoW1c<Le<u32>>,
    #[io(at = 0x0_0890)]
    eiam: Le<u32>,
    #[io(at = 0x0_0900)]
    ivar: [Le<u32>; 64],
    #[io(at = 0x0_1000)]
    rx: [RxQueue; 64],
    #[io(at = 0x0_2f00)]
    rdrxctl: Le<u32>,
    #[io(at = 0x0_3000)]
    rxctrl: Le<u32>,
    #[io(at = 0x0_3fa0)]
    rxmpc: [ReadToClear<Le<u32>>; 8],
    #[io(at = 0x0_4074)]
    gprc: ReadToClear<Le<u32>>,
    #[io(at = 0x0_4240)]
    hlreg0: Le<u32>,
    #[io(at = 0x0_42a0)]
    autoc: Le<u32>,
    #[io(at = 0x0_42a4)]
    links: Ro<Le<u32>>,
    #[io(at = 0x0_4a80)]
    dmatxctl: Le<u32>,
    #[io(at = 0x0_5080)]
    fctrl: Le<u32>,
    #[io(at = 0x0_5200)]
    mta: [Le<u32>; 128],
    #[io(at = 0x0_6000)]
    tx: [TxQueue; 128],
    #[io(at = 0x0_a200, stride = 0x8)]
    ral: [Le<u32>; 128],
    #[io(at = 0x0_a204, stride = 0x8)]
    rah: [Le<u32>; 128],
    #[io(at = 0x0_d000)]
    rx_upper: [RxQueue; 64],
}

/// Advanced receive descriptor, as the driver writes it (7.1.6.1).
#[derive(Clone, Copy, IoStruct)]
#[repr(C)]
struct RxRead {
    packet: Le<DmaAddr>,
    header: Le<DmaAddr>,
}

/// The same descriptor, as the device writes it (7.1.6.2).
#[derive(Clone, Copy, IoStruct)]
#[repr(C)]
struct RxWriteBack {
    info: Le<u16>,
    header_length: Le<u16>,
    rss_hash: Le<u32>,
    status: Le<u32>,
    length: Le<u16>,
    vlan: Le<u16>,
}

#[derive(IoStruct)]
#[repr(C)]
union RxDescriptor {
    read: RxRead,
    write_back: RxWriteBack,
}

/// Advanced transmit data descriptor (7.2.3.2.4).
#[derive(IoStruct)]
#[repr(C)]
struct TxDescriptor {
    address: Le<DmaAddr>,
    command: Le<u32>,
    status: Le<u32>,
}

#[test]
fn offsets_are_those_of_the_datasheet() {
    assert_offsets(
        Registers::FIELDS,
        &[
            ("ctrl", 0x0_0000),
            ("status", 0x0_0008),
            ("ctrl_ext", 0x0_0018),
            ("eicr", 0x0_0800),
            ("eics", 0x0_0808),
            ("eiac", 0x0_0810),
            ("eitr", 0x0_0820),
            ("eims", 0x0_0880),
            ("eimc", 0x0_0888),
            ("eiam", 0x0_0890),
            ("ivar", 0x0_0900),
            ("rx", 0x0_1000),
            ("rdrxctl", 0x0_2f00),
            ("rxctrl", 0x0_3000),
            ("rxmpc", 0x0_3fa0),
            ("gprc", 0x0_4074),
            ("hlreg0", 0x0_4240),
            ("autoc", 0x0_42a0),
            ("links", 0x0_42a4),
            ("dmatxctl", 0x0_4a80),
            ("fctrl", 0x0_5080),
            ("mta", 0x0_5200),
            ("tx", 0x0_6000),
            ("ral", 0x0_a200),
            ("rah", 0x0_a204),
            ("rx_upper", 0x0_d000),
        ],
    );
    assert_offsets(
        RxQueue::FIELDS,
        &[
            ("rdba", 0x00),
            ("rdlen", 0x08),
            ("dca_rxctrl", 0x0c),
            ("rdh", 0x10),
            ("srrctl", 0x14),
            ("rdt", 0x18),
            ("rxdctl", 0x28),
            ("rscctl", 0x2c),
        ],
    );
    assert_offsets(
        TxQueue::FIELDS,
        &[
            ("tdba", 0x00),
            ("tdlen", 0x08),
            ("dca_txctrl", 0x0c),
            ("tdh", 0x10),
            ("tdt", 0x18),
            ("txdctl", 0x28),
            ("tdwba", 0x38),
        ],
    );
    assert_offsets(
        RxWriteBack::FIELDS,
        &[
            ("info", 0x0),
            ("header_length", 0x2),
            ("rss_hash", 0x4),
            ("status", 0x8),
            ("length", 0xc),
            ("vlan", 0xe),
        ],
    );
    assert_eq!((size_of::<RxDescriptor>(), size_of::<TxDescriptor>()), (0x10, 0x10));
}

#[test]
fn the_device_is_reset_and_its_causes_are_cleared_by_reads_and_writes() {
    let model = RegisterModel::<Registers>::new("nic")
        .reset(field!(.ctrl), Ctrl(Ctrl::MASTER_DISABLE))
        .reset(field!(.eicr), 0x8000_0003);
    let nic = Simulated::<Registers, _>::new(model);
    io_set_bits!(&nic, .ctrl, build: Ctrl(Ctrl::LRST | Ctrl::RST));
    assert_eq!(io_read!(&nic, .ctrl), Ctrl(Ctrl::MASTER_DISABLE));
    io_project!(&nic, .eicr).clear_bits(1);
    assert_eq!((io_read!(&nic, .eicr), io_read!(&nic, .eicr)), (0x8000_0002, 0));
    for (low, high) in io_project!(&nic, .ral).iter().zip(io_project!(&nic, .rah).iter()).take(2) {
        low.write_val(0x1234_5678);
        high.write_val(0x8000_9abc);
    }
    assert_eq!(io_read!(&nic, .rah[1]), 0x8000_9abc);
    io_write!(&nic, .rx[63].rdba, DmaAddr::new(0x2_0000_0000));
    assert_eq!(io_read!(&nic, .rx[63].rdba), DmaAddr::new(0x2_0000_0000));
    assert!(nic.with(|model| model.rejected().is_empty()));
}
