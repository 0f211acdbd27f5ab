//! Naming a field without a device: for models, expectations and rules.

use core::fmt;

use io_core::{
    IoBase, IoStruct, KnownSize,
    backend::{IoBackend, Never},
    barrier::Barrier,
};

/// A view of a block's layout: it can be projected, and there is nothing to
/// access.
///
/// Whoever describes a device names its fields with a function from a plan of
/// the block to a plan of the field, which [`field!`](super::field) writes; the
/// compiler checks name, index and type as it does for an access.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::{Plan, field};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { chan: [Chan; 4] }
///
/// let count: Plan<'_, Ro<Le<u32>>> = Plan::of::<Dma>(field!(.chan[2].count));
/// assert_eq!(count.offset(), 0x14);
/// ```
pub struct Plan<'a, T: ?Sized + KnownSize> {
    /// An offset from null; never followed.
    ptr: *mut T,
    lifetime: core::marker::PhantomData<&'a ()>,
}

impl<T: IoStruct> Plan<'static, T> {
    /// The plan of a whole block.
    #[inline]
    pub const fn new() -> Self {
        Plan { ptr: core::ptr::null_mut(), lifetime: core::marker::PhantomData }
    }
}

impl<T: IoStruct> Default for Plan<'static, T> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<V: ?Sized + KnownSize> Plan<'static, V> {
    /// The plan of a field of `T`.
    #[inline]
    pub fn of<T: IoStruct>(field: impl FnOnce(Plan<'static, T>) -> Self) -> Self {
        field(Plan::new())
    }
}

impl<T: ?Sized + KnownSize> Plan<'_, T> {
    /// Bytes from the start of the block.
    #[inline]
    pub fn offset(self) -> usize {
        self.ptr.addr()
    }
}

impl<T: ?Sized + KnownSize> Clone for Plan<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize> Copy for Plan<'_, T> {}

impl<T: ?Sized + KnownSize> fmt::Debug for Plan<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan({:#x}, {:#x} bytes)", self.offset(), T::size(self.ptr))
    }
}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for Plan<'a, T> {
    type Backend = PlanBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> Self {
        self
    }
}

/// The backend of [`Plan`]: it has no accesses.
#[derive(Debug)]
pub enum PlanBackend {}

// SAFETY: `as_ptr` gives the pointer back, and a projection has the projected
// one; there is no access that could rely on a place.
unsafe impl IoBackend for PlanBackend {
    type Fail = Never;
    type View<'a, T: ?Sized + KnownSize> = Plan<'a, T>;

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
        Plan { ptr, lifetime: view.lifetime }
    }

    #[inline]
    fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, _kind: Barrier) {}
}

/// A field, for models, expectations and rules: `field!(.chan[2].ctrl)`.
///
/// Steps as in [`io_project!`](io_core::io_project); it is a closure from the
/// [`Plan`](crate::Plan) of a block to that of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! field {
    ($($steps:tt)+) => {
        |plan| $crate::__private::io_project!(plan, $($steps)+)
    };
}
