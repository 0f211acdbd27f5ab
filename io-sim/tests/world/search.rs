//! The order in which runs are explored.

use core::cell::Cell;

use io_core::prelude::*;
use io_sim::World;

/// Returns a word of memory after `stores` stores of a device, as seen by the driver.
fn look(world: &World, stores: u8) -> u8 {
    let word = world.memory::<u8>().unwrap();
    for value in 1..=stores {
        world.port("device").write(word.dma_address(), &[value]).unwrap();
    }
    (&word).read_val()
}

#[test]
fn every_run_is_explored_once() {
    let mut explorer = World::exhaustive(100);
    let seen: Vec<_> = (&mut explorer).map(|world| (look(&world, 2), look(&world, 1))).collect();
    assert_eq!(seen, [(2, 1), (2, 0), (1, 1), (1, 0), (0, 1), (0, 0)]);
    assert!(explorer.is_complete() && explorer.next().is_none());
    assert_eq!(explorer.runs(), 6);
    assert_eq!(format!("{explorer:?}"), "Explorer(6 of at most 100, complete)");
}

#[test]
fn an_exceeded_limit_is_not_complete() {
    for (limit, complete) in [(0, false), (5, false), (6, true), (7, true)] {
        let mut explorer = World::exhaustive(limit);
        let count = (&mut explorer).inspect(|world| _ = (look(world, 2), look(world, 1))).count();
        assert_eq!((count, explorer.is_complete()), (limit.min(6), complete));
    }
}

#[test]
fn a_test_without_decisions_has_one_run() {
    let mut explorer = World::exhaustive(100);
    assert_eq!((&mut explorer).inspect(|world| _ = look(world, 0)).count(), 1);
    assert!(explorer.is_complete());
}

#[test]
fn debug_of_a_world_is_the_call_that_repeats_it() {
    let worlds = World::exhaustive(100).map(|world| (look(&world, 2), format!("{world:?}")));
    let expected = ["World::replay(&[])", "World::replay(&[1])", "World::replay(&[2])"];
    assert!(worlds.eq((0..3).map(|i| (2 - i, format!("World({})", expected[usize::from(i)])))));
    assert_eq!(look(&World::replay(&[1]), 2), 1);
}

#[test]
fn equal_seeds_give_equal_runs() {
    let runs = || World::seeds(0..50).map(|world| look(&world, 9)).collect::<Vec<_>>();
    assert_eq!(runs(), runs());
    let seen = (0..=9).filter(|value| runs().contains(value)).count();
    assert!(seen >= 8, "fifty seeds observe {seen} of ten values");
}

#[test]
#[should_panic = "decision 0 was alternative 0 of 3, but now has 2 alternatives"]
fn a_nondeterministic_test_panics() {
    let first = Cell::new(true);
    for world in World::exhaustive(100) {
        // Two decisions, so that the first one is repeated.
        look(&world, if first.replace(false) { 2 } else { 1 });
        look(&world, 1);
    }
}

#[test]
#[should_panic = "decision 0 was alternative 5 of 0, but now has 3 alternatives"]
fn a_replay_of_another_test_panics() {
    look(&World::replay(&[5]), 2);
}
