//! The points at which a device sees stores of the driver.

use io_core::prelude::*;
use io_sim::{Port, World};

use super::explore::outcomes;

fn words(port: &Port, at: DmaAddr) -> (u8, u8) {
    let mut bytes = [0; 8];
    port.read(at, &mut bytes).unwrap();
    (bytes[0], bytes[4])
}

#[test]
fn stores_become_visible_in_any_order() {
    let seen = outcomes(|world| {
        let pair = world.memory::<[Le<u32>; 2]>().unwrap();
        io_write!(&pair, [0], 1);
        io_write!(&pair, [1], 2);
        words(&world.port("device"), pair.dma_address())
    });
    assert_eq!(seen, [(0, 0), (0, 2), (1, 0), (1, 2)]);
}

#[test]
fn a_write_barrier_orders_stores() {
    let seen = outcomes(|world| {
        let pair = world.memory::<[Le<u32>; 2]>().unwrap();
        io_write!(&pair, [0], 1);
        (&pair).dma_wmb();
        io_write!(&pair, [1], 2);
        words(&world.port("device"), pair.dma_address())
    });
    assert_eq!(seen, [(0, 0), (1, 0), (1, 2)]);
}

#[test]
fn stores_to_one_location_are_ordered() {
    let seen = outcomes(|world| {
        let word = world.memory::<u8>().unwrap();
        (1..=3).for_each(|value| (&word).write_val(value));
        let port = world.port("device");
        [(); 3].map(|()| {
            let mut byte = [0];
            port.read(word.dma_address(), &mut byte).unwrap();
            byte[0]
        })
    });
    assert!(seen.iter().all(|values| values.is_sorted()), "{seen:?}");
    assert!(seen.contains(&[0, 0, 3]) && seen.contains(&[1, 2, 3]), "{seen:?}");
    assert!(!seen.contains(&[0, 0, 0]), "a store never becomes visible");
}

/// A narrow store in the middle of wide ones: each device access sees complete stores.
#[test]
fn overlapping_stores_are_ordered() {
    let seen = outcomes(|world| {
        let words = world.memory::<[Le<u16>; 2]>().unwrap();
        (&words).as_view().copy_write_as::<u16>([0x1111.into(); 2]);
        io_write!(&words, [1], 0x2222);
        let mut bytes = [0; 4];
        world.port("device").read(words.dma_address(), &mut bytes).unwrap();
        bytes
    });
    let whole = [(0, 0), (0, 0x11), (0, 0x22), (0x11, 0), (0x11, 0x11), (0x11, 0x22)];
    assert_eq!(seen, whole.map(|(low, high)| [low, low, high, high]));
}

#[test]
fn full_barriers_make_stores_visible() {
    let barriers: [fn(&io_sim::WorldMemory<u8>); 2] = [|word| word.mb(), |word| word.dma_mb()];
    for barrier in barriers {
        let seen = outcomes(|world| {
            let word = world.memory::<u8>().unwrap();
            (&word).write_val(1);
            barrier(&word);
            let mut byte = [0];
            world.port("device").read(word.dma_address(), &mut byte).unwrap();
            byte
        });
        assert_eq!(seen, [[1]]);
    }
}

/// The store reaches memory before or after the device's store.
#[test]
fn concurrent_stores_of_both_sides_have_either_order() {
    let seen = outcomes(|world: &World| {
        let word = world.memory::<u8>().unwrap();
        (&word).write_val(1);
        world.port("device").write(word.dma_address(), &[2]).unwrap();
        (&word).mb();
        (&word).read_val()
    });
    assert_eq!(seen, [1, 2]);
}
