// Wrong assumption: a copy detects the faults of two backends.
use io_core::{
    vm::{Fallible, VmReader, VmWriter},
};
use io_sim::SimFaults;

fn forward(from: &mut VmReader<'_>, to: &mut VmWriter<'_, Fallible<SimFaults>>) {
    from.read_fallible(to).unwrap();
}

fn main() {}
