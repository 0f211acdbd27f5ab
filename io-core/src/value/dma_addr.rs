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
/// registers of 32 bits, use `LoHi<Le<DmaAddr>>`.
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

    /// Returns the number that is passed to the device. For a register of 32 bits, use
    /// `u32::try_from(address)`: a cast of this number would cut off the upper bits.
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

impl fmt::Debug for DmaAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DmaAddr({:#x})", self.0)
    }
}

impl fmt::Display for DmaAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

// SAFETY: `repr(transparent)` over `u64`; every bit pattern is an address.
#[diagnostic::do_not_recommend]
unsafe impl IoLayout for DmaAddr {
    const LAYOUT: FieldLayout = <u64 as IoLayout>::LAYOUT;
}

// SAFETY: `repr(transparent)` over `u64`, which is one word.
#[diagnostic::do_not_recommend]
unsafe impl IoValue for DmaAddr {
    type Repr = u64;
    type Read = DmaAddr;
    type Write = DmaAddr;

    #[inline(always)]
    fn decode(repr: u64) -> DmaAddr {
        DmaAddr(repr)
    }

    #[inline(always)]
    fn encode(value: DmaAddr) -> u64 {
        value.0
    }

    #[inline(always)]
    fn in_memory(value: DmaAddr) -> DmaAddr {
        value
    }

    #[inline(always)]
    fn from_memory(memory: DmaAddr) -> DmaAddr {
        memory
    }
}

#[diagnostic::do_not_recommend]
impl Readable for DmaAddr {}
#[diagnostic::do_not_recommend]
impl Writable for DmaAddr {}
#[diagnostic::do_not_recommend]
impl Updatable for DmaAddr {}
#[diagnostic::do_not_recommend]
impl CopyReadable for DmaAddr {}
#[diagnostic::do_not_recommend]
impl CopyWritable for DmaAddr {}
#[diagnostic::do_not_recommend]
impl BareValue for DmaAddr {}
#[diagnostic::do_not_recommend]
impl Plain for DmaAddr {}
#[diagnostic::do_not_recommend]
impl Unswapped for DmaAddr {
    #[inline(always)]
    fn repr_of(address: DmaAddr) -> u64 {
        address.0
    }
}

// SAFETY: `repr(transparent)` over `u64`, which is the number.
#[diagnostic::do_not_recommend]
unsafe impl InPlace for DmaAddr {}
