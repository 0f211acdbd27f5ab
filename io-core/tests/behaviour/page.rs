//! A page shared with an untrusted party: bounds checks at every offset, and copied data is
//! private.

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

use io_core::{CopyError, prelude::*, vm::SharedPage};

const SIZE: usize = SharedPage::SIZE;

#[test]
fn a_new_page_is_zeroed_and_page_aligned() {
    let page = SharedPage::new().unwrap();
    let mut bytes = vec![1; SIZE];
    page.try_read_bytes(0, &mut bytes).unwrap();
    assert_eq!(bytes, vec![0; SIZE]);
    assert!(page.as_ptr().addr().is_multiple_of(SIZE));
    assert_eq!(format!("{page:?}"), format!("SharedPage({:p})", page.as_ptr()));
}

/// The boundary cases of a bounds check.
#[test]
fn every_boundary_is_checked() {
    let page = SharedPage::new().unwrap();
    let edges = [0, 1, 2, SIZE / 2, SIZE - 1, SIZE, SIZE + 1, usize::MAX / 2, usize::MAX];
    let mut model = vec![0; SIZE];
    // Miri takes a second for each operation on a whole page. Lengths that fit exactly and lengths
    // that are one too large remain.
    let lens = [0, 1, 2, 7, SIZE - 1, SIZE, SIZE + 1].into_iter();
    let lens = lens.filter(|len| !cfg!(miri) || *len != SIZE - 1);
    for (round, offset) in edges.into_iter().enumerate() {
        for len in lens.clone() {
            let new = vec![round as u8 + 1; len];
            let fits = offset <= SIZE && len <= SIZE - offset;
            let expected = match fits {
                true => Ok(()),
                false => Err(CopyError::OutOfRange { offset, size: len, limit: SIZE }),
            };
            assert_eq!(page.try_write_bytes(offset, &new), expected, "{offset} {len}");
            if fits {
                model[offset..offset + len].copy_from_slice(&new);
            }
            let mut read = vec![0xee; len];
            assert_eq!(page.try_read_bytes(offset, &mut read), expected, "{offset} {len}");
            assert_eq!(read, if fits { new } else { vec![0xee; len] });
            // Under Miri, the whole page is compared twice: after the offset 0, and at the end.
            if !cfg!(miri) || (len > SIZE && [0, usize::MAX].contains(&offset)) {
                let mut all = vec![0; SIZE];
                page.try_read_bytes(0, &mut all).unwrap();
                assert_eq!(all, model);
            }
            assert_eq!(page.try_fill_bytes(offset, len, round as u8 + 1), expected);
        }
    }
    for len in [usize::MAX, usize::MAX - SIZE + 1] {
        let expected = Err(CopyError::OutOfRange { offset: SIZE, size: len, limit: SIZE });
        assert_eq!(page.try_fill_bytes(SIZE, len, 1), expected);
    }
}

#[test]
#[should_panic = "offset 0xfff + 2 bytes exceeds region of 0x1000"]
fn out_of_bounds_panics_with_numbers() {
    SharedPage::new().unwrap().read_at::<u16>(SIZE - 1);
}

/// Each message consists of one letter, or is mixed if the other side was writing it. A message
/// that passed the check stays unchanged.
#[test]
fn checked_messages_stay_unchanged() {
    let rounds = if cfg!(miri) { 10 } else { 20_000 };
    let (page, stop) = (&SharedPage::new().unwrap(), &AtomicBool::new(false));
    let look = || {
        let mut private = [0; 48];
        page.try_read_bytes(100, &mut private).unwrap();
        let whole = private.iter().all(|byte| *byte == private[0]);
        if whole {
            page.try_write_bytes(1000, &private).unwrap();
            let mut forwarded = [0; 48];
            page.try_read_bytes(1000, &mut forwarded).unwrap();
            assert!(forwarded.iter().all(|byte| *byte == forwarded[0]));
        }
        whole
    };
    std::thread::scope(|s| {
        s.spawn(move || {
            let mut byte = 0_u8;
            while !stop.load(Relaxed) {
                byte = byte.wrapping_add(1);
                page.try_fill_bytes(100, 48, byte).unwrap();
                if cfg!(miri) {
                    std::thread::yield_now();
                }
            }
        });
        for _ in 0..rounds {
            look();
        }
        stop.store(true, Relaxed);
    });
    // Every message may be read while it is being written, except one read after the last write.
    assert!(look());
}

/// A page can be cast to typed blocks as well.
#[test]
fn a_page_can_be_cast_to_typed_blocks() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Mailbox {
        #[io(own_bit)]
        state: OwnBit<Le<u32>>,
        words: [Le<u32>; 15],
    }
    let page = SharedPage::new().unwrap();
    let mailbox = page.cast::<Mailbox>();
    mailbox.publish_with(1, |mailbox| io_write!(mailbox, .words[14], 0x0102_0304));
    assert_eq!(page.read_at::<u32>(0), 1_u32.to_le());
    assert_eq!(page.try_read_at::<u8>(0x3c), Ok(4));
}
