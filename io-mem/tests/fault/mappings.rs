//! Mappings: accesses by cursors and by views, files that are truncated, and the unmapping by the
//! drop.

use core::sync::atomic::{AtomicBool, Ordering};
use std::{
    fs::{self, File},
    io::ErrorKind,
    os::unix::fs::FileExt,
    thread,
};

use io_core::{
    AccessError, CopyError, Error, FaultMem,
    fault::Fault,
    prelude::*,
    vm::{HasVmReaderWriter, Mapping, VmFile, VmIo, VmIoFill, VmIoOnce},
};
use rustix::{
    fs::{MemfdFlags, memfd_create},
    io::Errno,
    param::page_size,
};

use crate::memory::{UNTOUCHED, pattern};

#[derive(IoStruct)]
#[repr(C)]
struct Header {
    kind: Le<u32>,
    len: Le<u32>,
}

/// Creates an anonymous file of `pages` pages.
fn file(name: &str, pages: usize) -> File {
    let file = File::from(memfd_create(name, MemfdFlags::CLOEXEC).unwrap());
    cut(&file, pages * page_size());
    file
}

/// Sets the length of a file.
fn cut(file: &File, len: usize) {
    file.set_len(len as u64).unwrap();
}

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

#[test]
fn views_and_cursors_share_anonymous_memory() {
    let memory = Mapping::anonymous(page_size() + 1).unwrap();
    assert_eq!((memory.size(), FaultMem::of(&memory).size()), (2 * page_size(), 2 * page_size()));
    let header = FaultMem::of(&memory).subregion(page_size()..2 * page_size()).unwrap();
    let header = header.try_cast::<Header>().unwrap();
    assert_eq!(
        FaultMem::of(&memory).try_cast::<[Header; 2]>().unwrap().as_ptr().addr() + page_size(),
        header.as_ptr().addr()
    );
    assert_eq!(io_read!(header, .len), Ok(0));
    memory.write_once(page_size() + 4, &12_u32.to_le()).unwrap();
    io_write!(header, .kind, u32::MAX).unwrap();
    assert_eq!(io_read!(header, .len), Ok(12));
    let mut reader = memory.reader();
    assert_eq!(reader.skip(page_size()).read_val(), Ok([0xff_u8, 0xff, 0xff, 0xff, 12]));
    assert_eq!(memory.writer().fill_zeros(usize::MAX), Ok(2 * page_size()));
    assert_eq!(io_read!(header, .kind), Ok(0));
}

/// Accesses to truncated pages fault, by cursors and by views; other pages remain accessible, and
/// the truncated pages are accessible again after the file is extended.
#[test]
fn accesses_to_a_truncated_file_fault_until_it_is_extended() {
    let file = file("shared", 3);
    let memory = Mapping::shared(&file, page_size() as u64, 2 * page_size()).unwrap();
    let bytes = pattern(2 * page_size());
    memory.write_bytes(0, &bytes).unwrap();
    let mut there = vec![0; 2 * page_size()];
    file.read_exact_at(&mut there, page_size() as u64).unwrap();
    assert_eq!(there, bytes, "stores reach the file");
    file.write_all_at(&[0xcc], page_size() as u64).unwrap();
    assert_eq!(memory.read_val(0), Ok(0xcc_u8), "loads return writes of others");

    let view = FaultMem::of(&memory);
    let second = view.subregion(page_size()..2 * page_size()).unwrap();
    let header = second.try_cast::<Header>().unwrap();
    cut(&file, 2 * page_size());
    assert_eq!(io_read!(header, .kind), Err(Fault));
    assert_eq!(io_write!(header, .len, 1), Err(Fault));
    assert_eq!(memory.read_once::<u64>(page_size()), Err(AccessError::Io(Fault)));
    let mut to = vec![UNTOUCHED; 100];
    for first in 0..100 {
        let at = page_size() - first;
        assert_eq!(memory.read_bytes(at, &mut to), Err(after(first)));
        assert_eq!(to[..first], bytes[at..page_size()]);
        assert_eq!(to[first..], [UNTOUCHED; 100][first..]);
        assert_eq!(view.try_read_bytes(at, &mut to), Err(after(first)));
        assert_eq!(memory.write_bytes(at, &bytes[at..at + 100]), Err(after(first)));
        assert_eq!(memory.fill_zeros(at, 0), Ok(()));
        to.fill(UNTOUCHED);
    }
    // If the file extends into a page, the rest of the page is zeros and does not fault.
    cut(&file, 2 * page_size() + 4);
    assert_eq!(io_read!(header, .len), Ok(0));
    assert_eq!(second.try_read_at::<u32>(page_size() - 4), Ok(0));
    cut(&file, 0);
    assert_eq!(memory.read_val::<u8>(0), Err(after(0)));
    cut(&file, 3 * page_size());
    assert_eq!(memory.read_bytes(0, &mut there), Ok(()));
    assert_eq!(there, vec![0; 2 * page_size()]);
}

/// The file is truncated repeatedly during copies.
#[test]
fn concurrent_truncation_is_survived() {
    let file = file("restless", 2);
    let memory = Mapping::shared(&file, 0, 2 * page_size()).unwrap();
    let bytes = pattern(page_size());
    memory.write_bytes(0, &bytes).unwrap();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..2000 {
                cut(&file, page_size());
                cut(&file, 2 * page_size());
                file.write_all_at(&bytes, page_size() as u64).unwrap();
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let mut to = vec![0; 2 * page_size()];
        while !is_over.load(Ordering::Relaxed) {
            let done =
                memory.read_bytes(0, &mut to).map_or_else(|error| error.done(), |()| to.len());
            assert!(
                done >= page_size(),
                "{done} bytes, of which {} are never truncated",
                page_size()
            );
            assert_eq!(to[..page_size()], bytes);
            for (i, byte) in to[page_size()..done].iter().enumerate() {
                assert!(*byte == 0 || *byte == bytes[i], "{byte} at {i}");
            }
        }
    });
    assert_eq!(memory.read_bytes(page_size(), &mut vec![0; page_size()]), Ok(()));
}

#[test]
fn stores_to_a_read_only_mapping_fault() {
    let file = file("read-only", 1);
    let memory = Mapping::read_only(&file, 0, page_size()).unwrap();
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let line = maps.lines().find(|line| line.contains("memfd:read-only")).unwrap();
    assert!(line.contains(" r--s "), "{line}");
    file.write_all_at(&[1, 2, 3], 0).unwrap();
    assert_eq!(memory.read_val(0), Ok([1_u8, 2, 3]));
    assert_eq!(memory.write_val(0, &0_u8), Err(after(0)));
    assert_eq!(FaultMem::of(&memory).try_write_at::<u8>(0, 0), Err(AccessError::Io(Fault)));
    assert_eq!(memory.writer().fill_zeros(5), Err(after(0)));
    assert_eq!(memory.read_val(0), Ok([1_u8, 2, 3]));
}

#[test]
fn writes_to_a_private_mapping_do_not_reach_the_file() {
    let file = file("private", 1);
    file.write_all_at(&[1, 2, 3], 0).unwrap();
    let memory = Mapping::private(&file, 0, page_size()).unwrap();
    assert_eq!(memory.read_val(0), Ok([1_u8, 2, 3]));
    memory.write_val(1, &9_u8).unwrap();
    let mut there = [0; 3];
    file.read_exact_at(&mut there, 0).unwrap();
    assert_eq!((there, memory.read_val(0)), ([1, 2, 3], Ok([1_u8, 9, 3])));
    cut(&file, 0);
    assert_eq!(memory.read_val::<u8>(1), Err(after(0)), "the file determines the end");
}

/// The constructor installs the handler. Runs in a process in which no other test has installed it.
#[cfg(not(emulated))]
#[test]
fn a_mapping_installs_the_handler() {
    let name = "mappings::a_mapping_installs_the_handler";
    let output = crate::children::in_child(name, || {
        assert!(!io_core::fault::is_installed());
        let file = file("first", 0);
        let memory = Mapping::shared(&file, 0, page_size()).unwrap();
        assert!(io_core::fault::is_installed());
        assert_eq!(
            FaultMem::of(&memory)
                .try_cast::<Header>()
                .map(|header| io_read!(header, .len))
                .unwrap(),
            Err(Fault)
        );
    });
    if let Some(output) = output {
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn invalid_mappings_are_rejected() {
    let inner = |error: &std::io::Error| error.get_ref()?.downcast_ref::<Error>().copied();
    let file = file("refused", 1);
    let error = Mapping::anonymous(0).unwrap_err();
    assert_eq!((error.kind(), inner(&error)), (ErrorKind::InvalidInput, Some(Error::Empty)));
    let error = Mapping::shared(&file, 0, usize::MAX).unwrap_err();
    let size = Error::NoMemory { size: usize::MAX, align: page_size() };
    assert_eq!((error.kind(), inner(&error)), (ErrorKind::InvalidInput, Some(size)));
    let error = Mapping::shared(&file, 1, 1).unwrap_err();
    assert_eq!(Errno::from_io_error(&error), Some(Errno::INVAL), "not a multiple of the page size");
    let error = Mapping::shared(File::open("/dev/zero").unwrap(), 0, 1).unwrap_err();
    assert_eq!(error.to_string(), "not a regular file");
    // The file system reports them as regular files, but such files include device registers.
    for name in ["/proc/version", "/sys/devices/system/cpu/online"] {
        let file = File::open(name).unwrap();
        assert!(file.metadata().unwrap().is_file(), "{name}");
        let error = Mapping::read_only(&file, 0, 1).unwrap_err();
        assert_eq!(error.to_string(), "not a regular file", "{name}");
    }
    let only_read = File::open(std::env::current_exe().unwrap()).unwrap();
    let error = Mapping::shared(&only_read, 0, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(FaultMem::of(&Mapping::anonymous(1).unwrap()).try_cast::<[u8; 1 << 20]>().is_err());
    let program = Mapping::read_only(&only_read, 0, 1).unwrap();
    assert_eq!(program.read_val(0), Ok(*b"\x7fELF"));
}

/// The drop unmaps the mapping: the kernel no longer lists it.
#[test]
fn dropping_the_owner_unmaps_the_memory() {
    let file = file("ends-with-its-owner", 1);
    let listed = || {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        maps.lines().filter(|line| line.contains("memfd:ends-with-its-owner")).count()
    };
    assert_eq!(listed(), 0);
    let one = Mapping::shared(&file, 0, 1).unwrap();
    let two = Mapping::private(&file, 0, page_size()).unwrap();
    assert_eq!(listed(), 2);
    let text = format!("{one:?}");
    assert!(text.starts_with("Mapping(0x") && text.ends_with(" bytes)"), "{text}");
    drop(one);
    assert_eq!(listed(), 1);
    drop(two);
    assert_eq!(listed(), 0);
}

/// A file by system calls: the same trait, exact counts before faults, and exact cursor positions.
#[test]
fn file_accesses_by_system_calls_count_exactly() {
    let file = file("by-calls", 0);
    let bytes = pattern(3 * 4096 + 5);
    let calls = VmFile::new(&file);
    calls.write_bytes(3, &bytes).unwrap();
    let mut to = vec![UNTOUCHED; bytes.len() + 1];
    assert_eq!(calls.read_bytes(3, &mut to), Err(after(bytes.len())));
    assert_eq!((&to[..bytes.len()], to[bytes.len()]), (&bytes[..], UNTOUCHED));
    assert_eq!(calls.read_bytes(0, &mut to[..3]), Ok(()));
    assert_eq!(to[..3], [0; 3]);
    assert_eq!(calls.read_val::<u8>(usize::MAX), Err(after(0)));
    cut(&file, 3 + 4096 + 7);
    assert_eq!(calls.read_bytes(3, &mut to), Err(after(4096 + 7)));

    // The memory that is copied to or from may fault as well: the count is exact.
    let other = self::file("other", 2);
    let memory = Mapping::shared(&other, 0, 2 * page_size()).unwrap();
    cut(&other, page_size());
    let mut writer = memory.writer();
    writer.skip(page_size() - 9);
    assert_eq!(calls.read(3, writer.limit(100)), Err(after(9)));
    assert_eq!(writer.avail(), 91);
    assert_eq!(memory.read_val::<[u8; 9]>(page_size() - 9), Ok(bytes[..9].try_into().unwrap()));
    let mut reader = memory.reader();
    reader.skip(page_size() - 9);
    assert_eq!(calls.write(20, reader.limit(100)), Err(after(9)));
    assert_eq!(reader.remain(), 91);
    assert_eq!(calls.read_val::<[u8; 9]>(20), Ok(bytes[..9].try_into().unwrap()));
    let unwritable = VmFile::new(File::open("/dev/null").unwrap());
    assert_eq!(unwritable.write_val(0, &1_u8), Err(after(0)));
}

/// Threads share a mapping; each thread has its own cursors and views.
#[test]
fn threads_share_a_mapping() {
    let memory = &Mapping::anonymous(page_size()).unwrap();
    thread::scope(|scope| {
        for thread in 0..4_usize {
            scope.spawn(move || {
                for round in 0..1000_u32 {
                    memory.write_once(8 * thread, &round).unwrap();
                    assert_eq!(FaultMem::of(memory).try_read_at::<u32>(8 * thread), Ok(round));
                }
            });
        }
    });
    assert_eq!(memory.read_once::<u32>(24), Ok(999));
}
