//! A doorbell behind an index: ordered, or relaxed with a barrier for registers.

use io_core::{prelude::*, sim::World};

use super::{
    descriptor::{Model, Nic, Ring, offer},
    explore::{all_runs_pass, some_run_fails},
};

type Registers = io_core::sim::WorldDevice<Nic, Model>;

fn driver(world: &World, ring_it: fn(&Registers)) {
    let ring = world.memory::<Ring>().unwrap();
    let at = ring.dma_address();
    let nic = world.device::<Nic, _>(|port| Model::new(port, at, false));
    offer(&ring, 0, |ring| ring.dma_wmb());
    ring_it(&nic);
    world.settle();
    let fetched = nic.with(|model| model.fetched.clone());
    assert_eq!(fetched, [(0x8000, 64)], "what the device has found when the doorbell rang");
}

const WHAT: &str = "what the device has found when the doorbell rang";
const CAUSE: &str = "WITHOUT the driver's store to Ring.idx";

#[test]
fn an_ordered_doorbell_needs_nothing() {
    all_runs_pass(|world| driver(world, |nic| io_write!(nic, .doorbell, 1)));
}

#[test]
fn a_relaxed_doorbell_overtakes_the_index() {
    some_run_fails(
        |world| driver(world, |nic| io_write!(nic.relaxed(), .doorbell, 1)),
        WHAT,
        CAUSE,
    );
}

#[test]
fn barriers_of_memory_do_not_order_it() {
    let ring_it = |nic: &Registers| {
        nic.dma_wmb();
        nic.dma_rmb();
        nic.rmb();
        io_write!(nic.relaxed(), .doorbell, 1);
    };
    some_run_fails(|world| driver(world, ring_it), WHAT, CAUSE);
}

#[test]
fn a_barrier_of_registers_does() {
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
fn a_barrier_before_the_index_is_too_early() {
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
