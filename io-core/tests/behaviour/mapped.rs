//! A mapped file as an owner of registers. Another view of the same file shows the bytes that were
//! written.

use core::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io::ErrorKind, path::PathBuf};

use io_core::{Error, MappedFile, prelude::*};
use io_sim::Recorder;

#[derive(IoStruct)]
#[io(size = 0x20)]
#[repr(C)]
struct Regs {
    id: Ro<Le<u32>>,
    ctrl: Le<u32>,
    bytes: [u8; 8],
    big: [Be<u16>; 8],
}

/// A file that is removed at the end, even if the test fails.
struct TempFile(PathBuf);

impl TempFile {
    fn new(bytes: &[u8]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mapped-{}-{count}", std::process::id());
        let file = TempFile(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
        fs::write(&file.0, bytes).unwrap();
        file
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.0).unwrap()
    }

    fn open<T>(&self) -> std::io::Result<MappedFile<T>> {
        // SAFETY: the file belongs to the test and is not truncated.
        unsafe { MappedFile::open(&self.0) }
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn counting(len: u8) -> Vec<u8> {
    (0..len).collect()
}

#[test]
fn accesses_reach_the_file() {
    let file = TempFile::new(&counting(0x28));
    let regs = file.open::<Regs>().unwrap();
    assert_eq!(io_read!(&regs, .id), 0x0302_0100);
    assert_eq!((&regs).size(), 0x20);
    let mut expected = counting(0x28);
    io_write!(&regs, .ctrl, 0x0a0b_0c0d);
    expected[4..8].copy_from_slice(&[0xd, 0xc, 0xb, 0xa]);
    assert_eq!(file.bytes(), expected);
    io_update!(&regs, .big[7], |v| v | 0x8000);
    expected[0x1e] |= 0x80;
    io_project!(&regs, .bytes[build: 1..7]).copy_from_slice(&[9, 8, 7, 6, 5, 4]);
    expected[9..15].copy_from_slice(&[9, 8, 7, 6, 5, 4]);
    assert_eq!(file.bytes(), expected);
    fs::write(&file.0, counting(0x28)).unwrap();
    assert_eq!(io_read!(&regs, .ctrl), 0x0706_0504);
    drop(regs);
    assert_eq!(file.bytes(), counting(0x28));
}

#[test]
fn the_owner_can_be_passed_as_a_view() {
    fn driver<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
        io_write!(regs, .ctrl, 5);
        io_read!(regs, .ctrl)
    }
    let file = TempFile::new(&counting(0x20));
    let (regs, recorder) = (file.open::<Regs>().unwrap(), Recorder::new());
    assert_eq!(driver(&regs), 5);
    let view: Mmio<'_, Regs> = regs.as_view();
    assert_eq!(driver(view.relaxed()), 5);
    assert_eq!(driver(recorder.record("regs", &regs)), 5);
    assert_eq!(
        recorder.to_string(),
        "WR regs.ctrl 32 <- 0x00000005\nRD regs.ctrl 32 -> 0x00000005"
    );
}

#[test]
fn mappings_of_one_file_share_memory() {
    let file = TempFile::new(&counting(0x20));
    let (one, two) = (file.open::<Regs>().unwrap(), file.open::<Regs>().unwrap());
    assert_ne!(format!("{:?}", one.as_view()), format!("{:?}", two.as_view()));
    io_write!(&one, .bytes[3], 0xee);
    assert_eq!(io_read!(&two, .bytes[3]), 0xee);
    drop(one);
    assert_eq!(io_read!(&two, .bytes[3]), 0xee);
}

/// Printing does not require `Debug` of the registers.
#[test]
fn debug_does_not_require_debug_of_the_registers() {
    let file = TempFile::new(&counting(0x20));
    let regs = file.open::<Regs>().unwrap();
    let text = format!("{regs:?}");
    assert!(text.starts_with("MappedFile(0x") && text.ends_with(", 0x20 bytes)"), "{text}");
    assert_eq!(file.bytes(), counting(0x20));
}

#[test]
fn files_of_the_wrong_size_are_rejected() {
    let file = TempFile::new(&counting(0x1f));
    let error = file.open::<Regs>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let inner = error.get_ref().unwrap().downcast_ref::<Error>();
    assert_eq!(inner, Some(&Error::OutOfRange { offset: 0, size: 0x20, limit: 0x1f }));
    assert_eq!(error.to_string(), "offset 0x0 + 32 bytes exceeds region of 0x1f");

    let error = file.open::<[u8; 0]>().unwrap_err();
    let inner = error.get_ref().unwrap().downcast_ref::<Error>();
    assert_eq!((error.kind(), inner), (ErrorKind::InvalidInput, Some(&Error::Empty)));
    assert!(file.open::<[u8; 0x1f]>().is_ok());
    assert_eq!(file.bytes(), counting(0x1f));

    let path = file.0.clone();
    drop(file);
    // SAFETY: the file does not exist.
    let error = unsafe { MappedFile::<Regs>::open(&path) }.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(!path.exists());
}

/// The drop removes the mapping: the system no longer lists it.
#[test]
fn dropping_the_owner_unmaps_the_file() {
    let file = TempFile::new(&counting(0x20));
    let name = file.0.file_name().unwrap().to_str().unwrap().to_owned();
    let listed = || {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        maps.lines().filter(|line| line.ends_with(&name)).count()
    };
    assert_eq!(listed(), 0);
    let (one, two) = (file.open::<Regs>().unwrap(), file.open::<Regs>().unwrap());
    assert_eq!(listed(), 2);
    drop(one);
    assert_eq!(listed(), 1);
    drop(two);
    assert_eq!(listed(), 0);
}
