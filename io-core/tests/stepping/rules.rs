//! The rules for the accesses to a place.

use crate::{accesses::Kind, touches::Touch};

/// A violation of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// An access to a byte outside the place.
    Outside(Touch),
    /// A store where only loads are allowed, or the reverse.
    Kind(Touch),
    /// An access that is not at a higher address than the previous one.
    Descends(Touch),
    /// A second access to a byte.
    Again(Touch),
    /// A byte that is not accessed.
    Missing(usize),
    /// An access whose width is not the requested one.
    Width(Touch),
}

/// Checks that each of `len` bytes is accessed exactly once, in ascending order, and no other byte.
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

/// As [`each_byte_once`]; in addition, each access must be `width` bytes wide.
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
