//! Handing a struct over to a device, and taking it back: body, barrier, owner
//! field, and the reverse.

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::handover::{
    OwnerOf, OwnerRead, OwnerRepr, OwnerWrite, consume, owner_of, owner_view, write_body,
};
use crate::{
    io::{
        Copied, CopyError, ErrorOf, Fails, Failure, IoBackend, IoBase, IoCapable, IoCopyable,
        Output, ViewOf,
    },
    layout::{BodyReadable, BodyWritable, Handover},
    value::IoValue,
};

/// Hands a descriptor or ring over, in the only right order.
///
/// The field that says whose it is has the type [`Owner<_>`](crate::Owner) and the
/// attribute `#[io(owner)]`. Nothing else reads or writes it, so that the usual
/// mistakes cannot be written: the owner bit before the body, no barrier between
/// them, a body read before the owner bit.
///
/// The barrier is [`dma_wmb`](crate::Io::dma_wmb) before the owner field is
/// written, [`dma_rmb`](crate::Io::dma_rmb) after it was read; write-combining
/// memory takes [`wmb`](crate::Io::wmb) and [`rmb`](crate::Io::rmb). A doorbell behind
/// it is a write of an ordered view.
///
/// Source: Linux `Documentation/memory-barriers.txt`, "Memory barriers: dma_wmb()".
///
/// ```
/// use io_core::prelude::*;
/// use zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(Clone, Copy, FromBytes, Immutable, IntoBytes, IoStruct)]
/// #[repr(C)]
/// struct Descriptor {
///     address: Le<DmaAddr>,
///     len: Le<u16>,
///     #[io(owner)]
///     flags: Owner<Le<u16>>,
///     status: Le<u32>,
/// }
/// const OWNED_BY_DEVICE: u16 = 1;
///
/// let mut ring: [Descriptor; 4] = zerocopy::FromZeros::new_zeroed();
/// let ring = SysMem::from_mut(&mut ring);
/// io_project!(ring, [2]).publish(Descriptor {
///     address: DmaAddr::new(0x1000).into(),
///     len: 64.into(),
///     status: 0.into(),
///     flags: Owner::new(OWNED_BY_DEVICE),
/// });
/// // The device has not finished with it:
/// let done = |flags: &u16| flags & OWNED_BY_DEVICE == 0;
/// assert!(io_project!(ring, [2]).consume(done).is_none());
/// ```
///
/// A ring is published by its index, after some of its elements were written:
///
/// ```
/// # use io_core::prelude::*;
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Avail {
///     flags: Le<u16>,
///     #[io(owner)]
///     idx: Owner<Le<u16>>,
///     ring: [Le<u16>; 8],
/// }
///
/// fn offer<'a>(avail: impl Io<'a, Target = Avail, Backend: Bus32>, head: u16, idx: u16) {
///     avail.publish_with(idx.wrapping_add(1), |avail| {
///         io_write!(avail, .ring[panic: usize::from(idx) % 8], head);
///     });
/// }
/// # let mut words = [0_u16; 10];
/// # // SAFETY: the exclusive borrow of `words` covers an `Avail`.
/// # let avail = unsafe { SysMem::new(words.as_mut_ptr().cast::<Avail>()) };
/// # offer(avail, 5, 9);
/// # assert_eq!(words.map(u16::from_le), [0, 10, 0, 5, 0, 0, 0, 0, 0, 0]);
/// ```
pub trait IoPublish<'a>: IoBase<'a> {
    /// Writes all of `value` but the owner field, then the barrier, then the
    /// owner field in one access.
    #[inline(always)]
    fn publish(self, value: Self::Target) -> Copied<Self::Backend, ()>
    where
        Self::Target: IntoBytes + Immutable + BodyWritable,
        Self::Backend: IoCopyable + IoCapable<OwnerRepr<'a, Self>>,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_publish(value))
    }

    /// As [`publish`](Self::publish).
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] if an access failed. The owner field is unchanged then,
    /// unless its own access failed half-way.
    #[inline(always)]
    fn try_publish(self, value: Self::Target) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: IntoBytes + Immutable + BodyWritable,
        Self::Backend: IoCopyable + IoCapable<OwnerRepr<'a, Self>>,
    {
        let view = self.as_view();
        write_body::<Self>(view, &value)?;
        Self::Backend::barrier(view, Self::Backend::BEFORE_PUBLISH);
        Self::Backend::io_write(owner_view::<Self>(view), owner_of::<Self>(&value))
            .map_err(|error| CopyError::Io { error, done: Self::Target::OWNER_AT })
    }

    /// Lets `body` write what it wants of the rest, then the barrier, then
    /// writes `owner` in one access.
    #[inline(always)]
    fn publish_with(
        self,
        owner: OwnerWrite<'a, Self>,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>) -> Output<Self::Backend, ()>,
    ) -> Output<Self::Backend, ()>
    where
        Self::Target: Handover,
        Self::Backend: IoCapable<OwnerRepr<'a, Self>>,
    {
        type Fail<B> = <B as IoBackend>::Fail;
        let body = |view| Fail::<Self::Backend>::result(body(view));
        Fail::<Self::Backend>::output(self.try_publish_with(owner, body))
    }

    /// As [`publish_with`](Self::publish_with).
    ///
    /// # Errors
    ///
    /// That of `body`, after which the owner field is not written, or that of the
    /// access to the owner field.
    #[inline(always)]
    fn try_publish_with<E: From<ErrorOf<Self::Backend>>>(
        self,
        owner: OwnerWrite<'a, Self>,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        Self::Target: Handover,
        Self::Backend: IoCapable<OwnerRepr<'a, Self>>,
    {
        let view = self.as_view();
        body(view)?;
        Self::Backend::barrier(view, Self::Backend::BEFORE_PUBLISH);
        let owner = <OwnerOf<'a, Self>>::encode(owner);
        Ok(Self::Backend::io_write(owner_view::<Self>(view), owner)?)
    }

    /// Reads the owner field in one access; if `ready` says so, the barrier,
    /// then all the rest.
    ///
    /// The value has the owner field that `ready` saw: it is not read again.
    #[inline(always)]
    fn consume(
        self,
        ready: impl FnOnce(&OwnerRead<'a, Self>) -> bool,
    ) -> Copied<Self::Backend, Option<Self::Target>>
    where
        Self::Target: FromBytes + BodyReadable,
        Self::Backend: IoCopyable + IoCapable<OwnerRepr<'a, Self>>,
    {
        consume::<Self, <Self::Backend as IoBackend>::Fail>(self, ready)
    }

    /// As [`consume`](Self::consume).
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_consume(
        self,
        ready: impl FnOnce(&OwnerRead<'a, Self>) -> bool,
    ) -> Result<Option<Self::Target>, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + BodyReadable,
        Self::Backend: IoCopyable + IoCapable<OwnerRepr<'a, Self>>,
    {
        consume::<Self, Fails<_>>(self, ready)
    }

    /// Reads the owner field in one access; if `ready` says so, the barrier, then
    /// `body` reads what it wants of the rest.
    #[inline(always)]
    fn consume_with<R>(
        self,
        ready: impl FnOnce(&OwnerRead<'a, Self>) -> bool,
        body: impl FnOnce(
            ViewOf<'a, Self, Self::Target>,
            OwnerRead<'a, Self>,
        ) -> Output<Self::Backend, R>,
    ) -> Output<Self::Backend, Option<R>>
    where
        Self::Target: Handover,
        Self::Backend: IoCapable<OwnerRepr<'a, Self>>,
    {
        type Fail<B> = <B as IoBackend>::Fail;
        let body = |view, owner| Fail::<Self::Backend>::result(body(view, owner));
        Fail::<Self::Backend>::output(self.try_consume_with(ready, body))
    }

    /// As [`consume_with`](Self::consume_with).
    ///
    /// # Errors
    ///
    /// That of the access to the owner field, or that of `body`.
    #[inline(always)]
    fn try_consume_with<R, E: From<ErrorOf<Self::Backend>>>(
        self,
        ready: impl FnOnce(&OwnerRead<'a, Self>) -> bool,
        body: impl FnOnce(ViewOf<'a, Self, Self::Target>, OwnerRead<'a, Self>) -> Result<R, E>,
    ) -> Result<Option<R>, E>
    where
        Self::Target: Handover,
        Self::Backend: IoCapable<OwnerRepr<'a, Self>>,
    {
        let view = self.as_view();
        let owner = <OwnerOf<'a, Self>>::decode(Self::Backend::io_read(owner_view::<Self>(view))?);
        if !ready(&owner) {
            return Ok(None);
        }
        Self::Backend::barrier(view, Self::Backend::AFTER_CONSUME);
        body(view, owner).map(Some)
    }
}

impl<'a, I: IoBase<'a>> IoPublish<'a> for I {}
