//! Records that are read while they are truncated and rewritten.

#![cfg(feature = "std")]

use io_core::vm::{Fallible, VmSpan};
use io_examples::records::{LENGTH, Record, end, find, place, round};
use io_sim::{FaultyBytes, SimFaults};
use zerocopy::IntoBytes;

#[test]
fn a_partially_overwritten_record_is_incomplete() {
    let (old, new) = (Record::new(7, 3), Record::new(7, 4));
    assert!(old.is_whole() && new.is_whole());
    let zeros = [0_u8; size_of::<Record>()];
    for cut in 0..size_of::<Record>() {
        for (front, back) in [(&old, &zeros[..]), (&new, old.as_bytes())] {
            let bytes = [&front.as_bytes()[..cut], &back[cut..]].concat();
            let record: Record = zerocopy::FromBytes::read_from_bytes(&bytes).unwrap();
            let is_one = [old, new].contains(&record);
            assert_eq!(record.is_whole(), is_one, "cut at {cut}");
        }
    }
}

/// A record is found if it is complete and has the right number.
#[test]
fn complete_records_with_the_right_number_are_found() {
    let mut bytes = vec![0_u8; place(3) as usize];
    for number in 0..3 {
        let at = place(number) as usize;
        let wrong = if number == 2 { 8 } else { number };
        bytes[at..at + size_of::<Record>()].copy_from_slice(Record::new(wrong, 5).as_bytes());
    }
    let (ptr, len) = (bytes.as_mut_ptr(), bytes.len());
    // SAFETY: the memory has this length and is only accessed through the span.
    let memory = unsafe { VmSpan::<Fallible<SimFaults>>::fallible_with(ptr, len) };
    assert_eq!(find(&memory, 0), Some(Record::new(0, 5)));
    assert_eq!(find(&memory, 2), None, "the place of another record");
    assert_eq!(find(&memory, 3), None, "after the end");
    let last = place(2) as usize - 1;
    let _faulty = FaultyBytes::new(ptr.wrapping_add(last), len - last);
    assert_eq!(find(&memory, 0), Some(Record::new(0, 5)));
    assert_eq!(find(&memory, 1), None, "its last byte faults");
}

#[test]
fn round_computes_the_last_writer_of_a_record() {
    assert_eq!(round(100, 9, 99), 0, "never cut off");
    for number in [100, 250, LENGTH - 1] {
        let last = (1..=9).filter(|round| end(100, *round) <= number).max();
        assert_eq!(round(100, 9, number), last.unwrap_or(0));
    }
    assert!((0..1000).all(|round| (100..LENGTH).contains(&end(100, round))));
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"),
    not(any(miri, emulated))
))]
mod processes {
    use std::{
        path::Path,
        process::{Command, Stdio},
    };

    use io_examples::records::{Failed, LENGTH, Task, host::run};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_records");

    #[test]
    fn every_record_is_found_or_truncated() {
        let report = run(Path::new(PROGRAM)).unwrap();
        assert_eq!((report.left, report.complete), (LENGTH / 3, LENGTH));
        assert_eq!(report.found + report.gone, report.passes * LENGTH);
    }

    #[test]
    fn the_program_prints_the_report() {
        let run = Command::new(PROGRAM).output().unwrap();
        assert!(run.status.success(), "{run:?}");
        let text = String::from_utf8(run.stdout).unwrap();
        assert!(text.contains("complete:  500 of 500 records"), "{text}");
    }

    #[test]
    fn invalid_arguments_of_the_second_process_are_rejected() {
        for arguments in [&["--cut"][..], &["--cut", "many"], &["--paste", "1"], &["--cut", "1"]] {
            let mut command = Command::new(PROGRAM);
            let run = command.args(arguments).stdin(Stdio::null()).output().unwrap();
            assert_eq!(run.status.code(), Some(1), "{arguments:?}: {run:?}");
            assert_eq!(String::from_utf8(run.stderr).unwrap().lines().count(), 1);
        }
        let (cut, rewrite) = (Task::Cut { left: 5 }, Task::Rewrite { rounds: u64::MAX });
        assert_eq!(
            [cut, rewrite].map(|task| Task::parse(&task.arguments())),
            [Some(cut), Some(rewrite)]
        );
        let error = run(Path::new("/bin/false")).unwrap_err();
        assert!(error.is::<Failed>(), "{error}");
    }
}
