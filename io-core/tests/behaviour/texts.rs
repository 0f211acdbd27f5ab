//! The exact texts of errors, and conversions of errors.

use core::{error::Error as _, time::Duration};

use io_core::{
    AccessError, CopyError, DmaAddr, Error, OutOfBound, PollError, Repr, Timeout, Width,
};

use crate::support::flaky::Broken;

#[test]
fn error_texts_contain_the_numbers() {
    let index = OutOfBound { start: 7, end: 8, len: 4 };
    let range = OutOfBound { start: 2, end: 9, len: 4 };
    let timeout = Timeout { after: Duration::from_micros(1500) };
    for (error, text) in [
        (
            Error::OutOfRange { offset: 0x1c, size: 8, limit: 0x20 },
            "offset 0x1c + 8 bytes exceeds region of 0x20",
        ),
        (Error::Misaligned { address: 0x1002, align: 4 }, "address 0x1002 is not a multiple of 4"),
        (
            Error::Length { expected: 16, found: 12 },
            "length 12 does not match the expected length 16",
        ),
        (Error::Index(index), "index out of bounds: the len is 4 but the index is 7"),
        (Error::Index(range), "range end index 9 out of range for slice of length 4"),
        (Error::Timeout(timeout), "timed out after 1.5ms"),
        (Error::Gone, "the device was removed: reads return all ones"),
        (
            Error::NoMemory { size: 4096, align: 64 },
            "allocation of 0x1000 bytes with an alignment of 64 failed",
        ),
        (Error::Empty, "an allocation or mapping must have at least 1 byte"),
        (
            Error::Apart { reader: 0x1004, writer: 0x1000 },
            "the reader is at address 0x1004, but the writer is at 0x1000",
        ),
    ] {
        assert_eq!(error.to_string(), text);
        assert!(error.source().is_none());
    }
    let last = OutOfBound { start: usize::MAX, end: 0, len: 4 };
    assert_eq!(
        last.to_string(),
        format!("index out of bounds: the len is 4 but the index is {}", usize::MAX)
    );
}

#[test]
fn copy_error_texts_contain_the_numbers() {
    type E = CopyError<Broken>;
    for (error, text, done) in [
        (E::Length { expected: 8, found: 9 }, "slice length (9) does not match view length (8)", 0),
        (
            E::Width { width: Width::W16, address: 0x101, size: 0x20 },
            "address 0x101 and size 0x20 must be multiples of 2 for 16-bit accesses",
            0,
        ),
        (
            E::OutOfRange { offset: 0x14, size: 4, limit: 0x10 },
            "offset 0x14 + 4 bytes exceeds region of 0x10",
            0,
        ),
        (E::Io { error: Broken { at: 3 }, done: 12 }, "byte 3 is broken after 12 bytes", 12),
    ] {
        assert_eq!((error.to_string().as_str(), error.done()), (text, done));
    }
}

#[test]
fn poll_and_access_error_texts_contain_the_cause() {
    let timeout = Timeout { after: Duration::from_secs(2) };
    let text = "timed out after 2s";
    assert_eq!(PollError::<Broken>::Timeout(timeout).to_string(), text);
    assert_eq!(PollError::Io(Broken { at: 1 }).to_string(), "byte 1 is broken");
    assert_eq!(AccessError::Io(Broken { at: 1 }).to_string(), "byte 1 is broken");
    assert_eq!(AccessError::<Broken>::Place(Error::Gone).to_string(), Error::Gone.to_string());
}

#[test]
fn specific_errors_convert_to_error() {
    let index = OutOfBound { start: 7, end: 8, len: 4 };
    assert_eq!(Error::from(index), Error::Index(index));
    let timeout = Timeout { after: Duration::from_secs(1) };
    assert_eq!(Error::from(timeout), Error::Timeout(timeout));
    type Never = core::convert::Infallible;
    assert_eq!(Error::from(PollError::<Never>::Timeout(timeout)), Error::Timeout(timeout));
    let length = CopyError::<Never>::Length { expected: 8, found: 9 };
    assert_eq!(Error::from(length), Error::Length { expected: 8, found: 9 });
    let width = CopyError::<Never>::Width { width: Width::W32, address: 0x1001, size: 8 };
    assert_eq!(Error::from(width), Error::Misaligned { address: 0x1001, align: 4 });
}

#[test]
fn widths_have_bytes_bits_and_all_ones() {
    use Width::{W8, W16, W32, W64};
    for (width, bytes, ones) in
        [(W8, 1, 0xff), (W16, 2, 0xffff), (W32, 4, 0xffff_ffff), (W64, 8, u64::MAX)]
    {
        assert_eq!((width.bytes(), width.bits()), (bytes, 8 * bytes as u32));
        assert_eq!((width.all_ones(), Width::from_bytes(bytes)), (ones, Some(width)));
    }
    for bytes in [0, 3, 5, 6, 7, 9, 16] {
        assert_eq!(Width::from_bytes(bytes), None);
    }
    assert_eq!([u8::WIDTH, u16::WIDTH, u32::WIDTH, u64::WIDTH], [W8, W16, W32, W64]);
    assert_eq!((u16::from_u64(0x12_3456), 0x3456_u16.to_u64()), (0x3456, 0x3456));
}

#[test]
fn device_addresses_are_hexadecimal_and_checked() {
    let address = DmaAddr::new(0x1_0000_0000);
    assert_eq!(
        (address.raw(), format!("{address} {address:?}")),
        (0x1_0000_0000, "0x100000000 DmaAddr(0x100000000)".into())
    );
    assert_eq!(address.checked_add(8), Some(DmaAddr::new(0x1_0000_0008)));
    assert_eq!(DmaAddr::new(u64::MAX).checked_add(0), Some(DmaAddr::new(u64::MAX)));
    assert_eq!(DmaAddr::new(u64::MAX).checked_add(1), None);
}
