// Wrong assumption: a read of a user's memory gives the value.
use io_core::vm::VmReader;

fn len(user: &mut VmReader<'_>) -> u32 {
    user.read_val::<u32>()
}

fn main() {}
