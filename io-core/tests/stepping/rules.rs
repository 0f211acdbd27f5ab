//! What the accesses to a place must be.

use crate::{accesses::Kind, touches::Touch};

/// How accesses are not as they must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A byte beside the place.
    Outside(Touch),
    /// A store where all are loads, or the other way round.
    Kind(Touch),
    /// Not above the access before it.
    Descends(Touch),
    /// A byte is accessed again.
    Again(Touch),
    /// A byte is not accessed.
    Missing(usize),
    /// Not of the width that was asked for.
    Width(Touch),
}

/// Each of `len` bytes exactly once, in ascending order, and no other.
pub(crate) fn each_byte_once(touches: &[Touch], len: usize, kind: Kind) -> Result<(), Violation> {
    let mut seen = vec![false; len];
    let mut last = i64::MIN;
    for touch in touches {
        let end = touch.offset + touch.size.cast_signed();
        if touch.kind != kind {
            return Err(Violation::Kind(*touch));
        }
        if touch.offset < 0 || end > len as i64 {
            return Err(Violation::Outside(*touch));
        }
        for byte in &mut seen[touch.offset as usize..end as usize] {
            if core::mem::replace(byte, true) {
                return Err(Violation::Again(*touch));
            }
        }
        if touch.offset < last {
            return Err(Violation::Descends(*touch));
        }
        last = touch.offset;
    }
    match seen.iter().position(|seen| !seen) {
        Some(byte) => Err(Violation::Missing(byte)),
        None => Ok(()),
    }
}

/// As [`each_byte_once`], each access `width` bytes wide.
pub(crate) fn each_word_once(
    touches: &[Touch],
    len: usize,
    kind: Kind,
    width: usize,
) -> Result<(), Violation> {
    each_byte_once(touches, len, kind)?;
    match touches.iter().find(|touch| touch.size != width as u64) {
        Some(touch) => Err(Violation::Width(*touch)),
        None => Ok(()),
    }
}
