//! NVM Express 1.4, sections 3.1, 4.2 and 4.6, with a doorbell stride of 4 bytes.

use io_core::{W1s, prelude::*};
use io_sim::{Recorder, RegisterModel, Simulated, assert_trace, field};

use super::assert_offsets;

/// 3.1.6: the only bit that a write changes.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(w1c = Self::NSSRO, ro = !Self::NSSRO)]
#[repr(transparent)]
struct Csts(u32);

impl Csts {
    const RDY: u32 = 1 << 0;
    const NSSRO: u32 = 1 << 4;
}

/// Pairs of submission and completion queues, of which the first is for administration.
const QUEUES: usize = 8;

#[io_struct(size = 0x1040)]
struct Controller {
    #[io(at = 0x00)]
    cap: LoHi<Le<u64>>,
    #[io(at = 0x08)]
    vs: Ro<Le<u32>>,
    #[io(at = 0x0c)]
    intms: W1s<Le<u32>>,
    #[io(at = 0x10)]
    intmc: W1c<Le<u32>>,
    #[io(at = 0x14)]
    cc: Le<u32>,
    #[io(at = 0x1c)]
    csts: Le<Csts>,
    #[io(at = 0x20)]
    nssr: Le<u32>,
    #[io(at = 0x24)]
    aqa: Le<u32>,
    #[io(at = 0x28)]
    asq: LoHi<Le<DmaAddr>>,
    #[io(at = 0x30)]
    acq: LoHi<Le<DmaAddr>>,
    #[io(at = 0x38)]
    cmbloc: Ro<Le<u32>>,
    #[io(at = 0x3c)]
    cmbsz: Ro<Le<u32>>,
    #[io(at = 0x40)]
    bpinfo: Ro<Le<u32>>,
    #[io(at = 0x44)]
    bprsel: Le<u32>,
    #[io(at = 0x48)]
    bpmbl: LoHi<Le<DmaAddr>>,
    #[io(at = 0x50)]
    cmbmsc: LoHi<Le<u64>>,
    #[io(at = 0x58)]
    cmbsts: Ro<Le<u32>>,
    #[io(at = 0xe00)]
    pmrcap: Ro<Le<u32>>,
    #[io(at = 0xe04)]
    pmrctl: Le<u32>,
    #[io(at = 0xe08)]
    pmrsts: Ro<Le<u32>>,
    #[io(at = 0xe0c)]
    pmrebs: Ro<Le<u32>>,
    #[io(at = 0xe10)]
    pmrswtp: Ro<Le<u32>>,
    #[io(at = 0xe14)]
    pmrmscl: Le<u32>,
    #[io(at = 0xe18)]
    pmrmscu: Le<u32>,
    #[io(at = 0x1000, stride = 0x8)]
    sq_tail: [Wo<Le<u32>>; QUEUES],
    #[io(at = 0x1004, stride = 0x8)]
    cq_head: [Wo<Le<u32>>; QUEUES],
}

/// 4.2
#[derive(IoStruct)]
#[repr(C)]
struct Submission {
    opcode: u8,
    flags: u8,
    cid: Le<u16>,
    nsid: Le<u32>,
    cdw2: [Le<u32>; 2],
    metadata: Le<DmaAddr>,
    prp: [Le<DmaAddr>; 2],
    cdw10: [Le<u32>; 6],
}

/// 4.6: the phase in the status hands the entry over.
#[derive(IoStruct)]
#[repr(C)]
struct Completion {
    result: [Le<u32>; 2],
    sq_head: Le<u16>,
    sq_id: Le<u16>,
    cid: Le<u16>,
    #[io(own_bit)]
    status: OwnBit<Le<u16>>,
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Controller::FIELDS,
        &[
            ("cap", 0x00),
            ("vs", 0x08),
            ("intms", 0x0c),
            ("intmc", 0x10),
            ("cc", 0x14),
            ("csts", 0x1c),
            ("nssr", 0x20),
            ("aqa", 0x24),
            ("asq", 0x28),
            ("acq", 0x30),
            ("cmbloc", 0x38),
            ("cmbsz", 0x3c),
            ("bpinfo", 0x40),
            ("bprsel", 0x44),
            ("bpmbl", 0x48),
            ("cmbmsc", 0x50),
            ("cmbsts", 0x58),
            ("pmrcap", 0xe00),
            ("pmrctl", 0xe04),
            ("pmrsts", 0xe08),
            ("pmrebs", 0xe0c),
            ("pmrswtp", 0xe10),
            ("pmrmscl", 0xe14),
            ("pmrmscu", 0xe18),
            ("sq_tail", 0x1000),
            ("cq_head", 0x1004),
        ],
    );
    assert_offsets(
        Submission::FIELDS,
        &[
            ("opcode", 0),
            ("flags", 1),
            ("cid", 2),
            ("nsid", 4),
            ("cdw2", 8),
            ("metadata", 16),
            ("prp", 24),
            ("cdw10", 40),
        ],
    );
    assert_offsets(
        Completion::FIELDS,
        &[("result", 0), ("sq_head", 8), ("sq_id", 10), ("cid", 12), ("status", 14)],
    );
    assert_eq!((size_of::<Submission>(), size_of::<Completion>()), (64, 16));
}

#[test]
fn the_reset_status_is_cleared_without_a_read() {
    let model = RegisterModel::<Controller>::new("nvme")
        .reset(field!(.csts), Csts(Csts::RDY | Csts::NSSRO));
    let nvme = Simulated::<Controller, _>::new(model);
    let recorder = Recorder::new();
    io_clear_bits!(recorder.record("nvme", &nvme), .csts, build: Csts(Csts::NSSRO));
    assert_trace!(recorder, "WR nvme.csts 32 <- 0x00000010 Csts(16)");
    assert_eq!(io_read!(&nvme, .csts), Csts(Csts::RDY));
    io_write!(&nvme, .sq_tail[1], 1);
    io_write!(&nvme, .cq_head[panic: QUEUES - 1], 2);
    assert!(nvme.with(|model| model.rejected().is_empty()));
}
