//! A doorbell after an index: ordered, or relaxed with a barrier for registers.

use io_core::{Width, prelude::*};
use io_sim::{Device, World};

use super::{
    descriptor::{Model, Nic, Ring, offer},
    explore::{all_runs_pass, some_run_fails},
};

type Registers = io_sim::WorldDevice<Nic, Model>;

fn driver(world: &World, ring_it: fn(&Registers)) {
    let ring = world.memory::<Ring>().unwrap();
    let at = ring.dma_address();
    let nic = world.device::<Nic, _>(|port| Model::new(port, at, false));
    offer(&ring, 0, |ring| ring.dma_wmb());
    ring_it(&nic);
    world.settle();
    let fetched = nic.with(|model| model.fetched.clone());
    assert_eq!(fetched, [(0x8000, 64)], "descriptor found at the doorbell");
}

const WHAT: &str = "descriptor found at the doorbell";
const CAUSE: &str = "WITHOUT the driver's store to Ring.idx";

#[test]
fn an_ordered_doorbell_needs_no_barrier() {
    all_runs_pass(|world| driver(world, |nic| io_write!(nic, .doorbell, 1)));
}

#[test]
fn a_relaxed_doorbell_may_overtake_the_index() {
    some_run_fails(
        |world| driver(world, |nic| io_write!(nic.relaxed(), .doorbell, 1)),
        WHAT,
        CAUSE,
    );
}

#[test]
fn dma_and_read_barriers_do_not_order_a_relaxed_doorbell() {
    let ring_it = |nic: &Registers| {
        nic.dma_wmb();
        nic.dma_rmb();
        nic.rmb();
        io_write!(nic.relaxed(), .doorbell, 1);
    };
    some_run_fails(|world| driver(world, ring_it), WHAT, CAUSE);
}

#[test]
fn wmb_and_mb_order_a_relaxed_doorbell() {
    let wmb = |nic: &Registers| {
        nic.wmb();
        io_write!(nic.relaxed(), .doorbell, 1);
    };
    all_runs_pass(|world| driver(world, wmb));
    let mb = |nic: &Registers| {
        nic.mb();
        io_write!(nic.relaxed(), .doorbell, 1);
    };
    all_runs_pass(|world| driver(world, mb));
}

#[test]
fn a_barrier_before_the_index_does_not_suffice() {
    let test = |world: &World| {
        let ring = world.memory::<Ring>().unwrap();
        let at = ring.dma_address();
        let nic = world.device::<Nic, _>(|port| Model::new(port, at, false));
        offer(&ring, 0, |ring| ring.wmb());
        io_write!(nic.relaxed(), .doorbell, 1);
        assert_eq!(nic.with(|model| model.fetched.len()), 1, "{WHAT}");
    };
    some_run_fails(test, WHAT, CAUSE);
}

/// The numbers that a device receives do not depend on its bus if the driver's types match the bus.
#[test]
fn devices_on_a_big_endian_bus_receive_the_written_number() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Regs {
        bell: Be<u32>,
    }

    /// Keeps the value that was written.
    struct Bell(u64);

    impl Device for Bell {
        fn read(&mut self, _: usize, _: Width) -> u64 {
            self.0
        }

        fn write(&mut self, _: usize, _: Width, value: u64) {
            self.0 = value;
        }
    }

    let world = World::seeded(0);
    let bell = world.device::<Regs, _>(|_| Bell(0)).on_big_endian_bus();
    io_write!(&bell, .bell, 0x1234);
    assert_eq!(bell.with(|bell| bell.0), 0x1234);
    assert_eq!(io_read!(&bell, .bell), 0x1234);
    assert_eq!(io_read!(bell.relaxed(), .bell), 0x1234);
    assert!(world.to_string().contains("Regs.bell: 0x1234"), "{world}");
}
