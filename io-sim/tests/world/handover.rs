//! `publish` and `consume` are correct in every run.

use io_core::{Width, prelude::*};
use io_sim::{Device, Port, Recorder, World};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::explore::all_runs_pass;

#[derive(Clone, Copy, FromBytes, Immutable, IntoBytes, IoStruct)]
#[repr(C)]
struct Desc {
    address: Le<DmaAddr>,
    len: Le<u16>,
    #[io(own_bit)]
    flags: OwnBit<Le<u16>>,
    status: Le<u32>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    unused: Le<u32>,
}

const OWNED_BY_DEVICE: u16 = 1;

/// Takes one descriptor and returns it with a status.
struct Nic {
    port: Port,
    desc: DmaAddr,
    taken: Option<[u8; 16]>,
}

impl Device for Nic {
    fn read(&mut self, _: usize, width: Width) -> u64 {
        width.all_ones()
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}

    fn step(&mut self) -> bool {
        let at = |offset| self.desc.checked_add(offset).unwrap();
        let mut flags = [0; 2];
        self.port.read(at(10), &mut flags).unwrap();
        if self.taken.is_some() || flags != OWNED_BY_DEVICE.to_le_bytes() {
            return false;
        }
        let mut desc = [0; 16];
        self.port.read(self.desc, &mut desc).unwrap();
        self.taken = Some(desc);
        self.port.write(at(12), &[0xaa; 4]).unwrap();
        self.port.write(at(10), &[0; 2]).unwrap();
        true
    }
}

fn driver<'a>(desc: impl Io<'a, Target = Desc, Backend: Bus64>) -> Desc {
    desc.publish(Desc {
        address: DmaAddr::new(0x1122_3344_5566_7788).into(),
        len: 64.into(),
        flags: OwnBit::new(OWNED_BY_DEVICE),
        status: 0.into(),
    });
    loop {
        if let Some(desc) = desc.consume(|flags| flags & OWNED_BY_DEVICE == 0) {
            return desc;
        }
    }
}

/// Does the same, field by field.
fn driver_with<'a>(desc: impl Io<'a, Target = Desc, Backend: Bus64>) -> Desc {
    desc.publish_with(OWNED_BY_DEVICE, |desc| {
        io_write!(desc, .address, DmaAddr::new(0x1122_3344_5566_7788));
        io_write!(desc, .len, 64);
    });
    loop {
        let status = desc
            .consume_with(|flags| flags & OWNED_BY_DEVICE == 0, |desc, _| io_read!(desc, .status));
        if let Some(status) = status {
            let flags = OwnBit::new(0);
            return Desc {
                address: DmaAddr::new(0).into(),
                len: 0.into(),
                flags,
                status: status.into(),
            };
        }
    }
}

fn check(world: &World, run: impl Fn(&io_sim::WorldMemory<Desc>) -> Desc) {
    let desc = world.memory::<Desc>().unwrap();
    let at = desc.dma_address();
    let nic = world.device::<Regs, _>(|port| Nic { port, desc: at, taken: None });
    let done = run(&desc);
    assert_eq!(u32::from(done.status), 0xaaaa_aaaa, "Desc.status, written before Desc.flags");
    let taken = nic.with(|nic| nic.taken);
    let expected = [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 64, 0, 1, 0, 0, 0, 0, 0];
    assert_eq!(taken, Some(expected), "descriptor taken by the device");
}

#[test]
fn publish_and_consume_are_correct_in_every_run() {
    let runs = all_runs_pass(|world| check(world, |desc| driver(desc)));
    assert!(runs > 10, "only {runs} runs: the device never interfered");
}

#[test]
fn fieldwise_handover_is_correct_in_every_run() {
    all_runs_pass(|world| check(world, |desc| driver_with(desc)));
}

#[test]
fn a_recorded_handover_is_correct_in_every_run() {
    all_runs_pass(|world| {
        check(world, |desc| {
            let recorder = Recorder::new();
            let recorded = recorder.record("desc", desc);
            assert_eq!(recorded.dma_address(), desc.dma_address());
            let status = io_project!(recorded, .status);
            assert_eq!(status.dma_address(), desc.dma_address().checked_add(12).unwrap());
            driver(recorded)
        });
    });
}

#[test]
fn publish_and_consume_are_correct_with_every_seed() {
    for world in World::seeds(0..if cfg!(miri) { 10 } else { 500 }) {
        check(&world, |desc| driver(desc));
    }
}
