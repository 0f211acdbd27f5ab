//! The position of a cursor and the bytes left: rows `remain`/`avail`, `limit`, `skip`, `from_*`,
//! `Clone`.

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use io_core::{
    Error,
    vm::{Fallible, VmReader, VmWriter},
};

/// Row "`remain()`/`avail()`, `has_*`, `cursor()`": bytes left, next address.
#[test]
fn remainder_and_position_follow_accesses() {
    let mut bytes = [1_u8, 2, 3, 4];
    let start = bytes.as_ptr();
    let mut reader = VmReader::from(&bytes[..]);
    assert_eq!((reader.remain(), reader.has_remain(), reader.cursor()), (4, true, start));
    assert_eq!(reader.read_val(), Ok([1_u8, 2, 3]));
    assert_eq!((reader.remain(), reader.cursor()), (1, start.wrapping_add(3)));
    assert_eq!(reader.read_val(), Ok(4_u8));
    assert_eq!((reader.remain(), reader.has_remain()), (0, false));

    let start = bytes.as_mut_ptr();
    let mut writer = VmWriter::from(&mut bytes[..]);
    assert_eq!((writer.avail(), writer.has_avail(), writer.cursor()), (4, true, start));
    writer.write_val(&[0_u8; 3]).unwrap();
    assert_eq!((writer.avail(), writer.cursor()), (1, start.wrapping_add(3)));
    writer.write_val(&0_u8).unwrap();
    assert_eq!((writer.avail(), writer.has_avail()), (0, false));
}

/// Row "`limit(max)`": at most this many bytes are left afterwards, and never more than before.
#[test]
fn a_limit_never_increases_the_remainder() {
    for max in [0, 1, 7, 8, 9, usize::MAX] {
        let mut bytes = [0_u8; 8];
        assert_eq!(VmReader::from(&bytes[..]).limit(max).remain(), max.min(8));
        assert_eq!(VmWriter::from(&mut bytes[..]).limit(max).avail(), max.min(8));
    }
    let bytes = [0_u8; 8];
    let mut reader = VmReader::from(&bytes[..]);
    reader.limit(3).limit(8);
    assert_eq!(reader.remain(), 3);
    assert_eq!(reader.cursor(), bytes.as_ptr(), "the limit removes bytes at the end");
}

/// Row "`skip(n)`": panics if `n > remain()`; `try_skip` returns an error then.
#[test]
fn skip_moves_within_the_remainder() {
    let mut bytes = [0, 1, 2, 3_u8];
    let mut reader = VmReader::from(&bytes[..]);
    let outside = |offset| Error::OutOfRange { offset: 0, size: offset, limit: 4 };
    for len in [5, usize::MAX] {
        assert_eq!(reader.try_skip(len).map(|_| ()), Err(outside(len)));
        let panic = catch_unwind(AssertUnwindSafe(|| drop(reader.skip(len).clone())));
        let panic = panic.expect_err("only four bytes are left");
        assert_eq!(panic.downcast_ref::<String>(), Some(&outside(len).to_string()));
        assert_eq!(reader.remain(), 4, "not moved");
    }
    assert_eq!(reader.skip(1).try_skip(1).unwrap().read_val(), Ok(2_u8));
    assert_eq!(reader.skip(1).remain(), 0);
    assert_eq!(reader.skip(0).remain(), 0, "skipping 0 bytes always succeeds");

    let mut writer = VmWriter::from(&mut bytes[..]);
    assert_eq!(writer.try_skip(5).map(|_| ()), Err(outside(5)));
    assert!(catch_unwind(AssertUnwindSafe(|| writer.skip(5).avail())).is_err());
    writer.skip(2).try_skip(1).unwrap().write_val(&9_u8).unwrap();
    assert_eq!(bytes, [0, 1, 2, 9]);
}

/// Row "`from_kernel_space`": if the length is 0, any pointer is valid; row "`from_user_space`":
/// the same.
#[test]
fn cursors_of_no_bytes_accept_any_pointer() {
    for ptr in [core::ptr::null_mut(), core::ptr::without_provenance_mut::<u8>(usize::MAX)] {
        let mut to = [7_u8; 2];
        // SAFETY: the length is 0.
        let mut reader = unsafe { VmReader::from_raw(ptr, 0) };
        // SAFETY: the length is 0.
        let mut writer = unsafe { VmWriter::from_raw(ptr, 0) };
        assert_eq!(reader.read(&mut VmWriter::from(&mut to[..])), 0);
        assert_eq!(reader.read(&mut writer), 0);
        assert_eq!(writer.fill_zeros(4), 0);
        assert_eq!(reader.read_val(), Ok([0_u8; 0]));
        assert!(reader.read_val::<u8>().is_err());
        // SAFETY: the length is 0.
        let mut reader = unsafe { VmReader::<Fallible>::fallible(ptr, 0) };
        // SAFETY: the length is 0.
        let mut writer = unsafe { VmWriter::<Fallible>::fallible(ptr, 0) };
        assert_eq!(reader.read_fallible(&mut VmWriter::from(&mut to[..])), Ok(0));
        assert_eq!(reader.read_fallible(&mut writer), Ok(0));
        assert_eq!(writer.fill_zeros(4), Ok(0));
        assert_eq!(to, [7; 2]);
    }
}

/// Rows "Reader is `Clone`; writer is not" and "`clone_exclusive(&mut self)`".
#[test]
fn cloned_cursors_move_independently() {
    let mut bytes = [1, 2, 3_u8];
    let mut first = VmReader::from(&bytes[..]);
    let mut second = first.clone();
    assert_eq!(first.read_val(), Ok([1_u8, 2]));
    assert_eq!(second.read_val(), Ok(1_u8), "each cursor has its own position");

    let mut writer = VmWriter::from(&mut bytes[..]);
    writer.skip(1);
    let mut second = writer.clone_exclusive();
    assert_eq!((second.avail(), second.fill_zeros(9)), (2, 2));
    assert_eq!(writer.avail(), 2);
    writer.write_val(&9_u8).unwrap();
    assert_eq!(bytes, [1, 9, 0]);
}

/// Row "Neither is `Send`/`Sync`", and the writer is not `Clone`. This is checked by associated
/// constants of the same name: the compiler uses the inherent one if the bound is satisfied.
#[test]
fn cursors_are_not_send_or_sync_and_writers_not_clone() {
    struct Of<T>(core::marker::PhantomData<T>);
    trait Otherwise {
        const SEND: bool = false;
        const SYNC: bool = false;
        const CLONE: bool = false;
    }
    impl<T> Otherwise for Of<T> {}
    impl<T: Send> Of<T> {
        const SEND: bool = true;
    }
    impl<T: Sync> Of<T> {
        const SYNC: bool = true;
    }
    impl<T: Clone> Of<T> {
        const CLONE: bool = true;
    }
    type Reader = Of<VmReader<'static>>;
    type Writer = Of<VmWriter<'static>>;
    let _ = Of::<u8>(core::marker::PhantomData).0;
    assert_eq!((Reader::SEND, Reader::SYNC, Reader::CLONE), (false, false, true));
    assert_eq!((Writer::SEND, Writer::SYNC, Writer::CLONE), (false, false, false));
    assert_eq!((Of::<u8>::SEND, Of::<u8>::SYNC, Of::<u8>::CLONE), (true, true, true));
}

#[test]
fn debug_prints_address_and_remainder() {
    let bytes = [0_u8; 16];
    let reader = VmReader::from(&bytes[..]);
    assert_eq!(format!("{reader:?}"), format!("VmReader({:p}, 0x10 bytes)", bytes.as_ptr()));
}
