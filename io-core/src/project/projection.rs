//! A projection that is being computed.
//!
//! In builds with debug assertions these functions are not forced to be inlined, which halves the
//! compile time of drivers. In all other builds they are always inlined and generate no code.

use core::fmt;

use super::{
    field::{FieldOffset, FieldTarget},
    index::{Array, Built, Indexable, Pick, ProjectIndex},
};
use crate::{
    io::{
        ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, KnownSize, Loc, OutOfBound, Output,
        Untyped, read_value, update_value, write_value,
    },
    layout::IoStruct,
    value::{Readable, Updatable, Writable},
};

/// The view of the memory that the steps so far lead to.
pub struct Projection<'a, B: IoBackend, T: ?Sized + KnownSize>(pub(super) B::View<'a, T>);

impl<B: IoBackend, T: ?Sized + KnownSize> fmt::Debug for Projection<'_, B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Projection({:p})", B::as_ptr(self.0))
    }
}

/// Starts a projection without steps.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn start<'a, I, B, T>(io: I) -> Projection<'a, B, T>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + KnownSize,
{
    Projection(io.as_view())
}

/// Returns the view of a field.
#[inline(always)]
pub(super) fn place<'a, B, T, U>(
    view: B::View<'a, T>,
    field: FieldOffset<T, U>,
) -> B::View<'a, U::Target>
where
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: FieldTarget<T>,
{
    let () = T::CHECKED;
    let ptr = U::place(B::as_ptr(view), field.offset);
    // SAFETY: by `FieldOffset`'s invariants, a `U` at this offset lies inside the `T` and is
    // aligned. By `FieldTarget`'s contract, so does the type that it is projected to.
    unsafe { B::project_view(view, ptr) }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Clone for Projection<'_, B, T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Copy for Projection<'_, B, T> {}

impl<'a, B: IoBackend, T: ?Sized + KnownSize> Projection<'a, B, T> {
    /// Takes one step.
    ///
    /// # Safety
    ///
    /// * `ptr` must be derived from the view's pointer, and refer to bytes inside the view's.
    /// * `ptr` must be aligned to `U::MIN_ALIGN`, and its metadata must be correct for `U`.
    /// * Accesses to these bytes as a `U` must be allowed.
    #[inline(always)]
    unsafe fn step<U: ?Sized + KnownSize>(self, ptr: *mut U) -> Projection<'a, B, U> {
        // SAFETY: the caller guarantees what the callee requires.
        Projection(unsafe { B::project_view(self.0, ptr) })
    }

    /// Steps to a field: `.name`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn field<U>(self, field: FieldOffset<T, U>) -> Projection<'a, B, U::Target>
    where
        T: IoStruct,
        U: FieldTarget<T>,
    {
        Projection(place::<B, T, U>(self.0, field))
    }

    /// Steps to a constant index: `[N]`, `[build: N]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn at<const N: usize, K, E>(self, index: Built<N, K>) -> Projection<'a, B, K::Output>
    where
        T: Array<N> + Indexable<Item = E>,
        K: Pick<E>,
    {
        let ptr = index.place(B::as_ptr(self.0));
        // SAFETY: by `Built`'s invariants, one or several elements of the array.
        unsafe { self.step(ptr) }
    }

    /// Steps to an index, with an error if it is out of bounds: `[try: i]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_index<X>(self, index: X) -> Result<Projection<'a, B, X::Output>, OutOfBound>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        let ptr = index.place(T::elements(B::as_ptr(self.0)))?;
        // SAFETY: `place` returns one or several elements of the slice.
        Ok(unsafe { self.step(ptr) })
    }

    /// Steps to an index, with a panic if it is out of bounds: `[panic: i]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    pub fn index<X>(self, index: X) -> Projection<'a, B, X::Output>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        let ptr = index.place_or_panic(T::elements(B::as_ptr(self.0)));
        // SAFETY: `place_or_panic` returns one or several elements of the slice.
        unsafe { self.step(ptr) }
    }

    /// Steps to a located register: `build: LOC`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn locate<V>(self, loc: Loc<T, V>) -> Projection<'a, B, V>
    where
        T: Untyped,
    {
        let ptr = B::as_ptr(self.0).cast::<u8>().wrapping_add(loc.offset()).cast::<V>();
        // SAFETY: by `Loc`'s invariants, the register lies inside every `T` and is aligned. Untyped
        // memory may be accessed as a `V`.
        unsafe { self.step(ptr) }
    }

    /// Returns the view at the end of the path.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn view(self) -> B::View<'a, T> {
        self.0
    }

    /// Makes type checking verify the pattern of the next index. The closure is never called.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn shape(self, _: impl FnOnce(&T)) {}
}

// Accesses at the end of a path whose last step is not a field.
impl<B: IoBackend, T> Projection<'_, B, T> {
    /// Implements `io_read!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn read_val(self) -> Output<B, T::Read>
    where
        T: Readable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(read_value::<B, T>(self.0))
    }

    /// Implements `io_try_read!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_read_val(self) -> Result<T::Read, ErrorOf<B>>
    where
        T: Readable,
        B: IoCapable<T::Repr>,
    {
        read_value::<B, T>(self.0)
    }

    /// Implements `io_write!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn write_val(self, value: T::Write) -> Output<B, ()>
    where
        T: Writable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(write_value::<B, T>(self.0, value))
    }

    /// Implements `io_try_write!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_write_val(self, value: T::Write) -> Result<(), ErrorOf<B>>
    where
        T: Writable,
        B: IoCapable<T::Repr>,
    {
        write_value::<B, T>(self.0, value)
    }

    /// Implements `io_update!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn update_val(self, f: impl FnOnce(T::Read) -> T::Write) -> Output<B, ()>
    where
        T: Updatable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(update_value::<B, T>(self.0, f))
    }

    /// Implements `io_try_update!`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_update_val(self, f: impl FnOnce(T::Read) -> T::Write) -> Result<(), ErrorOf<B>>
    where
        T: Updatable,
        B: IoCapable<T::Repr>,
    {
        update_value::<B, T>(self.0, f)
    }
}
