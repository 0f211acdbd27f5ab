//! A projection under way: the root view, and the place reached so far.

use core::fmt;

use super::{
    field::{FieldOffset, Place},
    index::{Array, Built, Indexable, Pick, ProjectIndex},
};
use crate::{
    io::{ErrorOf, Io, IoBackend, IoBase, IoCapable, KnownSize, Loc, OutOfBound, Output, Untyped},
    layout::IoStruct,
    value::{Readable, Repr, Updatable, Writable},
};

/// A place inside the place of a view.
///
/// # Invariants
///
/// `ptr` is derived from the view's token pointer, and its place lies inside
/// the view's, aligned for `T`.
pub struct Projection<'a, B: IoBackend, R: ?Sized + KnownSize, T: ?Sized> {
    view: B::View<'a, R>,
    ptr: *mut T,
}

impl<B: IoBackend, R: ?Sized + KnownSize, T: ?Sized> fmt::Debug for Projection<'_, B, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Projection({:p})", self.ptr)
    }
}

/// The projection without steps.
#[inline(always)]
pub fn start<'a, I, B, T>(io: I) -> Projection<'a, B, T, T>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + KnownSize,
{
    let view = io.as_view();
    // INVARIANT: the whole place is inside itself.
    Projection { view, ptr: B::as_ptr(view) }
}

impl<'a, B: IoBackend, R: ?Sized + KnownSize, T: ?Sized> Projection<'a, B, R, T> {
    // INVARIANT: the caller has derived `ptr` from `self.ptr`, inside its place.
    #[inline(always)]
    fn step<U: ?Sized>(self, ptr: *mut U) -> Projection<'a, B, R, U> {
        Projection { view: self.view, ptr }
    }

    /// One field on: `.name`.
    #[inline(always)]
    pub fn field<U>(self, field: FieldOffset<T, U>) -> Projection<'a, B, R, U::Target>
    where
        T: IoStruct,
        U: Place<T>,
    {
        let () = T::CHECKED;
        // INVARIANT: by `FieldOffset`'s a `U` is inside the `T` there, and aligned;
        // by `Place`'s contract so is what it stands for.
        let ptr = U::place(self.ptr, field.offset);
        self.step(ptr)
    }

    /// One proved index on: `[N]`, `[build: N]`.
    #[inline(always)]
    pub fn at<const N: usize, K, E>(self, index: Built<N, K>) -> Projection<'a, B, R, K::Output>
    where
        T: Array<N> + Indexable<Item = E>,
        K: Pick<E>,
    {
        // INVARIANT: inside the array by `Built`'s invariants.
        let ptr = index.place(self.ptr);
        self.step(ptr)
    }

    /// One checked index on: `[try: i]`.
    #[inline(always)]
    pub fn try_index<X>(self, index: X) -> Result<Projection<'a, B, R, X::Output>, OutOfBound>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        // INVARIANT: `place` gives a place inside the slice.
        let ptr = index.place(T::elements(self.ptr))?;
        Ok(self.step(ptr))
    }

    /// One checked index on: `[panic: i]`.
    #[inline(always)]
    #[track_caller]
    pub fn index<X>(self, index: X) -> Projection<'a, B, R, X::Output>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        // INVARIANT: `place_or_panic` gives a place inside the slice.
        let ptr = index.place_or_panic(T::elements(self.ptr));
        self.step(ptr)
    }

    /// One located register on: `build: LOC`.
    #[inline(always)]
    pub fn locate<V>(self, loc: Loc<T, V>) -> Projection<'a, B, R, V>
    where
        T: Untyped,
    {
        // INVARIANT: inside every `T` by `Loc`'s invariants, and aligned.
        let ptr = self.ptr.cast::<u8>().wrapping_add(loc.offset()).cast::<V>();
        self.step(ptr)
    }

    /// The view of the place reached.
    #[inline(always)]
    pub fn view(self) -> B::View<'a, T>
    where
        T: KnownSize,
    {
        // SAFETY: by the invariants `ptr` is derived from the view's pointer,
        // inside its place and aligned; a `T` may be there since each step went
        // to a field or element of that type.
        unsafe { B::project_view(self.view, self.ptr) }
    }
}

/// Carries a check of the index's pattern that type checking makes; never run.
#[inline(always)]
pub fn shape<B: IoBackend, R: ?Sized + KnownSize, T: ?Sized>(
    _: &Projection<'_, B, R, T>,
    _: impl FnOnce(&T),
) {
}

// The field's type is a parameter of its own here, not a projection of the
// view's, so that rustc reports an access that it does not give at the field.
impl<B: IoBackend, R: ?Sized + KnownSize, T> Projection<'_, B, R, T> {
    /// `io_read!`
    #[inline(always)]
    pub fn read_val<P: Repr, V>(self) -> Output<B, V>
    where
        T: Readable<Repr = P, Read = V>,
        B: IoCapable<P>,
    {
        self.view().read_val()
    }

    /// `io_try_read!`
    #[inline(always)]
    pub fn try_read_val<P: Repr, V>(self) -> Result<V, ErrorOf<B>>
    where
        T: Readable<Repr = P, Read = V>,
        B: IoCapable<P>,
    {
        self.view().try_read_val()
    }

    /// `io_write!`
    #[inline(always)]
    pub fn write_val<P: Repr, V>(self, value: V) -> Output<B, ()>
    where
        T: Writable<Repr = P, Write = V>,
        B: IoCapable<P>,
    {
        self.view().write_val(value)
    }

    /// `io_try_write!`
    #[inline(always)]
    pub fn try_write_val<P: Repr, V>(self, value: V) -> Result<(), ErrorOf<B>>
    where
        T: Writable<Repr = P, Write = V>,
        B: IoCapable<P>,
    {
        self.view().try_write_val(value)
    }

    /// `io_update!`
    #[inline(always)]
    pub fn update_val<P: Repr, V>(self, f: impl FnOnce(V) -> V) -> Output<B, ()>
    where
        T: Updatable<Repr = P, Read = V>,
        B: IoCapable<P>,
    {
        self.view().update_val(f)
    }

    /// `io_try_update!`
    #[inline(always)]
    pub fn try_update_val<P: Repr, V>(self, f: impl FnOnce(V) -> V) -> Result<(), ErrorOf<B>>
    where
        T: Updatable<Repr = P, Read = V>,
        B: IoCapable<P>,
    {
        self.view().try_update_val(f)
    }
}
