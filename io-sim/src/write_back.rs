//! Registers that are written back after a read, and the bits that are lost by it.

use core::fmt;

/// Returns the pending bits of `mask` that a write clears unintentionally, if it looks like a
/// read-modify-write: ones that were read are written back while other bits change, or all of them
/// are written back together with additional ones. Writing only ones that were read, or all ones of
/// `mask`, is an acknowledgement.
pub(super) fn lost_bits(read: u64, written: u64, mask: u64) -> Option<u64> {
    let pending = read & mask;
    let others_change = (read ^ written) & !mask != 0;
    let is_added = written & mask & !read != 0 && written & mask != mask;
    let cleared = written & pending;
    (cleared != 0 && (others_change || is_added && cleared == pending)).then_some(cleared)
}

/// Writes the text about bits that a driver gave and that were not written.
pub(super) fn dropped(bits: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "the bits {bits:#x} were given and not written: a written value is a command to them; use \
         `clear_bits`, `set_bits`, `toggle_bits` or `write_exact`"
    )
}
