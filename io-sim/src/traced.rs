//! The backend that wraps another one with an observer.

use alloc::{format, string::String, vec::Vec};
use core::{convert::Infallible, fmt, marker::PhantomData, ops::Range};

use crate::{field_addr::FieldAddr, trace::Event};
use io_core::{
    CopyError, DmaAddr, IoBase, KnownSize, Repr, Width,
    backend::{DmaBackend, ErrorOf, IoBackend, IoCapable, IoCopyable, Medium, Order},
    barrier::Barrier,
    layout::FieldInfo,
};

/// An observer of all operations on a view.
pub(super) trait Observer: Sync {
    /// Called after an operation. `watch` is the number with which the view was created, and
    /// `address` is the address of its token.
    fn happened(&self, watch: usize, address: usize, event: Event);
}

/// Backend `B` with an observer around it: a [`Recorder`](super::Recorder) or a
/// [`Checker`](super::Checker).
///
/// It behaves as `B` and returns the errors of `B`.
pub struct Traced<B>(PhantomData<fn() -> B>);

impl<B> fmt::Debug for Traced<B> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traced")
    }
}

/// A view of backend `B` whose accesses are observed.
pub struct TracedView<'a, B: IoBackend, T: ?Sized + KnownSize> {
    inner: B::View<'a, T>,
    /// The address of the start of the observed view.
    root: FieldAddr,
    /// The token address of the start.
    base: usize,
    /// The number by which the observer identifies the observed view.
    watch: usize,
    observer: &'a (dyn Observer + 'a),
}

impl<'a, B: IoBackend, T: ?Sized + KnownSize> TracedView<'a, B, T> {
    /// Creates an observed view named `instance` with these field descriptions. The observer
    /// identifies it by `watch`.
    pub(super) fn new(
        instance: &'static str,
        fields: &'static [FieldInfo],
        inner: B::View<'a, T>,
        (observer, watch): (&'a (dyn Observer + 'a), usize),
    ) -> Self {
        let (base, size) = (B::as_ptr(inner).addr(), T::size(B::as_ptr(inner)));
        let root = FieldAddr::root(instance, fields).in_size(size);
        Self { inner, root, base, watch, observer }
    }

    /// If `observer` is the observer of this view, returns the number of the observed view and the
    /// range of this view's bytes in it.
    pub(super) fn watched_by(self, observer: *const ()) -> Option<(usize, Range<usize>)> {
        let is_it = core::ptr::addr_eq(core::ptr::from_ref(self.observer), observer);
        let range = self.offset()..self.offset() + T::size(B::as_ptr(self.inner));
        is_it.then_some((self.watch, range))
    }

    fn tell(self, event: Event) {
        self.observer.happened(self.watch, self.address(), event);
    }

    /// Returns the view without the observer, for methods that only its own type has.
    #[inline]
    pub fn inner(self) -> B::View<'a, T> {
        self.inner
    }

    fn address(self) -> usize {
        B::as_ptr(self.inner).addr()
    }

    fn offset(self) -> usize {
        self.address().wrapping_sub(self.base)
    }

    fn whole(self) -> FieldAddr {
        self.root.whole_at(self.offset(), T::size(B::as_ptr(self.inner)))
    }

    /// Reports one access; `bits` are those that the processor loads or stores.
    fn access(self, width: Width, write: bool, bits: Option<u64>, error: Option<&ErrorOf<B>>) {
        let addr = self.root.value_at(self.offset(), write);
        let value = bits.map(|bits| addr.number(bits, width));
        let error = error.map(|error| format!("{error:?}"));
        let order = B::order(self.inner);
        let event = Event::Access { addr, width, order, write, value, error };
        self.tell(event);
    }
}

impl<B: IoBackend> TracedView<'_, B, [u8]> {
    fn len(self) -> usize {
        B::as_ptr(self.inner).len()
    }

    /// Reports one copy.
    fn copy(
        self,
        width: Option<Width>,
        write: bool,
        bytes: Vec<u8>,
        result: &Result<(), CopyError<ErrorOf<B>>>,
    ) {
        let (addr, len, order) = (self.whole(), self.len(), B::order(self.inner));
        let error = result.as_ref().err().map(copy_error);
        let event = Event::Copy { addr, len, width, order, write, bytes, error };
        self.tell(event);
    }
}

/// Returns the number of bytes that were copied, out of `len`.
fn done<E>(result: &Result<(), CopyError<E>>, len: usize) -> usize {
    match result {
        Ok(()) => len,
        Err(error) => error.done().min(len),
    }
}

/// Returns the text of a copy's error; an inner error is formatted with `Debug`, the only format it
/// has.
fn copy_error<E: fmt::Debug>(error: &CopyError<E>) -> String {
    match *error {
        CopyError::Length { expected, found } => {
            format!("{}", CopyError::<Infallible>::Length { expected, found })
        }
        CopyError::Width { width, address, size } => {
            format!("{}", CopyError::<Infallible>::Width { width, address, size })
        }
        CopyError::OutOfRange { offset, size, limit } => {
            format!("{}", CopyError::<Infallible>::OutOfRange { offset, size, limit })
        }
        CopyError::Shared { offset, size } => {
            format!("{}", CopyError::<Infallible>::Shared { offset, size })
        }
        CopyError::Io { ref error, done } => format!("{error:?} after {done} bytes"),
    }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Clone for TracedView<'_, B, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Copy for TracedView<'_, B, T> {}

impl<'a, B: IoBackend, T: ?Sized + KnownSize> IoBase<'a> for TracedView<'a, B, T> {
    type Backend = Traced<B>;
    type Target = T;

    #[inline]
    fn as_view(self) -> Self {
        self
    }
}

// Prints the address, never the contents: a read may have side effects.
impl<B: IoBackend, T: ?Sized + KnownSize> fmt::Debug for TracedView<'_, B, T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = T::size(B::as_ptr(self.inner));
        write!(f, "TracedView({}, {size:#x} bytes)", self.whole())
    }
}

// SAFETY: the pointer and the projection are those of the inner backend, which fulfils the
// contract. The other fields of a view are the same for all its projections.
unsafe impl<B: IoBackend> IoBackend for Traced<B> {
    const BEFORE_PUBLISH: Barrier = B::BEFORE_PUBLISH;
    const AFTER_CONSUME: Barrier = B::AFTER_CONSUME;
    type Fail = B::Fail;
    type View<'a, T: ?Sized + KnownSize> = TracedView<'a, B, T>;
    type Relaxed = Traced<B::Relaxed>;

    #[inline]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        B::as_ptr(view.inner)
    }

    #[inline]
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        // SAFETY: the caller guarantees what the callee requires.
        let inner = unsafe { B::project_view(view.inner, ptr) };
        let TracedView { root, base, watch, observer, .. } = view;
        TracedView { inner, root, base, watch, observer }
    }

    #[inline]
    fn relaxed<'a, T: ?Sized + KnownSize>(
        view: Self::View<'a, T>,
    ) -> TracedView<'a, B::Relaxed, T> {
        let TracedView { inner, root, base, watch, observer } = view;
        TracedView { inner: B::relaxed(inner), root, base, watch, observer }
    }

    #[inline]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        B::order(view.inner)
    }

    #[inline]
    fn dropped<'a, R: Repr>(view: Self::View<'a, R>, bits: u64) {
        B::dropped(view.inner, bits);
        let (addr, width) = (view.root.value_at(view.offset(), true), R::WIDTH);
        view.tell(Event::Dropped { addr, width, bits: addr.number(bits, width) });
    }

    #[inline]
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier) {
        B::barrier(view.inner, kind);
        view.tell(Event::Barrier { addr: view.whole(), kind });
    }
}

impl<B: DmaBackend> DmaBackend for Traced<B> {
    #[inline]
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr {
        B::dma_address(view.inner)
    }
}

impl<R: Repr, B: IoCapable<R>> IoCapable<R> for Traced<B> {
    #[inline]
    fn io_read<'a>(view: Self::View<'a, R>) -> Result<R, ErrorOf<Self>> {
        let result = B::io_read(view.inner);
        let bits = result.as_ref().ok().map(|bits| bits.to_u64());
        view.access(R::WIDTH, false, bits, result.as_ref().err());
        result
    }

    #[inline]
    fn io_write<'a>(view: Self::View<'a, R>, value: R) -> Result<(), ErrorOf<Self>> {
        let result = B::io_write(view.inner, value);
        view.access(R::WIDTH, true, Some(value.to_u64()), result.as_ref().err());
        result
    }
}

// SAFETY: the inner backend copies and fulfils the contract. `copy_from_io` initialises exactly the
// bytes of `buffer` that the inner backend has initialised in `bytes`, and returns its result.
unsafe impl<B: IoCopyable> IoCopyable for Traced<B> {
    const MEDIUM: Medium = B::MEDIUM;
    const WIDEST: Width = B::WIDEST;

    #[inline]
    fn is_device<'a>(view: Self::View<'a, [u8]>) -> bool {
        B::is_device(view.inner)
    }

    #[inline]
    fn before_copy_to<'a>(view: Self::View<'a, [u8]>) {
        B::before_copy_to(view.inner);
    }

    #[inline]
    fn after_copy_from<'a>(view: Self::View<'a, [u8]>) {
        B::after_copy_from(view.inner);
    }

    #[inline]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        // Copy into a separate buffer first: `buffer` need not be valid for reads.
        let mut bytes = Vec::with_capacity(view.len());
        // SAFETY: `bytes` has a capacity of the view's size.
        let result = unsafe { B::copy_from_io(view.inner, width, bytes.as_mut_ptr()) };
        let done = done(&result, view.len());
        // SAFETY: `done` is at most the capacity, and the inner backend has initialised that many
        // bytes.
        unsafe { bytes.set_len(done) };
        // SAFETY: `done` is at most the view's size, and the caller guarantees that `buffer` is
        // valid for writes of that size. `bytes` is a new allocation, so the two do not overlap.
        unsafe { buffer.copy_from_nonoverlapping(bytes.as_ptr(), done) };
        view.copy(width, false, bytes, &result);
        result
    }

    #[inline]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        // SAFETY: the caller guarantees what the callee requires.
        let result = unsafe { B::copy_to_io(view.inner, width, buffer) };
        let done = done(&result, view.len());
        let mut bytes = Vec::with_capacity(done);
        // SAFETY: `done` is at most the view's size, and the caller guarantees that `buffer` is
        // valid for reads of that size. `bytes` is a new allocation of `done` bytes, so the two do
        // not overlap.
        unsafe { buffer.copy_to_nonoverlapping(bytes.as_mut_ptr(), done) };
        // SAFETY: the first `done` bytes were just written.
        unsafe { bytes.set_len(done) };
        view.copy(width, true, bytes, &result);
        result
    }

    #[inline]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        let result = B::fill_io(view.inner, width, byte);
        view.copy(width, true, alloc::vec![byte; done(&result, view.len())], &result);
        result
    }
}
