//! A backend whose accesses can fail: memory in which some bytes are broken.

use core::{
    cell::{Cell, RefCell},
    fmt,
    ops::Range,
};

use io_core::{
    CopyError, Error, IoBase, KnownSize, Repr, Width,
    backend::{IoBackend, IoCapable, IoCopyable, MayFail, Medium, widest},
    barrier::Barrier,
};

use super::logger::Access::{self, R, W};

/// The error of an access to a broken byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) at: usize,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} is broken", self.at)
    }
}

impl core::error::Error for Broken {}

impl From<Broken> for Error {
    fn from(_: Broken) -> Self {
        Error::Gone
    }
}

/// Little-endian memory of which a part is broken. `&flaky` is a base.
pub(crate) struct Flaky<T> {
    bytes: RefCell<Vec<u8>>,
    broken: Cell<(usize, usize)>,
    /// The number of accesses after which all accesses fail.
    left: Cell<usize>,
    /// The attempted accesses, with the value 0 for reads that failed.
    log: RefCell<Vec<Access>>,
    token: *mut T,
}

impl<T> Flaky<T> {
    /// Creates memory in which the byte at offset `i` is `i`. Accesses to the bytes in `broken`
    /// fail.
    pub(crate) fn new(broken: Range<usize>) -> Self {
        Flaky {
            bytes: RefCell::new((0..size_of::<T>()).map(|i| i as u8).collect()),
            broken: Cell::new((broken.start, broken.end)),
            left: Cell::new(usize::MAX),
            log: RefCell::default(),
            token: core::ptr::null_mut(),
        }
    }

    pub(crate) fn breaks(&self, broken: Range<usize>) {
        self.broken.set((broken.start, broken.end));
    }

    pub(crate) fn breaks_after(&self, accesses: usize) {
        self.left.set(accesses);
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes.borrow().clone()
    }

    /// Returns the attempted accesses since the last call.
    pub(crate) fn log(&self) -> Vec<Access> {
        self.log.take()
    }
}

/// The bus of a [`Flaky`], without its type parameter.
#[derive(Clone, Copy)]
struct Bus<'a> {
    bytes: &'a RefCell<Vec<u8>>,
    broken: &'a Cell<(usize, usize)>,
    left: &'a Cell<usize>,
    log: &'a RefCell<Vec<Access>>,
}

impl Bus<'_> {
    fn check(self, at: usize, width: Width) -> Result<(), Broken> {
        let Some(left) = self.left.get().checked_sub(1) else { return Err(Broken { at }) };
        self.left.set(left);
        let (start, end) = self.broken.get();
        match (at..at + width.bytes()).find(|at| (start..end).contains(at)) {
            Some(at) => Err(Broken { at }),
            None => Ok(()),
        }
    }

    fn read(self, at: usize, width: Width) -> Result<u64, Broken> {
        let result = self.check(at, width);
        let mut number = [0; 8];
        if result.is_ok() {
            number[..width.bytes()].copy_from_slice(&self.bytes.borrow()[at..][..width.bytes()]);
        }
        let number = u64::from_le_bytes(number);
        self.log.borrow_mut().push(R(at, width.bits(), number));
        result.map(|()| number)
    }

    fn write(self, at: usize, width: Width, number: u64) -> Result<(), Broken> {
        let result = self.check(at, width);
        self.log.borrow_mut().push(W(at, width.bits(), number & width.all_ones()));
        if result.is_ok() {
            let bytes = number.to_le_bytes();
            self.bytes.borrow_mut()[at..][..width.bytes()].copy_from_slice(&bytes[..width.bytes()]);
        }
        result
    }
}

/// A view of a [`Flaky`].
pub(crate) struct FlakyView<'a, T: ?Sized + KnownSize> {
    ptr: *mut T,
    bus: Bus<'a>,
}

impl<T: ?Sized + KnownSize> Clone for FlakyView<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize> Copy for FlakyView<'_, T> {}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for FlakyView<'a, T> {
    type Backend = FlakyBackend;
    type Target = T;

    fn as_view(self) -> Self {
        self
    }
}

impl<'a, T> IoBase<'a> for &'a Flaky<T> {
    type Backend = FlakyBackend;
    type Target = T;

    fn as_view(self) -> FlakyView<'a, T> {
        let Flaky { bytes, broken, left, log, token } = self;
        FlakyView { ptr: *token, bus: Bus { bytes, broken, left, log } }
    }
}

/// The backend of [`FlakyView`].
pub(crate) enum FlakyBackend {}

// SAFETY: the pointer is an offset, which is returned unchanged. A projection has the same bus.
unsafe impl IoBackend for FlakyBackend {
    type Fail = MayFail<Broken>;
    type View<'a, T: ?Sized + KnownSize> = FlakyView<'a, T>;
    type Relaxed = Self;

    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        FlakyView { ptr, bus: view.bus }
    }

    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier) {
        view.bus.log.borrow_mut().push(Access::B(kind));
    }
}

impl<N: Repr> IoCapable<N> for FlakyBackend {
    fn io_read<'a>(view: Self::View<'a, N>) -> Result<N, Broken> {
        view.bus.read(view.ptr.addr(), N::WIDTH).map(|number| N::from_u64(number).to_le())
    }

    fn io_write<'a>(view: Self::View<'a, N>, value: N) -> Result<(), Broken> {
        view.bus.write(view.ptr.addr(), N::WIDTH, value.to_le().to_u64())
    }
}

type CopyOutput = Result<(), CopyError<Broken>>;

/// Calls `f` for each word of the view, up to the first error.
fn words(
    view: FlakyView<'_, [u8]>,
    width: Option<Width>,
    mut f: impl FnMut(usize, Width) -> Result<(), Broken>,
) -> CopyOutput {
    let (address, size) = (view.ptr.addr(), view.ptr.len());
    let width = width.unwrap_or(widest(address, size));
    if !(address | size).is_multiple_of(width.bytes()) {
        return Err(CopyError::Width { width, address, size });
    }
    (0..size)
        .step_by(width.bytes())
        .try_for_each(|done| f(done, width).map_err(|error| CopyError::Io { error, done }))
}

// SAFETY: the copies access the words in ascending order, and return the number of bytes copied.
unsafe impl IoCopyable for FlakyBackend {
    const MEDIUM: Medium = Medium::Device;

    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> CopyOutput {
        words(view, width, |done, width| {
            let number = view.bus.read(view.ptr.addr() + done, width)?.to_le_bytes();
            for (i, byte) in number.into_iter().take(width.bytes()).enumerate() {
                // SAFETY: the byte lies inside the view's size, which the buffer has.
                unsafe { buffer.wrapping_add(done + i).write(byte) };
            }
            Ok(())
        })
    }

    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> CopyOutput {
        words(view, width, |done, width| {
            let mut number = [0; 8];
            for (i, byte) in number.iter_mut().take(width.bytes()).enumerate() {
                // SAFETY: the byte lies inside the view's size, which the buffer has.
                *byte = unsafe { buffer.wrapping_add(done + i).read() };
            }
            view.bus.write(view.ptr.addr() + done, width, u64::from_le_bytes(number))
        })
    }

    fn fill_io<'a>(view: Self::View<'a, [u8]>, width: Option<Width>, byte: u8) -> CopyOutput {
        words(view, width, |done, width| {
            view.bus.write(view.ptr.addr() + done, width, u64::from_ne_bytes([byte; 8]))
        })
    }
}
