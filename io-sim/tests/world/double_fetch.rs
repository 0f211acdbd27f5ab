//! A length that is checked and read again, with a hostile device.

use io_core::prelude::*;
use io_sim::World;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::explore::{all_runs_pass, some_run_fails};

#[derive(Clone, Copy, FromBytes, Immutable, IntoBytes, IoStruct)]
#[repr(C)]
struct Packet {
    #[io(own_bit)]
    used: OwnBit<Le<u16>>,
    flags: Le<u16>,
    len: Le<u32>,
}

const ROOM: u32 = 64;

/// Adds one packet of 20 bytes from the device.
fn packet(world: &World) -> io_sim::WorldMemory<Packet> {
    world.hostile();
    let packet = world.memory::<Packet>().unwrap();
    world.port("nic").write(packet.dma_address(), &[1, 0, 3, 0, 20, 0, 0, 0]).unwrap();
    (&packet).dma_mb();
    packet
}

fn copied(len: u32) {
    assert!(len <= ROOM, "Packet.len: {len:#x} bytes copied into {ROOM}");
}

#[test]
fn reading_a_checked_length_again_is_detected() {
    let twice = |world: &World| {
        let packet = packet(world);
        if io_read!(&packet, .len) <= ROOM {
            copied(io_read!(&packet, .len));
        }
    };
    some_run_fails(twice, "Packet.len: 0xffffffff bytes", "DOUBLE FETCH of Packet.len");
    all_runs_pass(|world| {
        let packet = packet(world);
        let len = io_read!(&packet, .len);
        if len <= ROOM {
            copied(len);
        }
        assert_eq!(world.double_fetches().len(), 0);
    });
}

#[test]
fn a_copy_after_the_check_is_a_double_fetch() {
    let copy = |world: &World| {
        let packet = packet(world);
        if io_read!(&packet, .len) <= ROOM {
            copied((&packet).consume(|used| *used == 1).unwrap().len.into());
        }
    };
    some_run_fails(copy, "Packet.len: 0xffffffff bytes", "DOUBLE FETCH of Packet.len");
}

#[test]
fn consume_reads_each_byte_once() {
    all_runs_pass(|world| {
        let packet = packet(world);
        let value = (&packet).consume(|used| *used == 1).unwrap();
        assert_eq!((u16::from(value.flags), u32::from(value.len)), (3, 20));
        assert_eq!(world.double_fetches().len(), 0);
    });
}

#[test]
fn polling_an_ownership_field_is_not_a_double_fetch() {
    all_runs_pass(|world| {
        let packet = packet(world);
        for _ in 0..3 {
            assert!((&packet).consume(|used| *used == 2).is_none(), "2 was never written");
        }
        assert_eq!(world.double_fetches().len(), 0);
    });
}

#[test]
fn double_fetches_are_listed_by_name() {
    let world = World::seeded(3);
    let packets = world.memory::<[Packet; 4]>().unwrap();
    let port = world.port("nic");
    for _ in 0..3 {
        io_read!(&packets, [1].len);
    }
    io_read!(&packets, [2].len);
    io_write!(&packets, [2].len, 7);
    io_read!(&packets, [2].len);
    io_read!(&packets, [3].flags);
    port.write(packets.dma_address().checked_add(24).unwrap(), &[0; 8]).unwrap();
    (&packets).dma_mb();
    io_read!(&packets, [3].flags);
    let list: Vec<String> = world.double_fetches().iter().map(ToString::to_string).collect();
    assert_eq!(list, ["Packet[1].len, loaded 3 times"]);
    assert_eq!(world.double_fetches()[0].count(), 3);
}

/// A value is listed once, for any number of accesses that load it.
#[test]
fn a_value_is_listed_once() {
    let world = World::seeded(3);
    let packet = world.memory::<Packet>().unwrap();
    io_read!(&packet, .len);
    (&packet).consume(|used| *used == 0).unwrap();
    let list: Vec<String> = world.double_fetches().iter().map(ToString::to_string).collect();
    assert_eq!(list, ["Packet.len, loaded 2 times"]);
}

#[test]
fn values_change_only_with_a_hostile_device() {
    all_runs_pass(|world| {
        let word = world.memory::<Le<u32>>().unwrap();
        assert!((0..4).all(|_| (&word).read_val() == 0));
        assert_eq!(world.double_fetches()[0].to_string(), "Le, loaded 4 times");
    });
}
