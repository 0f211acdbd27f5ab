//! Checks that the item of the compiler is the one that a derive was given: an attribute macro after
//! the derive can change it.

use super::{check::check_no_drop, message::Message};
use crate::value::IoValue;

/// A type that equals `T`.
///
/// # Safety
///
/// `Self` must be `T`.
#[diagnostic::on_unimplemented(
    message = "a field has the type `{Self}`, but `IoStruct` was derived for a field of type `{T}`",
    label = "the field has the type `{Self}`",
    note = "an attribute macro after `#[derive(IoStruct)]` or `#[io_struct]` changed the field: \
            write that attribute before it",
    note = "a macro in the type of a field must expand to the same type each time"
)]
pub unsafe trait IsType<T: ?Sized> {}

// SAFETY: the types are equal.
unsafe impl<T: ?Sized> IsType<T> for T {}

/// Checks that a field of type `Real` has the type that the derive was given. Called in code that is
/// only compiled, so that `Real` can be inferred from a pointer to the field.
pub const fn check_type<Described: ?Sized, Real: ?Sized + IsType<Described>>(_: *const Real) {}

/// Checks that two fields have the same type. Called in code that is only compiled.
pub const fn check_equal<T>(_: *const T, _: *const T) {}

/// Checks that a value has size and alignment of the integer that it is read and written as, and no
/// destructor.
#[track_caller]
#[inline]
pub const fn check_value<T: IoValue>(name: &str) {
    let (size, need) = (size_of::<T>(), size_of::<T::Repr>());
    if size != need || align_of::<T>() < align_of::<T::Repr>() {
        let m = Message::new()
            .str("`")
            .str(name)
            .str("` has ")
            .bytes(size)
            .str(" and an alignment of ");
        let m = m.dec(align_of::<T>()).str(", but is derived as a value of ").bytes(need);
        m.str(": write an attribute that changes it before `#[derive(IoValue)]`").fail();
    }
    check_no_drop::<T>(name);
}
