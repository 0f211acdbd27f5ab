//! Cursors over almost the whole address space, as a kernel has them for a user. No length
//! overflows.

use core::ptr;

use io_core::{
    AccessError, CopyError, FaultMem,
    fault::{self, Fault},
    prelude::*,
    vm::{Fallible, VmIo, VmIoFill, VmReader, VmSpan, VmWriter},
};

/// Addresses that are never mapped: the first page, and non-canonical addresses.
const NOTHING: [usize; 3] = [0, 1 << 63, usize::MAX - 4095];

#[test]
fn lengths_near_the_address_space_do_not_overflow() {
    fault::install().unwrap();
    let gone = Err(CopyError::Io { error: Fault, done: 0 });
    // SAFETY: the handler is installed, and the accesses below are only to addresses that are never
    // mapped.
    let all = unsafe { VmSpan::<Fallible>::fallible_with(ptr::null_mut(), usize::MAX) };
    let mut bytes = [7; 300];
    for offset in NOTHING {
        assert_eq!(all.read_bytes(offset, &mut bytes), gone);
        assert_eq!(all.write_bytes(offset, &bytes), gone);
        assert_eq!(all.fill_zeros(offset, usize::MAX - offset), gone);
        let (mut reader, mut writer) = (VmReader::from(all), VmWriter::from(all));
        reader.skip(offset);
        writer.skip(offset);
        // All bytes that are left, hundreds of gigabytes, to a small buffer and from a small
        // buffer.
        let mut to = VmWriter::from(&mut bytes[..]);
        assert_eq!(reader.read_fallible(&mut to), gone.map(|()| 0));
        assert_eq!(writer.write_fallible(&mut VmReader::from(&[1; 300][..])), gone.map(|()| 0));
        // From the range to itself.
        assert_eq!(reader.read_fallible(&mut writer), gone.map(|()| 0));
        assert_eq!(writer.fill_zeros(usize::MAX), gone.map(|()| 0));
        assert_eq!(reader.atomic_load::<u64>(), Err(AccessError::Io(Fault)));
        assert_eq!(reader.remain(), usize::MAX - offset, "not moved");
        let view = FaultMem::from(all).get(offset..).unwrap();
        assert_eq!(view.first().unwrap().read_val(), Err(Fault));
        assert_eq!(view.fill(1), gone);
    }
    assert_eq!(bytes, [7; 300]);
}
