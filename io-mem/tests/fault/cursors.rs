//! Single accesses by cursors, and accesses by offset, to pages that fault.

use io_core::{
    AccessError, CopyError,
    fault::Fault,
    vm::{Fallible, VmIo, VmReader, VmSpan, VmWriter},
};
use rustix::param::page_size;

use crate::memory::{Access, Pages};

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

/// Single accesses, and accesses by offset.
#[test]
fn single_accesses_of_faulting_pages_are_errors() {
    let pages = Pages::new(&[Access::Everything, Access::Loads, Access::Nothing]);
    // SAFETY: the pages are this test's, no references to them exist, and the handler is
    // installed.
    let memory = unsafe { VmSpan::<Fallible>::fallible_with(pages.page(0), 3 * page_size()) };
    let fault = AccessError::Io(Fault);
    for (page, loads, stores) in [(0, true, true), (1, true, false), (2, false, false)] {
        let (mut reader, mut writer) = (VmReader::from(memory), VmWriter::from(memory));
        reader.skip(page * page_size());
        writer.skip(page * page_size());
        assert_eq!(reader.atomic_load(), if loads { Ok(0_u32) } else { Err(fault) });
        let found = writer.atomic_compare_exchange(&reader, 0, u32::MAX);
        assert_eq!(found, if stores { Ok((0, true)) } else { Err(fault) });
        assert_eq!(
            reader.atomic_load(),
            match (loads, stores) {
                (true, true) => Ok(u32::MAX),
                (true, false) => Ok(0),
                _ => Err(fault),
            }
        );
        assert_eq!(writer.write_once(&0_u64), if stores { Ok(()) } else { Err(fault) });
        assert_eq!(reader.read_once(), if loads { Ok(0_u64) } else { Err(fault) });
    }
    let mut bytes = vec![0; 2 * page_size()];
    assert_eq!(memory.read_bytes(0, &mut bytes), Ok(()));
    assert_eq!(memory.read_bytes(1, &mut bytes), Err(after(2 * page_size() - 1)));
    assert_eq!(memory.read_bytes(page_size(), &mut bytes), Err(after(page_size())));
    assert_eq!(memory.write_bytes(1, &bytes), Err(after(page_size() - 1)));
}
