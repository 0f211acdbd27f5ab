//! Views and cursors of the same memory: each reads what the other has written.

use io_core::{
    Region,
    prelude::*,
    vm::{HasVmReaderWriter, SharedPage, VmIoFill, VmIoOnce, VmReader, VmSpan, VmWriter},
};

#[derive(IoStruct)]
#[repr(C)]
struct Header {
    kind: Le<u32>,
    len: Le<u32>,
}

#[test]
fn a_cursor_and_a_view_share_bytes() {
    let mut bytes = [0_u8; 8];
    let view = SysMem::from_mut_slice(&mut bytes);
    let mut writer = VmWriter::from(view);
    assert_eq!((writer.avail(), writer.cursor()), (8, view.as_ptr().cast()));
    writer.skip(2).write_val(&7_u8).unwrap();
    assert_eq!(io_read!(view, [panic: 2]), 7);
    io_write!(view, [panic: 3], 9);
    assert_eq!(VmReader::from(view).skip(2).read_val(), Ok([7_u8, 9]));
    // From one cursor to the other, in place.
    let (mut reader, mut writer) = (VmReader::from(view), VmWriter::from(view));
    reader.limit(4);
    writer.skip(4);
    assert_eq!(reader.read(&mut writer), 4);
    assert_eq!(bytes, [0, 0, 7, 9, 0, 0, 7, 9]);
}

#[test]
fn a_cursor_and_typed_fields_share_a_page() {
    let page = SharedPage::new().unwrap();
    let memory = VmSpan::from(page.as_view());
    assert_eq!(memory.size(), SharedPage::SIZE);
    let header: SysMem<'_, Header> = page.as_view().cast();
    memory.write_once(4, &12_u32.to_le()).unwrap();
    assert_eq!(io_read!(header, .len), 12);
    io_write!(header, .kind, 0x0102_0304);
    assert_eq!(memory.reader().read_val(), Ok([4_u8, 3, 2, 1, 12, 0, 0, 0]));
    memory.fill_zeros(0, 5).unwrap();
    assert_eq!((io_read!(header, .kind), io_read!(header, .len)), (0, 0));
}

/// A region has a minimum size; a cursor covers all of its bytes.
#[test]
fn a_cursor_covers_all_bytes_of_a_region() {
    let mut words = [0_u32; 6];
    let region = Region::<8>::ptr_from_raw_parts_mut(words.as_mut_ptr().cast(), 24);
    // SAFETY: the memory is aligned, has 24 bytes, and is accessed only through the view.
    let view = unsafe { SysMem::new(region) };
    assert_eq!(VmReader::from(view).remain(), 24);
    assert_eq!(VmWriter::from(view).fill_zeros(100), 24);
}

/// A typed block over a span that cursors read.
#[test]
fn a_view_and_a_span_share_memory() {
    let mut words = [0_u32; 3];
    let memory = VmSpan::from_slice(&mut words);
    let header = SysMem::from(memory).try_cast::<Header>().unwrap();
    memory.write_once(4, &12_u32.to_le()).unwrap();
    assert_eq!(io_read!(header, .len), 12);
    io_write!(header, .kind, 0x0102_0304);
    assert_eq!(memory.reader().read_val(), Ok([4_u8, 3, 2, 1, 12, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(SysMem::from(memory).len(), 12);
}
