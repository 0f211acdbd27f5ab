//! The backend that an observer puts around another one.

use alloc::{format, string::String, vec::Vec};
use core::{convert::Infallible, fmt, marker::PhantomData, ops::Range};

use crate::{field_addr::FieldAddr, trace::Event};
use io_core::{
    CopyError, DmaAddr, IoBase, KnownSize, Repr, Width,
    backend::{DmaBackend, ErrorOf, IoBackend, IoCapable, IoCopyable, Order},
    barrier::Barrier,
    layout::FieldInfo,
};

/// Who is told of everything that goes through a view.
pub(super) trait Observer: Sync {
    /// Something is done. `watch` is the number that the view was made with,
    /// `address` that of its token.
    fn happened(&self, watch: usize, address: usize, event: Event);
}

/// Backend `B` with an observer around it: a [`Recorder`](super::Recorder) or a
/// [`Checker`](super::Checker).
///
/// It does what `B` does, and fails as `B` fails.
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
    /// The start of what is observed.
    root: FieldAddr,
    /// The token address of the start.
    base: usize,
    /// What the observer knows the start by.
    watch: usize,
    observer: &'a (dyn Observer + 'a),
}

impl<'a, B: IoBackend, T: ?Sized + KnownSize> TracedView<'a, B, T> {
    /// What is observed as `instance`, whose fields are described so, by an
    /// observer that knows it as `watch`.
    pub(super) fn new(
        instance: &'static str,
        fields: &'static [FieldInfo],
        inner: B::View<'a, T>,
        (observer, watch): (&'a (dyn Observer + 'a), usize),
    ) -> Self {
        let base = B::as_ptr(inner).addr();
        Self { inner, root: FieldAddr::root(instance, fields), base, watch, observer }
    }

    /// What the observer knows the view's start by, and the view's bytes from
    /// there, if `observer` is the one.
    pub(super) fn watched_by(self, observer: *const ()) -> Option<(usize, Range<usize>)> {
        let is_it = core::ptr::addr_eq(core::ptr::from_ref(self.observer), observer);
        let range = self.offset()..self.offset() + T::size(B::as_ptr(self.inner));
        is_it.then_some((self.watch, range))
    }

    fn tell(self, event: Event) {
        self.observer.happened(self.watch, self.address(), event);
    }

    /// The view without the observer, for what only its type has.
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

    /// Tells of one access; `bits` as the processor has them.
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

    /// Tells of one copy.
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

/// How many of `len` bytes a copy has done.
fn done<E>(result: &Result<(), CopyError<E>>, len: usize) -> usize {
    match result {
        Ok(()) => len,
        Err(error) => error.done().min(len),
    }
}

/// The text of a copy's error, whose inner error has a debug text only.
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

// Prints the address, never the memory: a read may have an effect.
impl<B: IoBackend, T: ?Sized + KnownSize> fmt::Debug for TracedView<'_, B, T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = T::size(B::as_ptr(self.inner));
        write!(f, "TracedView({}, {size:#x} bytes)", self.whole())
    }
}

// SAFETY: pointer and projection are the inner backend's, which keeps the
// contract; the rest of a view is the same for all its parts.
unsafe impl<B: IoBackend> IoBackend for Traced<B> {
    const BEFORE_PUBLISH: Barrier = B::BEFORE_PUBLISH;
    const AFTER_CONSUME: Barrier = B::AFTER_CONSUME;
    type Fail = B::Fail;
    type View<'a, T: ?Sized + KnownSize> = TracedView<'a, B, T>;

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
        // SAFETY: the contract is this function's own.
        let inner = unsafe { B::project_view(view.inner, ptr) };
        let TracedView { root, base, watch, observer, .. } = view;
        TracedView { inner, root, base, watch, observer }
    }

    #[inline]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        B::order(view.inner)
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

// SAFETY: the inner backend copies, and keeps the contract; what it has given
// is passed on.
unsafe impl<B: IoCopyable> IoCopyable for Traced<B> {
    #[inline]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        // Into memory of our own first: `buffer` is not promised to be readable.
        let mut bytes = Vec::with_capacity(view.len());
        // SAFETY: new memory of the view's size.
        let result = unsafe { B::copy_from_io(view.inner, width, bytes.as_mut_ptr()) };
        let done = done(&result, view.len());
        // SAFETY: so many bytes are there, and initialised by the contract.
        unsafe { bytes.set_len(done) };
        // SAFETY: `done` is at most the view's size, for which `buffer` is valid
        // by contract; `bytes` is new memory.
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
        // SAFETY: the contract is this function's own.
        let result = unsafe { B::copy_to_io(view.inner, width, buffer) };
        let done = done(&result, view.len());
        let mut bytes = Vec::with_capacity(done);
        // SAFETY: `done` is at most the view's size, for which `buffer` is valid
        // by contract; `bytes` is new memory of that size.
        unsafe { buffer.copy_to_nonoverlapping(bytes.as_mut_ptr(), done) };
        // SAFETY: just written.
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
