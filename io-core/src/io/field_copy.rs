//! Copies of a device's registers, field by field: each access has the width of its field.
//!
//! The accesses are those of a [`Plan`], a constant of the copied type. Inline constants select its
//! groups and runs, since the compiler unrolls a loop over a constant table only at some
//! opt-levels.

use super::{
    CopyError, ErrorOf, IoBackend, IoCopyable,
    copy_plan::{Body, Part, Run, Shared, Survey, Whole, is_at},
    copyable::Medium,
    transfer::Transfer,
};
use crate::{
    layout::{Descriptor, check_copy},
    value::{AccessKind, FieldLayout, IoLayout, Width},
};

/// The accesses of a copy: those of the fields, or those that the driver states.
pub(crate) trait Accesses: Copy {
    /// Copies one `T`.
    ///
    /// # Safety
    ///
    /// `view` must be the bytes of a view of one `T`, and `x` must have been created for it.
    unsafe fn one<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>>;

    /// Copies the elements of a slice.
    ///
    /// # Safety
    ///
    /// `view` must be the bytes of a view of a `[T]`, and `x` must have been created for it.
    unsafe fn elements<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>>;
}

/// On a device, the accesses of each field; in memory, those of the backend's choice.
#[derive(Clone, Copy)]
pub(crate) struct OfFields;

/// Accesses of one width.
#[derive(Clone, Copy)]
pub(crate) struct Stated(pub(crate) Width);

impl Accesses for OfFields {
    #[inline(always)]
    unsafe fn one<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        if const { !is_plain::<B, T>() } && B::is_device(view) {
            // SAFETY: the caller guarantees what the callee requires.
            unsafe { start::<B, T, X>(view, x) }?;
            // SAFETY: the view has the bytes of a `T`, and therefore its alignment.
            return unsafe { fields::<B, Whole<T>, X>(view, x, 0) };
        }
        // SAFETY: the whole view.
        unsafe { x.part(view, plain_width::<B, T>(view), 0) }
    }

    #[inline(always)]
    unsafe fn elements<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        if const { !is_plain::<B, T>() } && B::is_device(view) {
            // SAFETY: the caller guarantees what the callee requires.
            unsafe { start::<B, T, X>(view, x) }?;
            let (size, step) = (B::as_ptr(view).len(), size_of::<T>());
            for i in 0..size.checked_div(step).unwrap_or(0) {
                // SAFETY: a `T` is at each multiple of its size. The view has the bytes of a
                // `[T]`, and therefore the alignment of a `T`.
                unsafe { fields::<B, Whole<T>, X>(view, x, i * step) }?;
            }
            return Ok(());
        }
        // SAFETY: the whole view.
        unsafe { x.part(view, plain_width::<B, T>(view), 0) }
    }
}

impl Accesses for Stated {
    #[inline(always)]
    unsafe fn one<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: the whole view.
        unsafe { x.part(view, Some(self.0), 0) }
    }

    #[inline(always)]
    unsafe fn elements<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
        self,
        view: B::View<'a, [u8]>,
        x: X,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: the whole view.
        unsafe { x.part(view, Some(self.0), 0) }
    }
}

/// Returns whether a copy consists of one call of the backend: in memory, and for words of one
/// width.
const fn is_plain<B: IoCopyable, T: IoLayout>() -> bool {
    check::<B, T>();
    matches!(B::MEDIUM, Medium::Memory) || Whole::<T>::WORDS.is_some()
}

/// Returns the width of a copy that consists of one call of the backend.
#[inline(always)]
fn plain_width<B: IoCopyable, T: IoLayout>(view: B::View<'_, [u8]>) -> Option<Width> {
    if const { matches!(B::MEDIUM, Medium::Memory) || Whole::<T>::WORDS.is_none() } {
        return None;
    }
    if B::is_device(view) { const { Whole::<T>::WORDS } } else { None }
}

/// Checks at compile time that a device's registers can be copied field by field.
const fn check<B: IoCopyable, T: IoLayout>() {
    if matches!(B::MEDIUM, Medium::Device) {
        let Survey { shared, widest, .. } = Survey::of(&T::LAYOUT);
        let shared = match shared {
            Some(Shared { offset, size, name }) => Some((offset, size, name)),
            None => None,
        };
        check_copy(shared, widest, B::WIDEST);
    }
}

/// Copies a descriptor without its ownership field.
///
/// # Safety
///
/// `view` must be the bytes of a view of one `T`, and `x` must have been created for it.
#[inline(always)]
pub(super) unsafe fn body<'a, B: IoCopyable, T: Descriptor + IoLayout, X: Transfer<B>>(
    view: B::View<'a, [u8]>,
    x: X,
) -> Result<(), CopyError<ErrorOf<B>>> {
    const { check::<B, T>() };
    if const { !matches!(B::MEDIUM, Medium::Memory) } && B::is_device(view) {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { start::<B, T, X>(view, x) }?;
        // SAFETY: the caller guarantees that the view has the bytes of a `T`.
        return unsafe { fields::<B, Body<T>, X>(view, x, 0) };
    }
    let end = T::OWN_BIT_OFFSET + size_of::<T::OwnBit>();
    for (at, size) in [(0, T::OWN_BIT_OFFSET), (end, size_of::<T>() - end)] {
        // SAFETY: by the contract of `Descriptor`, an ownership field is inside the value, between
        // these parts.
        let part = unsafe { part::<B>(view, at, size) };
        // SAFETY: the part is at offset `at`.
        unsafe { x.part(part, None, at) }.map_err(|error| error.after(at))?;
    }
    Ok(())
}

/// Returns an error if the fields cannot be copied one by one; otherwise prepares the copy.
///
/// # Safety
///
/// `x` must have been created for `view`.
#[inline(always)]
unsafe fn start<'a, B: IoCopyable, T: IoLayout, X: Transfer<B>>(
    view: B::View<'a, [u8]>,
    x: X,
) -> Result<(), CopyError<ErrorOf<B>>> {
    let Survey { has_gaps, shared, widest } = const { Survey::of(&T::LAYOUT) };
    if let Some(Shared { offset, size, .. }) = shared {
        return Err(CopyError::Shared { offset, size });
    }
    let (address, size) = (B::as_ptr(view).cast::<u8>().addr(), B::as_ptr(view).len());
    // Where 64-bit integers are aligned to 4 bytes, a value of 64 bits may be misaligned.
    let is_aligned = const { widest_fits::<T>() } || address.is_multiple_of(widest.bytes());
    if !is_aligned || widest.bytes() > B::WIDEST.bytes() {
        return Err(CopyError::Width { width: widest, address, size });
    }
    if has_gaps {
        // SAFETY: the size of the view.
        unsafe { x.skips_reserved(size) };
    }
    Ok(())
}

/// Returns whether the alignment of a `T` is sufficient for its widest access.
const fn widest_fits<T: IoLayout>() -> bool {
    Survey::of(&T::LAYOUT).widest.bytes() <= align_of::<T>()
}

/// Copies the fields of `P` in the value at offset `base`.
///
/// # Safety
///
/// * A `P::Of` must be at offset `base` of the view.
/// * `x` must have been created for this view.
/// * The view must be aligned to `P::Of`.
#[inline(always)]
unsafe fn fields<'a, B: IoCopyable, P: Part, X: Transfer<B>>(
    view: B::View<'a, [u8]>,
    x: X,
    base: usize,
) -> Result<(), CopyError<ErrorOf<B>>> {
    if const { !P::PLAN.is_complete } {
        // SAFETY: by the contract of `IoLayout`, the layout is that of the value at `base`.
        return unsafe { walk::<B, X>(view, x, &P::Of::INFO.layout, base, P::SKIP) };
    }
    macro_rules! each_group {
        ($($group:literal)+) => {$(
            if const { $group < P::PLAN.len } {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { group::<B, P, X, $group>(view, x, base) }?;
            }
        )+};
    }
    each_group!(0 1 2 3 4 5 6 7);
    Ok(())
}

/// Copies the fields of a group.
///
/// # Safety
///
/// The requirements of [`fields`].
#[inline(always)]
unsafe fn group<'a, B: IoCopyable, P: Part, X: Transfer<B>, const G: usize>(
    view: B::View<'a, [u8]>,
    x: X,
    base: usize,
) -> Result<(), CopyError<ErrorOf<B>>> {
    let (at, times, stride) = const {
        let group = P::PLAN.groups[G];
        (group.at, group.times, group.stride)
    };
    if const { P::PLAN.groups[G].times == 1 } {
        // SAFETY: the caller guarantees what the callee requires.
        return unsafe { runs::<B, P, X, G>(view, x, base + at) };
    }
    for i in 0..times {
        // SAFETY: the repetitions of a group lie inside the value.
        unsafe { runs::<B, P, X, G>(view, x, base + at + i * stride) }?;
    }
    Ok(())
}

/// Copies one repetition of a group.
///
/// # Safety
///
/// * `base` must be the offset of a repetition of group `G` in the view.
/// * `x` must have been created for this view.
/// * The view must be aligned to `P::Of`.
#[inline(always)]
unsafe fn runs<'a, B: IoCopyable, P: Part, X: Transfer<B>, const G: usize>(
    view: B::View<'a, [u8]>,
    x: X,
    base: usize,
) -> Result<(), CopyError<ErrorOf<B>>> {
    macro_rules! each_run {
        ($($run:literal)+) => {$(
            if const { $run < P::PLAN.groups[G].len } {
                let Run { at, width, count, done } = const { P::PLAN.groups[G].runs[$run] };
                // SAFETY: the run lies inside the repetition; the caller guarantees the alignment.
                let result = unsafe {
                    words::<B, P::Of, X>(view, x, width, base + at, count * width.bytes())
                };
                result.map_err(|error| located(error, base + at, base + done))?;
            }
        )+};
    }
    each_run!(0 1 2 3 4 5 6 7);
    Ok(())
}

/// Copies `size` bytes at offset `at` with accesses of one width.
///
/// # Safety
///
/// * The bytes must lie inside the view.
/// * `x` must have been created for this view.
/// * The view must be aligned to `T`.
#[inline(always)]
unsafe fn words<'a, B: IoCopyable, T, X: Transfer<B>>(
    view: B::View<'a, [u8]>,
    x: X,
    width: Width,
    at: usize,
    size: usize,
) -> Result<(), CopyError<ErrorOf<B>>> {
    // SAFETY: the caller guarantees that the bytes lie inside the view.
    let part = unsafe { part::<B>(view, at, size) };
    let address = B::as_ptr(part).cast::<u8>().addr();
    if width.bytes() <= align_of::<T>() && at.is_multiple_of(width.bytes()) {
        // SAFETY: the address of the view is a multiple of `align_of::<T>()`, which is a multiple
        // of the width: both are powers of two. `at` is a multiple of the width as well.
        unsafe { core::hint::assert_unchecked(address.is_multiple_of(width.bytes())) };
    }
    // SAFETY: the part is at offset `at`.
    unsafe { x.part(part, Some(width), at) }
}

/// The error of a part at offset `at` as that of the whole copy. All bytes before `done` were
/// copied; it is less than `at` if the second word of a value is accessed first.
#[inline(always)]
fn located<E>(error: CopyError<E>, at: usize, done: usize) -> CopyError<E> {
    match error {
        CopyError::Io { error, .. } if done < at => CopyError::Io { error, done },
        error => error.after(at),
    }
}

/// The view of `size` bytes at offset `at`.
///
/// # Safety
///
/// The bytes must lie inside the view.
#[inline(always)]
unsafe fn part<'a, B: IoBackend>(
    view: B::View<'a, [u8]>,
    at: usize,
    size: usize,
) -> B::View<'a, [u8]> {
    let start = B::as_ptr(view).cast::<u8>().wrapping_add(at);
    let bytes = core::ptr::slice_from_raw_parts_mut(start, size);
    // SAFETY: the caller guarantees that the bytes lie inside the view. Bytes need no alignment.
    unsafe { B::project_view(view, bytes) }
}

/// Copies the values of a layout that a plan has too few groups for.
///
/// # Safety
///
/// * A value with this layout must be at offset `at` of the view.
/// * `x` must have been created for this view.
#[inline]
unsafe fn walk<'a, B: IoCopyable, X: Transfer<B>>(
    view: B::View<'a, [u8]>,
    x: X,
    layout: &FieldLayout,
    at: usize,
    skip: Option<usize>,
) -> Result<(), CopyError<ErrorOf<B>>> {
    let words = |width: Width, at, done, count: usize| {
        // SAFETY: the words are those of a value of the layout, which lies inside the view.
        let result = unsafe { words::<B, u8, X>(view, x, width, at, count * width.bytes()) };
        result.map_err(|error| located(error, at, done))
    };
    match layout {
        FieldLayout::Value { access: AccessKind::Reserved, .. } => {}
        FieldLayout::Value { width, .. } => words(*width, at, at, 1)?,
        FieldLayout::Halves { .. } => {
            let [first, second] = layout.halves();
            words(Width::W32, at + first, at, 1)?;
            words(Width::W32, at + second, at + second, 1)?;
        }
        FieldLayout::Array { count, element: FieldLayout::Value { width, access, .. }, .. }
            if *access != AccessKind::Reserved =>
        {
            words(*width, at, at, *count)?
        }
        FieldLayout::Array { count, stride, element } => {
            for i in 0..*count {
                // SAFETY: an element is at each multiple of the stride.
                unsafe { walk::<B, X>(view, x, element, at + i * stride, None) }?;
            }
        }
        FieldLayout::Block { fields } => {
            for field in fields.iter().filter(|field| !is_at(field, skip)) {
                // SAFETY: a field is at its offset.
                unsafe { walk::<B, X>(view, x, &field.layout, at + field.offset, None) }?;
            }
        }
        // `start` has refused unions, and a sized type has no tail.
        FieldLayout::Union { .. } | FieldLayout::Tail { .. } => {}
    }
    Ok(())
}
