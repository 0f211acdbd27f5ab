//! A completion and the flag that reports it: a read barrier is required between them.

use io_core::prelude::*;
use io_sim::{Device, Port, World};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::explore::{all_runs_pass, some_run_fails};

#[derive(Clone, Copy, FromBytes, Immutable, IntoBytes, IoStruct)]
#[repr(C)]
struct Completion {
    result: Le<u64>,
    id: Le<u32>,
    phase: Le<u32>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: Ro<Le<u32>>,
}

/// Completes one request; stores the half with the phase bit last.
struct Disk {
    port: Port,
    ring: DmaAddr,
    done: bool,
}

impl Device for Disk {
    fn read(&mut self, _: usize, _: io_core::Width) -> u64 {
        u64::from(self.done)
    }

    fn write(&mut self, _: usize, _: io_core::Width, _: u64) {}

    fn step(&mut self) -> bool {
        if self.done {
            return false;
        }
        self.done = true;
        self.port.write(self.ring, &[0x11; 8]).unwrap();
        let half = [[7, 0, 0, 0], [1, 0, 0, 0]].concat();
        self.port.write(self.ring.checked_add(8).unwrap(), &half).unwrap();
        true
    }
}

const RESULT: u64 = 0x1111_1111_1111_1111;
const WHAT: &str = "result behind the phase bit";

type Ring = io_sim::WorldMemory<Completion>;
type Registers = io_sim::WorldDevice<Regs, Disk>;

fn machine(world: &World) -> (Ring, Registers) {
    let ring = world.memory::<Completion>().unwrap();
    let at = ring.dma_address();
    let disk = world.device::<Regs, _>(|port| Disk { port, ring: at, done: false });
    (ring, disk)
}

/// Polls the phase bit, then reads the other half.
fn driver(world: &World, barrier: fn(&Ring)) {
    let (ring, _disk) = machine(world);
    while io_read!(&ring, .phase) == 0 {}
    barrier(&ring);
    assert_eq!(io_read!(&ring, .result), RESULT, "{WHAT}");
}

#[test]
fn without_a_read_barrier_the_body_may_be_stale() {
    let stale = "driver loads Completion.result: 0x0, STALE: the device has stored once since";
    some_run_fails(|world| driver(world, |_| ()), WHAT, stale);
    some_run_fails(|world| driver(world, |ring| ring.dma_wmb()), WHAT, stale);
    some_run_fails(|world| driver(world, |ring| ring.wmb()), WHAT, stale);
}

#[test]
fn every_read_barrier_suffices() {
    let barriers: [fn(&Ring); 4] =
        [|ring| ring.dma_rmb(), |ring| ring.rmb(), |ring| ring.dma_mb(), |ring| ring.mb()];
    for barrier in barriers {
        all_runs_pass(|world| driver(world, barrier));
    }
}

#[test]
fn a_copy_of_the_whole_entry_may_be_torn() {
    let test = |world: &World| {
        let (ring, _disk) = machine(world);
        let entry = loop {
            let entry = (&ring).copy_read();
            if u32::from(entry.phase) != 0 {
                break entry;
            }
        };
        assert_eq!(u64::from(entry.result), RESULT, "{WHAT}");
    };
    some_run_fails(test, WHAT, "driver loads Completion.result");
}

#[test]
fn a_copy_after_phase_and_barrier_is_complete() {
    all_runs_pass(|world| {
        let (ring, _disk) = machine(world);
        while io_read!(&ring, .phase) == 0 {}
        (&ring).dma_rmb();
        let entry = (&ring).copy_read();
        assert_eq!((u64::from(entry.result), u32::from(entry.id)), (RESULT, 7), "{WHAT}");
    });
}

/// Uses an interrupt status register instead of a flag in memory.
#[test]
fn an_ordered_register_read_orders_the_body() {
    all_runs_pass(|world| {
        let (ring, disk) = machine(world);
        while io_read!(&disk, .id) == 0 {}
        assert_eq!(io_read!(&ring, .result), RESULT, "{WHAT}");
    });
    let relaxed = |world: &World, barrier: fn(&Ring)| {
        let (ring, disk) = machine(world);
        while io_read!(disk.relaxed(), .id) == 0 {}
        barrier(&ring);
        assert_eq!(io_read!(&ring, .result), RESULT, "{WHAT}");
    };
    let stale = "driver loads Completion.result: 0x0, STALE";
    some_run_fails(|world| relaxed(world, |_| ()), WHAT, stale);
    some_run_fails(|world| relaxed(world, |ring| ring.dma_rmb()), WHAT, stale);
    all_runs_pass(|world| relaxed(world, |ring| ring.rmb()));
    all_runs_pass(|world| relaxed(world, |ring| ring.mb()));
}
