// Wrong assumption: a view of a strided array may have any stride.
use io_core::{prelude::*, slice::StridedArray};

fn main() {
    let mut memory = [0_u32; 3];
    let words = core::ptr::slice_from_raw_parts_mut(memory.as_mut_ptr(), 2);
    let ptr = words as *mut StridedArray<u32, 2, 6>;
    // SAFETY: the memory has as many bytes as the type states, with its alignment.
    let array: SysMem<'_, StridedArray<u32, 2, 6>> = unsafe { SysMem::new(ptr) };
    array.iter().for_each(|word| word.write_val(1));
}
