//! AHCI 1.3.1, sections 3.1, 3.3 and 4.2.

use io_core::{W1s, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

/// 3.1.2
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::HR, ro = 1 << 2)]
#[repr(transparent)]
struct Ghc(u32);

impl Ghc {
    const HR: u32 = 1 << 0;
    const AE: u32 = 1 << 31;
}

/// 3.1.11
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 1 << 3)]
#[repr(transparent)]
struct Bohc(u32);

/// 3.3.5: some of the bits follow from other registers.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = 0xfd80_00af, ro = 0x0040_0050)]
#[repr(transparent)]
struct PxIs(u32);

/// 3.3.7
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1s = Self::CLO, ro = 0x007d_ff00)]
#[repr(transparent)]
struct PxCmd(u32);

impl PxCmd {
    const ST: u32 = 1 << 0;
    const CLO: u32 = 1 << 3;
    const FRE: u32 = 1 << 4;
}

/// 3.3.16
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(self_clearing = Self::DEC, ro = 0x000f_f004)]
#[repr(transparent)]
struct PxFbs(u32);

impl PxFbs {
    const EN: u32 = 1 << 0;
    const DEC: u32 = 1 << 1;
}

#[io_struct(size = 0x80)]
struct Port {
    #[io(at = 0x00)]
    clb: LoHi<Le<DmaAddr>>,
    #[io(at = 0x08)]
    fb: LoHi<Le<DmaAddr>>,
    #[io(at = 0x10)]
    is: Le<PxIs>,
    #[io(at = 0x14)]
    ie: Le<u32>,
    #[io(at = 0x18)]
    cmd: Le<PxCmd>,
    #[io(at = 0x20)]
    tfd: Ro<Le<u32>>,
    #[io(at = 0x24)]
    sig: Ro<Le<u32>>,
    #[io(at = 0x28)]
    ssts: Ro<Le<u32>>,
    #[io(at = 0x2c)]
    sctl: Le<u32>,
    #[io(at = 0x30)]
    serr: W1c<Le<u32>>,
    #[io(at = 0x34)]
    sact: W1s<Le<u32>>,
    #[io(at = 0x38)]
    ci: W1s<Le<u32>>,
    #[io(at = 0x3c)]
    sntf: W1c<Le<u32>>,
    #[io(at = 0x40)]
    fbs: Le<PxFbs>,
    #[io(at = 0x44)]
    devslp: Le<u32>,
    #[io(at = 0x70)]
    vendor: [Le<u32>; 4],
}

#[io_struct(size = 0x1100)]
struct Hba {
    #[io(at = 0x00)]
    cap: Ro<Le<u32>>,
    #[io(at = 0x04)]
    ghc: Le<Ghc>,
    #[io(at = 0x08)]
    is: W1c<Le<u32>>,
    #[io(at = 0x0c)]
    pi: Ro<Le<u32>>,
    #[io(at = 0x10)]
    vs: Ro<Le<u32>>,
    #[io(at = 0x14)]
    ccc_ctl: Le<u32>,
    #[io(at = 0x18)]
    ccc_ports: Le<u32>,
    #[io(at = 0x1c)]
    em_loc: Ro<Le<u32>>,
    #[io(at = 0x20)]
    em_ctl: Le<u32>,
    #[io(at = 0x24)]
    cap2: Ro<Le<u32>>,
    #[io(at = 0x28)]
    bohc: Le<Bohc>,
    #[io(at = 0x100, stride = 0x80)]
    ports: [Port; 32],
}

/// 4.2.2: a slot of the command list.
#[io_struct(size = 0x20)]
struct CommandHeader {
    #[io(at = 0x00)]
    flags: Le<u16>,
    #[io(at = 0x02)]
    prdtl: Le<u16>,
    #[io(at = 0x04)]
    prdbc: Le<u32>,
    #[io(at = 0x08)]
    ctba: LoHi<Le<DmaAddr>>,
}

#[derive(IoStruct)]
#[repr(C)]
struct CommandList {
    slots: [CommandHeader; 32],
}

#[io_struct(size = 0x10)]
struct Prd {
    #[io(at = 0x0)]
    dba: LoHi<Le<DmaAddr>>,
    #[io(at = 0xc)]
    dbc: Le<u32>,
}

/// 4.2.3: the table of a command, with as many regions as the slot states.
#[io_struct]
struct CommandTable {
    #[io(at = 0x00)]
    cfis: [u8; 0x40],
    #[io(at = 0x40)]
    acmd: [u8; 0x10],
    #[io(at = 0x80)]
    prdt: [Prd],
}

/// 4.2.1: the frames that the port has received.
#[io_struct(size = 0x100)]
struct ReceivedFis {
    #[io(at = 0x00)]
    dsfis: [u8; 0x1c],
    #[io(at = 0x20)]
    psfis: [u8; 0x14],
    #[io(at = 0x40)]
    rfis: [u8; 0x14],
    #[io(at = 0x58)]
    sdbfis: [u8; 0x08],
    #[io(at = 0x60)]
    ufis: [u8; 0x40],
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Hba::FIELDS,
        &[
            ("cap", 0x00),
            ("ghc", 0x04),
            ("is", 0x08),
            ("pi", 0x0c),
            ("vs", 0x10),
            ("ccc_ctl", 0x14),
            ("ccc_ports", 0x18),
            ("em_loc", 0x1c),
            ("em_ctl", 0x20),
            ("cap2", 0x24),
            ("bohc", 0x28),
            ("ports", 0x100),
        ],
    );
    assert_offsets(
        Port::FIELDS,
        &[
            ("clb", 0x00),
            ("fb", 0x08),
            ("is", 0x10),
            ("ie", 0x14),
            ("cmd", 0x18),
            ("tfd", 0x20),
            ("sig", 0x24),
            ("ssts", 0x28),
            ("sctl", 0x2c),
            ("serr", 0x30),
            ("sact", 0x34),
            ("ci", 0x38),
            ("sntf", 0x3c),
            ("fbs", 0x40),
            ("devslp", 0x44),
            ("vendor", 0x70),
        ],
    );
    assert_offsets(
        CommandHeader::FIELDS,
        &[("flags", 0x00), ("prdtl", 0x02), ("prdbc", 0x04), ("ctba", 0x08)],
    );
    assert_offsets(Prd::FIELDS, &[("dba", 0x0), ("dbc", 0xc)]);
    assert_offsets(CommandTable::FIELDS, &[("cfis", 0x00), ("acmd", 0x40), ("prdt", 0x80)]);
    assert_offsets(
        ReceivedFis::FIELDS,
        &[("dsfis", 0x00), ("psfis", 0x20), ("rfis", 0x40), ("sdbfis", 0x58), ("ufis", 0x60)],
    );
    assert_eq!((size_of::<CommandList>(), size_of::<ReceivedFis>()), (0x400, 0x100));
}

#[test]
fn a_port_is_started_without_acknowledging_anything() {
    let model = RegisterModel::<Hba>::new("ahci")
        .reset(field!(.ports[0].is), PxIs(1))
        .reset(field!(.ports[0].fbs), PxFbs(PxFbs::EN));
    let hba = Simulated::<Hba, _>::new(model);
    io_update!(&hba, .ghc, |ghc| Ghc(ghc.0 | Ghc::AE));
    io_set_bits!(&hba, .ghc, build: Ghc(Ghc::HR));
    let port = io_project!(&hba, .ports[0]);
    io_update!(port, .cmd, |cmd| PxCmd(cmd.0 | PxCmd::FRE | PxCmd::ST));
    io_update!(port, .fbs, |fbs| PxFbs(fbs.0 & !0xf00 | 2 << 8));
    assert_eq!(io_read!(port, .fbs), PxFbs(PxFbs::EN | 2 << 8));
    io_project!(port, .ci).set_bits(1 << 5);
    assert_eq!((io_read!(port, .ci), io_read!(port, .is)), (1 << 5, PxIs(1)));
    io_clear_bits!(port, .is, build: PxIs(1));
    assert_eq!(io_read!(port, .is), PxIs(0));
    assert_eq!(io_read!(&hba, .ghc), Ghc(Ghc::AE));
    assert!(hba.with(|model| model.rejected().is_empty()));
}

#[test]
fn a_command_table_has_regions_behind_a_gap() {
    #[derive(IoStruct)]
    #[repr(C, align(128))]
    struct Memory {
        bytes: [u8; 0xa0 + 0x60],
    }

    let mut memory = Memory { bytes: [0; 0x100] };
    let bytes = io_project!(SysMem::from_mut(&mut memory), .bytes);
    let table = bytes.try_cast_tail::<CommandTable>(2).unwrap();
    io_write!(table, .prdt[panic: 1].dbc, 0x1ff);
    io_write!(table, .prdt[panic: 1].dba, DmaAddr::new(0x1_0000_0000));
    assert_eq!((memory.bytes[0x9c], memory.bytes[0x94]), (0xff, 1));
}
