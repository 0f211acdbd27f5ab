//! Explores all runs of a driver fragment and checks that they pass.

use core::{any::Any, panic::AssertUnwindSafe};
use std::panic::catch_unwind;

use io_sim::World;

/// More runs than any fragment in these tests has.
const LIMIT: usize = 200_000;

/// A run that failed: its message and its log.
struct Failure {
    message: String,
    log: String,
}

fn message(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().unwrap_or(&"(no text)").to_string(),
    }
}

fn run(world: &World, test: &impl Fn(&World)) -> Result<(), Failure> {
    catch_unwind(AssertUnwindSafe(|| test(world)))
        .map_err(|panic| Failure { message: message(panic), log: world.to_string() })
}

/// Returns whether `test` fails in this world.
pub(crate) fn fails(world: &World, test: impl Fn(&World)) -> bool {
    run(world, &test).is_err()
}

/// Asserts that some run of `test` fails with a message that contains `what`, after events that
/// contain `cause`, and that its replay fails again.
#[track_caller]
pub(crate) fn some_run_fails(test: impl Fn(&World), what: &str, cause: &str) {
    let failure = World::exhaustive(LIMIT).find_map(|world| run(&world, &test).err());
    let Failure { message, log } =
        failure.expect("every run passed, although the driver is incorrect");
    assert!(message.contains(what), "failed with {message:?}, not with {what:?}:\n{log}");
    assert!(log.contains(cause), "the log does not contain {cause:?}:\n{log}");

    let decisions = log.split_once("replay(&[").and_then(|(_, rest)| rest.split_once("])"));
    let decisions = decisions.expect("the log starts with the call that replays the run").0;
    let decisions: Vec<usize> =
        decisions.split(", ").filter(|d| !d.is_empty()).map(|d| d.parse().unwrap()).collect();
    let again = run(&World::replay(&decisions), &test).expect_err("the replay passes");
    assert_eq!((again.message, again.log), (message, log));
}

/// Asserts that all runs of `test` pass and that all were explored; returns their number.
#[track_caller]
pub(crate) fn all_runs_pass(test: impl Fn(&World)) -> usize {
    let mut explorer = World::exhaustive(LIMIT);
    for world in &mut explorer {
        if let Err(Failure { message, log }) = run(&world, &test) {
            panic!("run {}: {message}\n{log}", explorer.runs());
        }
    }
    assert!(explorer.is_complete(), "more than {LIMIT} runs");
    explorer.runs()
}

/// Returns the distinct results of `test` in all runs, in ascending order.
#[track_caller]
pub(crate) fn outcomes<R: Ord>(test: impl Fn(&World) -> R) -> Vec<R> {
    let mut explorer = World::exhaustive(LIMIT);
    let mut outcomes: Vec<R> = (&mut explorer).map(|world| test(&world)).collect();
    assert!(explorer.is_complete(), "more than {LIMIT} runs");
    outcomes.sort();
    outcomes.dedup();
    outcomes
}
