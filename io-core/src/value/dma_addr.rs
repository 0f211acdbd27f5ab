//! Device addresses.

use core::fmt;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    BareValue, CopyReadable, CopyWritable, FieldLayout, InPlace, IoLayout, IoValue, Plain,
    Readable, Unswapped, Updatable, Writable,
};

/// An address that a device puts on its bus: a bus address or an IOVA, never a pointer of this
/// program.
///
/// As a field, `Le<DmaAddr>` is the usual 64-bit address in descriptors. For a device with
/// registers of 32 bits, use `LoHi<Le<DmaAddr>>`; for one with addresses of 32 bits, [`DmaAddr32`].
///
/// Source: Linux `dma_addr_t` (`Documentation/core-api/dma-api-howto.rst`).
///
/// ```
/// use io_core::DmaAddr;
///
/// let ring = DmaAddr::new(0x8000_0000);
/// assert_eq!(ring.checked_add(0x40), Some(DmaAddr::new(0x8000_0040)));
/// assert_eq!(ring.to_string(), "0x80000000");
/// ```
#[doc(alias("dma_addr_t", "IOVA"))]
#[derive(
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
)]
#[repr(transparent)]
pub struct DmaAddr(u64);

impl DmaAddr {
    /// Creates the device address `raw`.
    #[inline(always)]
    pub const fn new(raw: u64) -> Self {
        Self(raw)
    }

    /// Returns the number that is passed to the device. For an address of 32 bits, use
    /// [`DmaAddr32::try_from`] or `u32::try_from(address)`: a cast of this number would cut off the
    /// upper bits.
    #[inline(always)]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Returns the address plus `bytes`, or `None` if it exceeds the address space.
    #[inline(always)]
    pub const fn checked_add(self, bytes: u64) -> Option<Self> {
        match self.0.checked_add(bytes) {
            Some(raw) => Some(Self(raw)),
            None => None,
        }
    }
}

/// A device address of 32 bits, for devices that cannot reach more memory.
///
/// The number is converted by [`TryFrom`], so that no address is cut off. An allocator for such a
/// device must return memory below 4 GiB.
///
/// ```
/// use io_core::{AddressTooWide, DmaAddr, DmaAddr32, prelude::*};
///
/// /// The ring addresses of a 82557 Ethernet controller have 32 bits.
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { ring: Le<DmaAddr32>, len: Le<u32> }
///
/// fn start(regs: Mmio<'_, Regs>, ring: DmaAddr) -> Result<(), AddressTooWide> {
///     io_write!(regs, .ring, ring.try_into()?);
///     Ok(())
/// }
///
/// let error = DmaAddr32::try_from(DmaAddr::new(0x1_0000_0000)).unwrap_err();
/// assert_eq!(error.to_string(), "device address 0x100000000 exceeds 32 bits");
/// assert_eq!(DmaAddr::from(DmaAddr32::new(0x8000)), DmaAddr::new(0x8000));
/// ```
#[derive(
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
)]
#[repr(transparent)]
pub struct DmaAddr32(u32);

impl DmaAddr32 {
    /// Creates the device address `raw`.
    #[inline(always)]
    pub const fn new(raw: u32) -> Self {
        Self(raw)
    }

    /// Returns the number that is passed to the device.
    #[inline(always)]
    pub const fn raw(self) -> u32 {
        self.0
    }
}

impl From<DmaAddr32> for DmaAddr {
    #[inline]
    fn from(address: DmaAddr32) -> Self {
        DmaAddr(address.0.into())
    }
}

/// The address for a device with addresses of 32 bits.
///
/// # Errors
///
/// * [`AddressTooWide`] if the address has more than 32 bits.
impl TryFrom<DmaAddr> for DmaAddr32 {
    type Error = AddressTooWide;

    #[inline]
    fn try_from(address: DmaAddr) -> Result<Self, AddressTooWide> {
        u32::try_from(address).map(DmaAddr32)
    }
}

/// The address for a register of 32 bits.
///
/// # Errors
///
/// * [`AddressTooWide`] if the address has more than 32 bits.
///
/// ```
/// use io_core::DmaAddr;
///
/// assert_eq!(u32::try_from(DmaAddr::new(0x8000_0000)), Ok(0x8000_0000));
/// let error = u32::try_from(DmaAddr::new(0x1_0000_0000)).unwrap_err();
/// assert_eq!(error.to_string(), "device address 0x100000000 exceeds 32 bits");
/// ```
impl TryFrom<DmaAddr> for u32 {
    type Error = AddressTooWide;

    #[inline]
    fn try_from(address: DmaAddr) -> Result<u32, AddressTooWide> {
        u32::try_from(address.0).map_err(|_| AddressTooWide { address })
    }
}

/// A device address does not fit into a register of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressTooWide {
    /// The address.
    pub address: DmaAddr,
}

impl fmt::Display for AddressTooWide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "device address {} exceeds 32 bits", self.address)
    }
}

impl core::error::Error for AddressTooWide {}

/// Implements the traits of a value for an address that is stored as `$repr`.
macro_rules! value {
    ($address:ident: $repr:ident) => {
        impl fmt::Debug for $address {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($address), "({:#x})"), self.0)
            }
        }

        impl fmt::Display for $address {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:#x}", self.0)
            }
        }

        // SAFETY: `repr(transparent)` over the integer; every bit pattern is an address.
        #[diagnostic::do_not_recommend]
        unsafe impl IoLayout for $address {
            const LAYOUT: FieldLayout = <$repr as IoLayout>::LAYOUT;
        }

        // SAFETY: `repr(transparent)` over the integer, which is one word.
        #[diagnostic::do_not_recommend]
        unsafe impl IoValue for $address {
            type Repr = $repr;
            type Read = $address;
            type Write = $address;

            #[inline(always)]
            fn decode(repr: $repr) -> $address {
                $address(repr)
            }

            #[inline(always)]
            fn encode(value: $address) -> $repr {
                value.0
            }

            #[inline(always)]
            fn in_memory(value: $address) -> $address {
                value
            }

            #[inline(always)]
            fn from_memory(memory: $address) -> $address {
                memory
            }
        }

        #[diagnostic::do_not_recommend]
        impl Readable for $address {}
        #[diagnostic::do_not_recommend]
        impl Writable for $address {}
        #[diagnostic::do_not_recommend]
        impl Updatable for $address {}
        #[diagnostic::do_not_recommend]
        impl CopyReadable for $address {}
        #[diagnostic::do_not_recommend]
        impl CopyWritable for $address {}
        #[diagnostic::do_not_recommend]
        impl BareValue for $address {}
        #[diagnostic::do_not_recommend]
        impl Plain for $address {}
        #[diagnostic::do_not_recommend]
        impl Unswapped for $address {
            #[inline(always)]
            fn repr_of(address: $address) -> $repr {
                address.0
            }
        }

        // SAFETY: `repr(transparent)` over the integer, which is the number.
        #[diagnostic::do_not_recommend]
        unsafe impl InPlace for $address {}
    };
}

value!(DmaAddr: u64);
value!(DmaAddr32: u32);
