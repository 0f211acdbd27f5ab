//! Views of a layout: they name a field without a device, for models, expectations and rules.

use core::{convert::Infallible, fmt};

use io_core::{IoBase, IoStruct, KnownSize, backend::IoBackend, barrier::Barrier};

/// A view of a block's layout: it can be projected, but not accessed.
///
/// Models, expectations and rules name a field by a function from the layout view of the block to
/// that of the field. The macro [`field!`](super::field) expands to such a function, and the
/// compiler checks name, index and type as it does for an access.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::{LayoutView, field};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { chan: [Chan; 4] }
///
/// let count: LayoutView<'_, Ro<Le<u32>>> = LayoutView::of::<Dma>(field!(.chan[2].count));
/// assert_eq!(count.offset(), 0x14);
/// ```
pub struct LayoutView<'a, T: ?Sized + KnownSize> {
    /// An offset from null. Never dereferenced.
    ptr: *mut T,
    lifetime: core::marker::PhantomData<&'a ()>,
}

impl<T: IoStruct> LayoutView<'static, T> {
    /// Returns the layout view of a whole block.
    #[inline]
    pub const fn new() -> Self {
        LayoutView { ptr: core::ptr::null_mut(), lifetime: core::marker::PhantomData }
    }
}

impl<T: IoStruct> Default for LayoutView<'static, T> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<V: ?Sized + KnownSize> LayoutView<'static, V> {
    /// Returns the layout view of a field of `T`.
    #[inline]
    pub fn of<T: IoStruct>(field: impl FnOnce(LayoutView<'static, T>) -> Self) -> Self {
        field(LayoutView::new())
    }
}

impl<T: ?Sized + KnownSize> LayoutView<'_, T> {
    /// Returns the offset in bytes from the start of the block.
    #[inline]
    pub fn offset(self) -> usize {
        self.ptr.addr()
    }
}

impl<T: ?Sized + KnownSize> Clone for LayoutView<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize> Copy for LayoutView<'_, T> {}

impl<T: ?Sized + KnownSize> fmt::Debug for LayoutView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LayoutView({:#x}, {:#x} bytes)", self.offset(), T::size(self.ptr))
    }
}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for LayoutView<'a, T> {
    type Backend = LayoutBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> Self {
        self
    }
}

/// The backend of [`LayoutView`], which has no accesses.
#[derive(Debug)]
pub enum LayoutBackend {}

// SAFETY: `as_ptr` returns the view's pointer unchanged, and a projected view has the projected
// pointer. No access exists that could rely on the memory.
unsafe impl IoBackend for LayoutBackend {
    type Fail = Infallible;
    type View<'a, T: ?Sized + KnownSize> = LayoutView<'a, T>;
    type Relaxed = Self;

    #[inline]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    #[inline]
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        LayoutView { ptr, lifetime: view.lifetime }
    }

    #[inline]
    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    #[inline]
    fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, _kind: Barrier) {}
}

/// Names a field for models, expectations and rules: `field!(.chan[2].ctrl)`.
///
/// Takes the same steps as [`io_project!`](io_core::io_project) and expands to a closure from the
/// [`LayoutView`](crate::LayoutView) of a block to that of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! field {
    ($($steps:tt)+) => {
        |view| $crate::expansion::io_project!(view, $($steps)+)
    };
}
