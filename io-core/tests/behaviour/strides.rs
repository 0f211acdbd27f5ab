//! Arrays with a stride in an `#[io_struct]`: the addresses of their elements, and the fields
//! between them.

use io_core::{
    IoTail, KnownSize, Region,
    layout::{FieldPath, field_at},
    prelude::*,
    slice::StridedArray,
};
use io_sim::{Checker, Recorder, RegisterModel, Simulated, field};

/// Two arrays of different lengths, woven into each other, and a register in the last gap.
#[io_struct(size = 0x40)]
struct Tpm {
    #[io(at = 0x00)]
    sc: Le<u32>,
    #[io(at = 0x0c, stride = 0x8)]
    cnsc: [Le<u32>; 6],
    #[io(at = 0x10, stride = 0x8)]
    cnv: [Ro<Le<u32>>; 5],
    #[io(at = 0x38)]
    status: W1c<Le<u32>>,
}

/// Returns a view of a `T` in memory whose words contain their offsets.
fn tpm<T>(words: &mut [u32; 16]) -> SysMem<'_, T> {
    assert!(size_of::<T>() <= 64 && align_of::<T>() <= 4);
    *words = core::array::from_fn(|i| (4 * i as u32).to_le());
    // SAFETY: the exclusive borrow of `words` covers a `T`, which consists of integers.
    unsafe { SysMem::new(words.as_mut_ptr().cast::<T>()) }
}

#[test]
fn woven_arrays_have_the_stated_addresses() {
    let mut words = [0; 16];
    let tpm = tpm::<Tpm>(&mut words);
    assert_eq!(size_of::<Tpm>(), 0x40);
    assert_eq!([0, 5].map(|i| io_read!(tpm, .cnsc[panic: i])), [0x0c, 0x34]);
    assert_eq!([0, 4].map(|i| io_read!(tpm, .cnv[panic: i])), [0x10, 0x30]);
    assert_eq!((io_read!(tpm, .cnsc[2]), io_read!(tpm, .cnv[build: 2 + 1])), (0x1c, 0x28));
    assert_eq!(io_read!(tpm, .status), 0x38);
    io_write!(tpm, .cnsc[5], 1);
    assert_eq!(words.map(u32::from_le)[12..], [0x30, 1, 0x38, 0x3c]);
}

#[test]
fn indices_are_checked_against_the_number_of_elements() {
    let mut words = [0; 16];
    let tpm = tpm::<Tpm>(&mut words);
    let read = |i: usize| -> Result<u32, io_core::Error> { Ok(io_read!(tpm, .cnv[try: i])) };
    assert_eq!(read(4), Ok(0x30));
    assert!(read(5).is_err() && read(usize::MAX).is_err());
    let panics = |i: usize| std::panic::catch_unwind(|| io_read!(tpm, .cnsc[panic: i])).is_err();
    assert!(!panics(5) && panics(6));
    let cnv = io_project!(tpm, .cnv);
    assert!(cnv.get(5).is_none() && cnv.get(2..6).is_none());
    assert_eq!((cnv.len(), cnv.size()), (5, 0x24));
}

#[test]
fn arrays_of_known_length_keep_the_stride() {
    let mut words = [0; 16];
    let tpm = tpm::<Tpm>(&mut words);
    let part = io_project!(tpm, .cnsc[build: 2..5]);
    assert_eq!((part.len(), part.size()), (3, 0x14));
    assert_eq!([io_read!(part, [0]), io_read!(part, [2])], [0x1c, 0x2c]);
    let part = io_project!(tpm, .cnsc[panic: 4..]);
    assert!(part.as_array::<3>().is_none());
    let part: SysMem<'_, StridedArray<Le<u32>, 2, 8>> = part.as_array().unwrap();
    assert_eq!([io_read!(part, [0]), io_read!(part, [build: 2 - 1])], [0x2c, 0x34]);
}

#[test]
fn parts_and_iterators_keep_the_stride() {
    let mut words = [0; 16];
    let tpm = tpm::<Tpm>(&mut words);
    let values = |part: SysMem<'_, io_core::slice::StridedSlice<Le<u32>, 8>>| -> Vec<u32> {
        part.iter().map(|element| element.read_val()).collect()
    };
    let cnsc = io_project!(tpm, .cnsc);
    let part = io_project!(tpm, .cnsc[panic: 1..4]);
    assert_eq!(values(part), [0x14, 0x1c, 0x24]);
    assert_eq!((part.len(), part.size()), (3, 0x14));
    assert_eq!(values(io_project!(tpm, .cnsc[build: 4..])), [0x2c, 0x34]);
    assert_eq!(values(io_project!(part, [panic: ..=1])), [0x14, 0x1c]);
    assert_eq!(io_project!(part, [panic: 3..]).size(), 0);
    assert_eq!(cnsc.iter().rev().map(|c| c.read_val()).collect::<Vec<_>>()[..2], [0x34, 0x2c]);
    let chunks: Vec<_> = cnsc.chunks(4).map(values).collect();
    assert_eq!(chunks, [vec![0x0c, 0x14, 0x1c, 0x24], vec![0x2c, 0x34]]);
    let (low, high) = cnsc.split_at(5);
    assert_eq!((low.len(), values(high)), (5, vec![0x34]));
    let (all, none) = cnsc.split_at(6);
    assert_eq!((all.len(), none.len(), none.first().is_none()), (6, 0, true));
    assert_eq!(cnsc.last().unwrap().read_val(), 0x34);
}

#[test]
fn metadata_and_paths_name_the_elements() {
    let cnsc = field_at(Tpm::FIELDS, 0x34).unwrap();
    assert_eq!((cnsc.name, cnsc.offset, cnsc.size), ("cnsc", 0x0c, 0x2c));
    assert_eq!((cnsc.count(), cnsc.stride()), (6, 8));
    let path = |offset| FieldPath::new(Tpm::FIELDS, offset).to_string();
    let paths = [0x0c, 0x10, 0x14, 0x30, 0x34, 0x38].map(path);
    assert_eq!(paths, [".cnsc[0]", ".cnv[0]", ".cnsc[1]", ".cnv[4]", ".cnsc[5]", ".status"]);
    assert!(Tpm::FIELDS.iter().all(|field| field.any_bits));
}

#[test]
fn recorder_checker_and_models_find_the_elements() {
    let model = RegisterModel::<Tpm>::new("tpm").reset(field!(.cnv[4]), 7);
    let device = Simulated::<Tpm, _>::new(model);
    let (recorder, checker) = (Recorder::new(), Checker::new());
    let tpm = checker.check("tpm", recorder.record("tpm", &device));
    io_write!(tpm, .cnsc[panic: 3], 5);
    assert_eq!((io_read!(tpm, .cnv[4]), io_read!(tpm, .cnsc[3])), (7, 5));
    let lines: Vec<_> = recorder.entries().iter().map(ToString::to_string).collect();
    let read = ["RD tpm.cnv[4] 32 -> 0x00000007", "RD tpm.cnsc[3] 32 -> 0x00000005"];
    assert_eq!(lines[0], "WR tpm.cnsc[3] 32 <- 0x00000005");
    assert_eq!(lines[1..], read);
}

/// The compiler decides whether the stride is the size of an element.
#[io_struct]
struct Channels {
    #[io(at = 0x00, stride = 0x4 * 2)]
    adjacent: [Channel; 2],
    /// Ends after the last field.
    #[io(at = 0x10, stride = STRIDE)]
    apart: [Channel; 2],
    #[io(at = 0x18)]
    between: [Le<u16>; 3],
    #[cfg(any())]
    #[io(at = 0x1c, stride = 0x4)]
    gone: [u8; 2],
}

const STRIDE: usize = 0x10;

#[derive(IoStruct)]
#[repr(C)]
struct Channel {
    ctrl: Le<u32>,
    count: Le<u32>,
}

#[test]
fn blocks_are_elements_and_fields_lie_between_them() {
    let mut words = [0; 16];
    let channels = tpm::<Channels>(&mut words);
    assert_eq!(size_of::<Channels>(), 0x28);
    assert_eq!(io_project!(channels, .adjacent).as_slice().len(), 2);
    assert_eq!(io_read!(channels, .adjacent[1].count), 0x0c);
    assert_eq!([0, 1].map(|i| io_read!(channels, .apart[panic: i].count)), [0x14, 0x24]);
    assert_eq!(io_read!(channels, .between[2]), 0x1c);
}

/// A header with a stride, followed by a slice.
#[io_struct]
struct Table<T> {
    #[io(at = 0x00, stride = 0x4)]
    kinds: [u8; 3],
    #[io(at = 0x0c)]
    entries: [T],
}

#[test]
fn a_slice_may_follow_elements_with_a_stride() {
    let mut words: [u32; 16] = core::array::from_fn(|i| 0x0101_0101 * i as u32);
    let region = Region::<0x40>::ptr_from_raw_parts_mut(words.as_mut_ptr().cast(), 0x40);
    // SAFETY: the exclusive borrow of `words` covers 64 bytes aligned to 4.
    let memory = unsafe { SysMem::new(region) };
    let table = memory.try_cast_tail::<Table<u16>>(26).unwrap();
    assert_eq!((<Table<u16>>::HEADER, <Table<u16> as KnownSize>::MIN_SIZE), (12, 12));
    assert_eq!(io_read!(table, .kinds[2]), 2);
    assert_eq!(io_read!(table, .entries[panic: 25]), 0x0f0f);
}
