//! Parts of a descriptor that driver and device hand to each other.

use core::mem::MaybeUninit;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    CopyError, ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, IoCopyable, ViewOf,
    copy::bytes,
    field_copy::body,
    transfer::{FromBuffer, ToBuffer},
};
use crate::{
    layout::{Descriptor, DescriptorReadable, DescriptorWritable, IoStruct},
    value::IoValue,
};

/// The integer on the bus for the ownership field of a descriptor.
pub(super) type OwnBitRepr<'a, I> = <OwnBitOf<'a, I> as IoValue>::Repr;
/// The type that a read of the ownership field returns.
pub(super) type OwnBitRead<'a, I> = <OwnBitOf<'a, I> as IoValue>::Read;
/// The type that is written to the ownership field.
pub(super) type OwnBitWrite<'a, I> = <OwnBitOf<'a, I> as IoValue>::Write;
pub(super) type OwnBitOf<'a, I> = <<I as IoBase<'a>>::Target as Descriptor>::OwnBit;

/// The view of the ownership field, as the integer on the bus.
#[inline(always)]
pub(super) fn own_bit_view<'a, I: IoBase<'a, Target: Descriptor>>(
    view: ViewOf<'a, I, I::Target>,
) -> ViewOf<'a, I, OwnBitRepr<'a, I>> {
    let () = <I::Target as IoStruct>::CHECKED;
    const {
        assert!(
            size_of::<OwnBitOf<'a, I>>() == size_of::<OwnBitRepr<'a, I>>(),
            "an ownership field must be accessed by one access, not as `LoHi<_>` or `HiLo<_>`"
        );
    }
    let ptr = I::Backend::as_ptr(view).cast::<u8>().wrapping_add(I::Target::OWN_BIT_OFFSET);
    // SAFETY: by the contract of `Descriptor`, an ownership field is at this offset. It is aligned
    // as a field is, and consists of one word. The bits that a view stores there need not be a
    // valid value.
    unsafe { I::Backend::project_view(view, ptr.cast()) }
}

/// Writes all of `value` except the ownership field, then executes the barrier, then writes the
/// ownership field.
#[inline(always)]
pub(super) fn publish<'a, I>(io: I, value: &I::Target) -> Result<(), CopyError<ErrorOf<I::Backend>>>
where
    I: IoBase<'a, Target: DescriptorWritable + IntoBytes + Immutable>,
    I::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, I>>,
{
    let view = io.as_view();
    let values = value.as_bytes().as_ptr();
    let whole = bytes::<ViewOf<'a, I, I::Target>>(view);
    // SAFETY: `value` has the size of the view, is private, and has no uninitialised bytes.
    let buffer = unsafe { FromBuffer::new(values) };
    I::Backend::before_copy_to(whole);
    // SAFETY: the bytes of a view of one `Target`, and the buffer for it.
    unsafe { body::<I::Backend, I::Target, _>(whole, buffer) }?;
    I::Backend::barrier(view, I::Backend::BEFORE_PUBLISH);
    // SAFETY: by the contract of `Descriptor`, an ownership field is at this offset. Its bytes are
    // initialised.
    let owner = unsafe {
        values.wrapping_add(I::Target::OWN_BIT_OFFSET).cast::<OwnBitRepr<'a, I>>().read_unaligned()
    };
    I::Backend::io_write(own_bit_view::<I>(view), owner)
        .map_err(|error| CopyError::Io { error, done: I::Target::OWN_BIT_OFFSET })
}

/// Reads the ownership field and, if `ready` returns true for it, the rest. Converts the result to
/// that of the error mode `F`.
#[inline(always)]
pub(super) fn consume<'a, I, F>(
    io: I,
    ready: impl FnOnce(&OwnBitRead<'a, I>) -> bool,
) -> F::CopyOutput<Option<I::Target>>
where
    I: IoBase<'a, Target: FromBytes + DescriptorReadable>,
    I::Backend: IoCopyable + IoCapable<OwnBitRepr<'a, I>>,
    F: ErrorMode<Error = ErrorOf<I::Backend>>,
{
    let view = io.as_view();
    let mut value = MaybeUninit::<I::Target>::uninit();
    let values = value.as_mut_ptr().cast::<u8>();
    let mut is_ready = false;
    let read = || {
        let owner = I::Backend::io_read(own_bit_view::<I>(view))
            .map_err(|error| CopyError::Io { error, done: 0 })?;
        is_ready = ready(&<OwnBitOf<'a, I>>::decode(owner));
        if !is_ready {
            return Ok(());
        }
        I::Backend::barrier(view, I::Backend::AFTER_CONSUME);
        let whole = bytes::<ViewOf<'a, I, I::Target>>(view);
        // SAFETY: `value` has the size of the view, and is private.
        let buffer = unsafe { ToBuffer::new(values) };
        // SAFETY: the bytes of a view of one `Target`, and the buffer for it.
        let result = unsafe { body::<I::Backend, I::Target, _>(whole, buffer) };
        I::Backend::after_copy_from(whole);
        result?;
        let place = values.wrapping_add(I::Target::OWN_BIT_OFFSET).cast::<OwnBitRepr<'a, I>>();
        // SAFETY: these are the bytes of the ownership field of `value`.
        unsafe { place.write_unaligned(owner) };
        Ok(())
    };
    let result = read();
    // SAFETY: called only if `result` is `Ok`. If `is_ready` is true, the copy of the body
    // and the write of the ownership field have initialised every byte. Any bytes are a valid value.
    F::copy_output_with(result, || is_ready.then(|| unsafe { value.assume_init() }))
}
