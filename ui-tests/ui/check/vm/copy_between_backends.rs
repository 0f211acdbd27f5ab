// Believes that a copy finds out about the faults of two backends.
use io_core::{
    sim::SimFaults,
    vm::{Fallible, VmReader, VmWriter},
};

fn forward(from: &mut VmReader<'_>, to: &mut VmWriter<'_, Fallible<SimFaults>>) {
    from.read_fallible(to).unwrap();
}

fn main() {}
