//! Cursors over pages that fault: where they are afterwards, and that they go on when the page is back.

use io_core::{
    AccessError, CopyError,
    fault::Fault,
    vm::{Fallible, VmIo, VmReader, VmSpan, VmWriter},
};
use rustix::param::page_size;

use crate::memory::{Access, Pages, UNTOUCHED, pattern};

const LEN: usize = 420;

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

/// The source's last `first` bytes are there, and the rest comes back.
#[test]
fn a_reader_goes_on_when_the_page_is_back() {
    let pages = Pages::new(&[Access::Everything, Access::Everything]);
    let bytes = pattern(LEN);
    for first in 0..LEN {
        let start = pages.page(1).wrapping_sub(first);
        pages.set_before(1, &bytes[..first]);
        // SAFETY: pages of the test, with the handler installed; there are no references.
        let mut rest = unsafe { VmWriter::<Fallible>::fallible(pages.page(1), LEN - first) };
        assert_eq!(rest.write_fallible(&mut VmReader::from(&bytes[first..])), Ok(LEN - first));
        pages.allow(1, Access::Nothing);

        let mut to = vec![UNTOUCHED; LEN + 1];
        let mut writer = VmWriter::from(&mut to[..]);
        // SAFETY: as above.
        let mut reader = unsafe { VmReader::<Fallible>::fallible(start, LEN) };
        assert_eq!(reader.read_fallible(&mut writer), Err(after(first)));
        assert_eq!((reader.remain(), writer.avail()), (LEN - first, LEN + 1 - first));
        assert_eq!(reader.cursor(), pages.page(1).cast_const());
        assert_eq!(reader.read_val::<[u8; 1]>(), Err(AccessError::Io(Fault)));
        assert_eq!(reader.read_fallible(&mut writer), Err(after(0)));
        pages.allow(1, Access::Everything);
        assert_eq!(reader.read_fallible(&mut writer), Ok(LEN - first));
        assert_eq!((reader.remain(), writer.avail()), (0, 1));
        assert_eq!(to[..LEN], bytes);
        assert_eq!(to[LEN], UNTOUCHED);
    }
}

/// The destination cannot be stored to, and then it can.
#[test]
fn a_writer_goes_on_when_the_page_is_back() {
    let pages = Pages::new(&[Access::Everything, Access::Everything]);
    let bytes = pattern(LEN);
    for access in [Access::Nothing, Access::Loads] {
        for first in 0..LEN {
            let start = pages.page(1).wrapping_sub(first);
            pages.allow(1, access);
            // SAFETY: pages of the test, with the handler installed; there are no references.
            let mut writer = unsafe { VmWriter::<Fallible>::fallible(start, LEN) };
            let mut reader = VmReader::from(&bytes[..]);
            assert_eq!(writer.write_fallible(&mut reader), Err(after(first)));
            assert_eq!((reader.remain(), writer.avail()), (LEN - first, LEN - first));
            assert_eq!(writer.cursor(), pages.page(1));
            assert_eq!(writer.clone_exclusive().fill_zeros(1), Err(after(0)));
            assert_eq!(pages.bytes(start, first), &bytes[..first]);
            pages.allow(1, Access::Everything);
            assert_eq!(writer.write_fallible(&mut reader), Ok(LEN - first));
            assert_eq!((reader.remain(), writer.avail()), (0, 0));
            assert_eq!(pages.bytes(start, LEN), bytes);
        }
    }
}

/// Single accesses, and accesses by offset.
#[test]
fn words_and_objects() {
    let pages = Pages::new(&[Access::Everything, Access::Loads, Access::Nothing]);
    // SAFETY: pages of the test, with the handler installed; there are no references.
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
