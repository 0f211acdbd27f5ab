//! A stand-in for the parts of the Linux kernel's `kernel` crate that the listings use, because
//! that crate cannot be compiled outside of the kernel.
//!
//! Names, parameters and results are those of the kernel (views of 7.2, registers with a typed base
//! of 7.4); the implementation is not. Accesses are volatile, without the kernel's barriers and
//! byte swaps, as on x86-64; bounds that the kernel checks when it is linked are checked at run
//! time.

use core::{
    marker::PhantomData,
    sync::atomic::{Ordering, fence},
};

/// An error number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(pub i32);

pub const ERANGE: Error = Error(-34);

pub type Result<T = (), E = Error> = core::result::Result<T, E>;

/// Untyped registers of at least `SIZE` bytes.
#[repr(C, align(4))]
pub struct Region<const SIZE: usize = 0> {
    bytes: [u8; SIZE],
}

/// The argument of [`dma_mb`] for a read barrier.
pub struct Read;

/// Orders earlier reads of coherent memory before later ones.
#[inline(always)]
pub fn dma_mb(_: Read) {
    fence(Ordering::Acquire);
}

/// An integer that is accessed as one word.
pub trait Word: Copy {}

impl Word for u8 {}
impl Word for u16 {}
impl Word for u32 {}
impl Word for u64 {}

/// A view.
pub trait IoBase<'a>: Copy {
    type Target;
    type View<U>: IoBase<'a, Target = U>;

    fn as_ptr(self) -> *mut Self::Target;

    /// # Safety
    ///
    /// `ptr` must refer to a part of the view's memory that may be accessed as a `U`.
    unsafe fn project_view<U>(self, ptr: *mut U) -> Self::View<U>;
}

macro_rules! view {
    ($(#[$doc:meta])+ $view:ident) => {
        $(#[$doc])+
        pub struct $view<'a, T> {
            ptr: *mut T,
            marker: PhantomData<&'a ()>,
        }

        impl<T> $view<'_, T> {
            /// # Safety
            ///
            /// `ptr` must be aligned and valid for volatile accesses for the duration of `'a`.
            pub unsafe fn new(ptr: *mut T) -> Self {
                Self { ptr, marker: PhantomData }
            }
        }

        impl<T> Clone for $view<'_, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $view<'_, T> {}

        impl<'a, T> IoBase<'a> for $view<'a, T> {
            type Target = T;
            type View<U> = $view<'a, U>;

            fn as_ptr(self) -> *mut T {
                self.ptr
            }

            unsafe fn project_view<U>(self, ptr: *mut U) -> $view<'a, U> {
                $view { ptr, marker: PhantomData }
            }
        }
    };
}

view! {
    /// A view of device registers.
    Mmio
}
view! {
    /// A view of coherent memory, without its device address.
    CoherentView
}

/// The location of a `T` in a `Base`.
pub trait IoLoc<Base, T> {
    fn offset(self) -> usize;
}

/// A location that `register!` defines.
pub struct OffsetLoc<Base, T> {
    offset: usize,
    marker: PhantomData<(*const Base, T)>,
}

impl<Base, T> OffsetLoc<Base, T> {
    pub const fn new(offset: usize) -> Self {
        assert!(offset + size_of::<T>() <= size_of::<Base>(), "outside of the base");
        assert!(offset.is_multiple_of(align_of::<T>()), "misaligned");
        OffsetLoc { offset, marker: PhantomData }
    }
}

impl<Base, T> IoLoc<Base, T> for OffsetLoc<Base, T> {
    fn offset(self) -> usize {
        self.offset
    }
}

/// The accesses of a view.
pub trait Io<'a>: IoBase<'a> {
    fn read_val(self) -> Self::Target
    where
        Self::Target: Word,
    {
        // SAFETY: the creator of the view guarantees that the pointer is valid.
        unsafe { self.as_ptr().read_volatile() }
    }

    fn write_val(self, value: Self::Target)
    where
        Self::Target: Word,
    {
        // SAFETY: as above.
        unsafe { self.as_ptr().write_volatile(value) }
    }

    fn write32<const SIZE: usize>(self, value: u32, offset: usize)
    where
        Self: IoBase<'a, Target = Region<SIZE>>,
    {
        at::<_, u32>(self, offset).write_val(value);
    }

    fn read<T: Word, L: IoLoc<Self::Target, T>>(self, location: L) -> T {
        at::<_, T>(self, location.offset()).read_val()
    }

    fn write<T: Word, L: IoLoc<Self::Target, T>>(self, location: L, value: T) {
        at::<_, T>(self, location.offset()).write_val(value);
    }

    fn update<T: Word, L: IoLoc<Self::Target, T>>(self, location: L, f: impl FnOnce(T) -> T) {
        let register = at::<_, T>(self, location.offset());
        register.write_val(f(register.read_val()));
    }
}

impl<'a, I: IoBase<'a>> Io<'a> for I {}

/// The view of the `T` at an offset.
fn at<'a, I: IoBase<'a>, T>(view: I, offset: usize) -> I::View<T> {
    let end = offset.checked_add(size_of::<T>());
    assert!(end.is_some_and(|end| end <= size_of::<I::Target>()), "out of range");
    let ptr = view.as_ptr().wrapping_byte_add(offset).cast::<T>();
    assert!(ptr.is_aligned(), "misaligned");
    // SAFETY: the bytes lie inside the view and are aligned, as just checked.
    unsafe { view.project_view(ptr) }
}

/// The view of an element, for the step `[try: index]`.
pub fn element<'a, I, T, const N: usize>(view: I, index: usize) -> Result<I::View<T>>
where
    I: IoBase<'a, Target = [T; N]>,
{
    if index >= N {
        return Err(ERANGE);
    }
    let ptr = view.as_ptr().cast::<T>().wrapping_add(index);
    // SAFETY: the index is less than the number of elements.
    Ok(unsafe { view.project_view(ptr) })
}

macro_rules! io_project {
    (@ $view:expr,) => { $view };
    (@ $view:expr, .$field:ident $($steps:tt)*) => {
        $crate::kernel::io_project!(@ {
            let view = $view;
            let ptr = $crate::kernel::IoBase::as_ptr(view);
            // SAFETY: the creator of the view guarantees that the pointer is valid.
            let field = unsafe { &raw mut (*ptr).$field };
            // SAFETY: a field lies inside its struct.
            unsafe { $crate::kernel::IoBase::project_view(view, field) }
        }, $($steps)*)
    };
    (@ $view:expr, [try: $index:expr] $($steps:tt)*) => {
        $crate::kernel::io_project!(@ $crate::kernel::element($view, $index)?, $($steps)*)
    };
    ($io:expr, $($steps:tt)+) => { $crate::kernel::io_project!(@ $io, $($steps)+) };
}

macro_rules! io_read {
    ($io:expr, $($steps:tt)+) => {
        $crate::kernel::Io::read_val($crate::kernel::io_project!($io, $($steps)+))
    };
}

macro_rules! register {
    (base: $base:ty; $($vis:vis $name:ident: $type:ident @ $offset:literal;)+) => {$(
        $vis const $name: $crate::kernel::OffsetLoc<$base, $type> =
            $crate::kernel::OffsetLoc::new($offset);
    )+};
}

pub(crate) use {io_project, io_read, register};
