//! Arm GICv3, IHI 0069, chapter 12: distributor and redistributor.

use io_core::{W1s, prelude::*};
use io_sim::{RegisterModel, Simulated, field};

use super::assert_offsets;

/// GICD_CTLR, with two security states.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(ro = Self::RWP)]
#[repr(transparent)]
struct GicdCtlr(u32);

impl GicdCtlr {
    const ENABLE_GROUP1_NS: u32 = 1 << 1;
    const ARE_NS: u32 = 1 << 5;
    const RWP: u32 = 1 << 31;
}

#[io_struct(size = 0x1_0000)]
struct Distributor {
    #[io(at = 0x0000)]
    ctlr: Le<GicdCtlr>,
    #[io(at = 0x0004)]
    typer: Ro<Le<u32>>,
    #[io(at = 0x0008)]
    iidr: Ro<Le<u32>>,
    #[io(at = 0x000c)]
    typer2: Ro<Le<u32>>,
    #[io(at = 0x0010)]
    statusr: W1c<Le<u32>>,
    #[io(at = 0x0040)]
    setspi_nsr: Wo<Le<u32>>,
    #[io(at = 0x0048)]
    clrspi_nsr: Wo<Le<u32>>,
    #[io(at = 0x0050)]
    setspi_sr: Wo<Le<u32>>,
    #[io(at = 0x0058)]
    clrspi_sr: Wo<Le<u32>>,
    #[io(at = 0x0080)]
    igroupr: [Le<u32>; 32],
    #[io(at = 0x0100)]
    isenabler: [W1s<Le<u32>>; 32],
    #[io(at = 0x0180)]
    icenabler: [W1c<Le<u32>>; 32],
    #[io(at = 0x0200)]
    ispendr: [W1s<Le<u32>>; 32],
    #[io(at = 0x0280)]
    icpendr: [W1c<Le<u32>>; 32],
    #[io(at = 0x0300)]
    isactiver: [W1s<Le<u32>>; 32],
    #[io(at = 0x0380)]
    icactiver: [W1c<Le<u32>>; 32],
    #[io(at = 0x0400)]
    ipriorityr: [u8; 1020],
    #[io(at = 0x0800)]
    itargetsr: [u8; 1020],
    #[io(at = 0x0c00)]
    icfgr: [Le<u32>; 64],
    #[io(at = 0x0d00)]
    igrpmodr: [Le<u32>; 32],
    #[io(at = 0x0e00)]
    nsacr: [Le<u32>; 64],
    #[io(at = 0x0f00)]
    sgir: Wo<Le<u32>>,
    #[io(at = 0x0f10)]
    cpendsgir: [W1c<u8>; 16],
    #[io(at = 0x0f20)]
    spendsgir: [W1s<u8>; 16],
    /// Of the interrupts from 32 on.
    #[io(at = 0x6100)]
    irouter: [Le<u64>; 988],
    #[io(at = 0xffe8)]
    pidr2: Ro<Le<u32>>,
}

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(ro = Self::CHILDREN_ASLEEP)]
#[repr(transparent)]
struct Waker(u32);

impl Waker {
    const PROCESSOR_SLEEP: u32 = 1 << 1;
    const CHILDREN_ASLEEP: u32 = 1 << 2;
}

/// RD_base and SGI_base.
#[io_struct(size = 0x2_0000)]
struct Redistributor {
    #[io(at = 0x0_0000)]
    ctlr: Le<u32>,
    #[io(at = 0x0_0004)]
    iidr: Ro<Le<u32>>,
    #[io(at = 0x0_0008)]
    typer: Ro<Le<u64>>,
    #[io(at = 0x0_0010)]
    statusr: W1c<Le<u32>>,
    #[io(at = 0x0_0014)]
    waker: Le<Waker>,
    #[io(at = 0x0_0040)]
    setlpir: Wo<Le<u64>>,
    #[io(at = 0x0_0048)]
    clrlpir: Wo<Le<u64>>,
    #[io(at = 0x0_0070)]
    propbaser: Le<u64>,
    #[io(at = 0x0_0078)]
    pendbaser: Le<u64>,
    #[io(at = 0x0_00a0)]
    invlpir: Wo<Le<u64>>,
    #[io(at = 0x0_00b0)]
    invallr: Wo<Le<u64>>,
    #[io(at = 0x0_00c0)]
    syncr: Ro<Le<u32>>,
    #[io(at = 0x0_ffe8)]
    pidr2: Ro<Le<u32>>,
    #[io(at = 0x1_0080)]
    igroupr0: Le<u32>,
    #[io(at = 0x1_0100)]
    isenabler0: W1s<Le<u32>>,
    #[io(at = 0x1_0180)]
    icenabler0: W1c<Le<u32>>,
    #[io(at = 0x1_0200)]
    ispendr0: W1s<Le<u32>>,
    #[io(at = 0x1_0280)]
    icpendr0: W1c<Le<u32>>,
    #[io(at = 0x1_0300)]
    isactiver0: W1s<Le<u32>>,
    #[io(at = 0x1_0380)]
    icactiver0: W1c<Le<u32>>,
    #[io(at = 0x1_0400)]
    ipriorityr: [u8; 32],
    #[io(at = 0x1_0c00)]
    icfgr: [Le<u32>; 2],
    #[io(at = 0x1_0d00)]
    igrpmodr0: Le<u32>,
    #[io(at = 0x1_0e00)]
    nsacr: Le<u32>,
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Distributor::FIELDS,
        &[
            ("ctlr", 0x0000),
            ("typer", 0x0004),
            ("iidr", 0x0008),
            ("typer2", 0x000c),
            ("statusr", 0x0010),
            ("setspi_nsr", 0x0040),
            ("clrspi_nsr", 0x0048),
            ("setspi_sr", 0x0050),
            ("clrspi_sr", 0x0058),
            ("igroupr", 0x0080),
            ("isenabler", 0x0100),
            ("icenabler", 0x0180),
            ("ispendr", 0x0200),
            ("icpendr", 0x0280),
            ("isactiver", 0x0300),
            ("icactiver", 0x0380),
            ("ipriorityr", 0x0400),
            ("itargetsr", 0x0800),
            ("icfgr", 0x0c00),
            ("igrpmodr", 0x0d00),
            ("nsacr", 0x0e00),
            ("sgir", 0x0f00),
            ("cpendsgir", 0x0f10),
            ("spendsgir", 0x0f20),
            ("irouter", 0x6100),
            ("pidr2", 0xffe8),
        ],
    );
    assert_offsets(
        Redistributor::FIELDS,
        &[
            ("ctlr", 0x0_0000),
            ("iidr", 0x0_0004),
            ("typer", 0x0_0008),
            ("statusr", 0x0_0010),
            ("waker", 0x0_0014),
            ("setlpir", 0x0_0040),
            ("clrlpir", 0x0_0048),
            ("propbaser", 0x0_0070),
            ("pendbaser", 0x0_0078),
            ("invlpir", 0x0_00a0),
            ("invallr", 0x0_00b0),
            ("syncr", 0x0_00c0),
            ("pidr2", 0x0_ffe8),
            ("igroupr0", 0x1_0080),
            ("isenabler0", 0x1_0100),
            ("icenabler0", 0x1_0180),
            ("ispendr0", 0x1_0200),
            ("icpendr0", 0x1_0280),
            ("isactiver0", 0x1_0300),
            ("icactiver0", 0x1_0380),
            ("ipriorityr", 0x1_0400),
            ("icfgr", 0x1_0c00),
            ("igrpmodr0", 0x1_0d00),
            ("nsacr", 0x1_0e00),
        ],
    );
}

#[test]
fn an_interrupt_is_enabled_with_its_priority_and_route() {
    let model =
        RegisterModel::<Distributor>::new("gicd").reset(field!(.ctlr), GicdCtlr(GicdCtlr::RWP));
    let gic = Simulated::<Distributor, _>::new(model);
    let interrupt = 77_usize;
    io_update!(&gic, .ctlr, |ctlr| {
        GicdCtlr(ctlr.0 | GicdCtlr::ENABLE_GROUP1_NS | GicdCtlr::ARE_NS)
    });
    io_write!(&gic, .ipriorityr[panic: interrupt], 0x80);
    io_write!(&gic, .irouter[panic: interrupt - 32], 1);
    io_project!(&gic, .isenabler[panic: interrupt / 32]).set_bits(1 << (interrupt % 32));
    assert_eq!(io_read!(&gic, .isenabler[2]), 1 << 13);
    assert_eq!(io_read!(&gic, .ipriorityr[77]), 0x80);

    let model = RegisterModel::<Redistributor>::new("gicr")
        .reset(field!(.waker), Waker(Waker::PROCESSOR_SLEEP));
    let redistributor = Simulated::<Redistributor, _>::new(model);
    io_update!(&redistributor, .waker, |waker| Waker(waker.0 & !Waker::PROCESSOR_SLEEP));
    assert_eq!(io_read!(&redistributor, .waker), Waker(0));
    assert!(gic.with(|model| model.rejected().is_empty()));
}
