//! The views against a peer with predefined answers.

use core::mem::MaybeUninit;

use io_core::{
    Be, Bus32, Bus64, CopyError, Io, IoBase, IoSlice, KnownSize, Le, Width,
    backend::{IoBackend, IoCopyable},
};

use super::backend::{from_bus, to_bus};
use super::{Memory, Ports, QtestBackend, QtestMmio, QtestPort, QtestView, Quiet, Space};
use crate::connection::peer::peer;
use crate::{Connection, Error};

/// Returns a `T` at an address or port.
fn at<T: io_core::layout::IoLayout, S: Space>(
    bus: &Connection,
    address: usize,
) -> QtestView<'_, T, S> {
    QtestView::new(bus, address, size_of::<T>()).try_cast().unwrap()
}

fn closed(command: &str) -> Error {
    Error::Closed { command: command.to_owned(), stderr: String::new() }
}

#[test]
fn bus_numbers_are_little_endian_in_memory() {
    // On every host, the first byte in memory is the least significant byte of the number.
    assert_eq!(from_bus::<u16>(0x1122).to_ne_bytes(), [0x22, 0x11]);
    assert_eq!(from_bus::<u32>(0x1122_3344).to_ne_bytes(), [0x44, 0x33, 0x22, 0x11]);
    assert_eq!(from_bus::<u64>(0x1122).to_ne_bytes(), [0x22, 0x11, 0, 0, 0, 0, 0, 0]);
    assert_eq!(to_bus(u16::from_ne_bytes([0x22, 0x11])), 0x1122);
    assert_eq!(to_bus(u32::from_ne_bytes([0x44, 0x33, 0x22, 0x11])), 0x1122_3344);
    assert_eq!(to_bus(u64::from_ne_bytes([0x22, 0x11, 0, 0, 0, 0, 0, 0])), 0x1122);
}

#[test]
fn memory_accesses_of_every_width_are_sent() {
    let answers = ["OK 0xfe\n", "OK 0xfedc\n", "OK 0xfedcba98\n", "OK 0xfedcba9876543210\n"];
    let (bus, peer) = peer(&[&answers[..], &["OK\n"; 4], &["OK 0x3412\n", "OK\n"]].concat());
    assert_eq!(at::<u8, Memory>(&bus, 0x1001).read_val(), 0xFE);
    assert_eq!(at::<Le<u16>, Memory>(&bus, 0x1002).read_val(), 0xFEDC);
    assert_eq!(at::<Le<u32>, Memory>(&bus, 0x1004).read_val(), 0xFEDC_BA98);
    assert_eq!(at::<Le<u64>, Memory>(&bus, 0x1008).read_val(), 0xFEDC_BA98_7654_3210);
    at::<i8, Memory>(&bus, 0x2001).write_val(-2);
    at::<Le<u16>, Memory>(&bus, 0x2002).write_val(0xFEDC);
    at::<Le<u32>, Memory>(&bus, 0x2004).write_val(0xFEDC_BA98);
    at::<Le<i64>, Memory>(&bus, 0x2008).write_val(-2);
    assert_eq!(at::<Be<u16>, Memory>(&bus, 0x3000).read_val(), 0x1234);
    at::<Be<u64>, Memory>(&bus, 0x3008).write_val(0x1122_3344_5566_7788);
    let commands = [
        "readb 0x1001",
        "readw 0x1002",
        "readl 0x1004",
        "readq 0x1008",
        "writeb 0x2001 0xfe",
        "writew 0x2002 0xfedc",
        "writel 0x2004 0xfedcba98",
        "writeq 0x2008 0xfffffffffffffffe",
        "readw 0x3000",
        "writeq 0x3008 0x8877665544332211",
    ];
    drop(bus);
    assert_eq!(peer.join().unwrap(), commands);
}

#[test]
fn port_accesses_of_every_width_are_sent() {
    let answers = ["OK 0xfe\n", "OK 0xfedc\n", "OK 0xfedcba98\n"];
    let (bus, peer) = peer(&[&answers[..], &["OK\n"; 3]].concat());
    assert_eq!(at::<u8, Ports>(&bus, 0x70).read_val(), 0xFE);
    assert_eq!(at::<Be<u16>, Ports>(&bus, 0x72).read_val(), 0xDCFE);
    assert_eq!(at::<Le<u32>, Ports>(&bus, 0x74).read_val(), 0xFEDC_BA98);
    at::<u8, Ports>(&bus, 0xFFFF).write_val(1);
    at::<Le<u16>, Ports>(&bus, 0xFFFE).write_val(2);
    at::<Be<u32>, Ports>(&bus, 0xFFFC).write_val(3);
    let commands = [
        "inb 0x70",
        "inw 0x72",
        "inl 0x74",
        "outb 0xffff 0x1",
        "outw 0xfffe 0x2",
        "outl 0xfffc 0x3000000",
    ];
    drop(bus);
    assert_eq!(peer.join().unwrap(), commands);
}

#[test]
fn an_answer_wider_than_the_access_is_a_protocol_error() {
    let (bus, _peer) = peer(&["OK 0x100\n"]);
    let error = at::<u8, Memory>(&bus, 0x10).fallible().read_val().unwrap_err();
    let (command, line) = ("readb 0x10".to_owned(), "OK 0x100".to_owned());
    assert_eq!(error, Error::Protocol { command, line });
}

#[test]
fn a_failed_copy_out_reports_the_bytes_done() {
    let answers = ["OK 0x1211\n", "OK 0x2221\n"];
    let (bus, ours) = peer(&answers);
    let mut bytes = [0x55_u8; 8];
    let view = at::<[u8; 8], Memory>(&bus, 0x12).fallible();
    let result = view.try_copy_to_slice_as::<u16>(&mut bytes);
    assert_eq!(result, Err(CopyError::Io { error: closed("readw 0x16"), done: 4 }));
    assert_eq!(bytes, [0x11, 0x12, 0x21, 0x22, 0x55, 0x55, 0x55, 0x55]);
    assert_eq!(ours.join().unwrap(), ["readw 0x12", "readw 0x14"]);

    let (bus, _ours) = peer(&answers);
    at::<[u8; 8], Memory>(&bus, 0x12).copy_to_slice_as::<u16>(&mut bytes);
    assert_eq!(bytes, [0x11, 0x12, 0x21, 0x22, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(bus.check(), Err(closed("readw 0x16")));
}

#[test]
fn a_failed_copy_in_reports_the_bytes_done() {
    let (bus, ours) = peer(&["OK\n"; 2]);
    let view = at::<[u32; 3], Memory>(&bus, 0x10);
    let words = [0x1413_1211_u32, 0x2423_2221, 0x3433_3231].map(u32::to_le);
    let result = view.fallible().try_copy_from_slice(&words);
    let error = closed("writel 0x18 0x34333231");
    assert_eq!(result, Err(CopyError::Io { error: error.clone(), done: 8 }));
    assert_eq!(view.fallible().fill(1), Err(CopyError::Io { error: error.clone(), done: 0 }));
    // If accesses cannot fail, writes are dropped after the failure.
    view.copy_from_slice(&words);
    view.fill(1);
    assert_eq!(bus.check(), Err(error));
    assert_eq!(ours.join().unwrap(), ["writel 0x10 0x14131211", "writel 0x14 0x24232221"]);
}

#[test]
fn fills_use_the_width_of_each_element() {
    let (bus, peer) = peer(&["OK\n"; 5]);
    at::<[u8; 1], Memory>(&bus, 0x10).fill(0x91);
    at::<[u16; 1], Memory>(&bus, 0x10).fill(0x92);
    at::<u32, Ports>(&bus, 0x10).fill(0x94);
    at::<[u32; 2], Memory>(&bus, 0x10).fill(0x98);
    let commands = [
        "writeb 0x10 0x91",
        "writew 0x10 0x9292",
        "outl 0x10 0x94949494",
        "writel 0x10 0x98989898",
        "writel 0x14 0x98989898",
    ];
    drop(bus);
    assert_eq!(peer.join().unwrap(), commands);
}

/// Copies out, copies in and fills with a given width; returns the three results.
fn copies<S: Space>(bytes: QtestView<'_, [u8], S>, width: Width) -> [Result<(), Refused>; 3] {
    let mut buffer = [MaybeUninit::<u8>::uninit(); 64];
    assert!(bytes.size() <= buffer.len());
    let (target, zeroes) = (buffer.as_mut_ptr().cast(), [0; 64]);
    // SAFETY: the buffer is valid for writes of the view's size.
    let out = unsafe { QtestBackend::copy_from_io(bytes, Some(width), target) };
    // SAFETY: `zeroes` is valid for reads of the view's size.
    let into = unsafe { QtestBackend::copy_to_io(bytes, Some(width), zeroes.as_ptr()) };
    [out, into, QtestBackend::fill_io(bytes, Some(width), 0)].map(|result| result.map_err(refused))
}

/// Width, address and size of a copy that was rejected.
type Refused = (Width, usize, usize);

fn refused<E>(error: CopyError<E>) -> Refused {
    match error {
        CopyError::Width { width, address, size } => (width, address, size),
        _ => panic!("refused for another reason"),
    }
}

#[test]
fn copies_of_a_width_that_does_not_fit_are_rejected() {
    let (bus, peer) = peer(&["OK 0x0\n"; 99]);
    for (width, address, size) in [
        (Width::W16, 0x11, 2),
        (Width::W16, 0x10, 1),
        (Width::W32, 0x12, 4),
        (Width::W32, 0x10, 6),
        (Width::W64, 0x14, 8),
        (Width::W64, 0x10, 12),
    ] {
        let refused = [Err((width, address, size)); 3];
        assert_eq!(copies(QtestView::<_, Memory>::new(&bus, address, size), width), refused);
        assert_eq!(copies(QtestView::<_, Ports>::new(&bus, address, size), width), refused);
    }
    // 64-bit ports do not exist, at any address.
    let refused = [Err((Width::W64, 0x10, 8)); 3];
    assert_eq!(copies(QtestView::<_, Ports>::new(&bus, 0x10, 8), Width::W64), refused);
    assert_eq!(copies(QtestView::<_, Memory>::new(&bus, 0x10, 0), Width::W64), [Ok(()); 3]);
    drop(bus);
    assert_eq!(peer.join().unwrap(), [""; 0], "nothing was accessed");
}

#[test]
fn debug_prints_the_address_without_access() {
    let (bus, peer) = peer(&["OK 0x0\n"; 9]);
    let memory = at::<[u16; 3], Memory>(&bus, 0xE000_0010);
    assert_eq!(format!("{memory:?}"), "QtestMmio(0xe0000010, 0x6 bytes)");
    assert_eq!(format!("{:?}", memory.fallible()), "QtestMmio(0xe0000010, 0x6 bytes)");
    let port = at::<u8, Ports>(&bus, 0x70);
    assert_eq!(format!("{port:?}"), "QtestPort(0x70, 0x1 bytes)");
    assert_eq!((memory.address(), port.address()), (0xE000_0010, 0x70));
    drop(bus);
    assert_eq!(peer.join().unwrap(), [""; 0]);
}

#[test]
fn views_satisfy_the_bounds_of_drivers() {
    fn threads<T: Send + Sync>() {}
    fn of_32_bits<'a>(_: impl IoBase<'a, Backend: Bus32>) {}
    fn of_64_bits<'a>(_: impl IoBase<'a, Backend: Bus64>) {}
    fn view<B: IoBackend, T: KnownSize>(_: B::View<'_, T>) {}
    threads::<QtestMmio<'_, [u8]>>();
    threads::<QtestPort<'_, [u8]>>();
    let (bus, _peer) = peer(&[]);
    view::<QtestBackend<Memory, Quiet>, u8>(at(&bus, 0));
    of_64_bits(at::<u8, Memory>(&bus, 0));
    of_32_bits(at::<u8, Ports>(&bus, 0));
}
