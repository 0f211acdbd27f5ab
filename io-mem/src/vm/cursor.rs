//! The common part of the two cursors: an address and a number of bytes.

use core::{fmt, marker::PhantomData};

use crate::Error;

/// The bytes that a cursor has left. This type has no invariants.
pub(super) struct Rest<'a, K> {
    pub(super) ptr: *mut u8,
    pub(super) len: usize,
    marker: PhantomData<(&'a [u8], K)>,
}

impl<K> Clone for Rest<'_, K> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Rest<'_, K> {}

impl<K> Rest<'_, K> {
    #[inline(always)]
    pub(super) const fn new(ptr: *mut u8, len: usize) -> Self {
        Self { ptr, len, marker: PhantomData }
    }

    /// Returns the same bytes with another lifetime and another kind.
    #[inline(always)]
    pub(super) const fn cast<'b, L>(self) -> Rest<'b, L> {
        Rest::new(self.ptr, self.len)
    }

    /// Moves past `size` bytes, of which at least that many must be left.
    #[inline(always)]
    pub(super) fn advance(&mut self, size: usize) {
        self.ptr = self.ptr.wrapping_add(size);
        self.len -= size;
    }

    /// Checks that at least `size` bytes from `offset` on are left.
    #[inline(always)]
    pub(super) fn check(&self, offset: usize, size: usize) -> Result<(), Error> {
        match offset.checked_add(size) {
            Some(end) if end <= self.len => Ok(()),
            _ => Err(Error::OutOfRange { offset, size, limit: self.len }),
        }
    }

    /// Returns the address of one access of the width of `W`, if it is in range and aligned.
    #[inline(always)]
    pub(super) fn word<W>(&self) -> Result<*mut W, Error> {
        self.check(0, size_of::<W>())?;
        // An access is single if its address is a multiple of its size, whatever alignment the type
        // requires.
        let (address, align) = (self.ptr.addr(), size_of::<W>());
        if address.is_multiple_of(align) {
            Ok(self.ptr.cast())
        } else {
            Err(Error::Misaligned { address, align })
        }
    }

    pub(super) fn fmt(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{name}({:p}, {:#x} bytes)", self.ptr, self.len)
    }
}

/// Defines the methods that differ only in their names and examples.
macro_rules! cursor {
    ($Cursor:ident, $left:ident $has_left:ident $pointer:ty, $mutable:literal) => {
        impl<'a, K: $crate::vm::MemoryKind> $Cursor<'a, K> {
            /// Returns the number of bytes left.
            #[inline(always)]
            pub const fn $left(&self) -> usize {
                self.0.len
            }

            /// Returns whether any bytes are left.
            #[inline(always)]
            pub const fn $has_left(&self) -> bool {
                self.0.len != 0
            }

            /// Returns the address of the next byte. The pointer must not be dereferenced.
            #[inline(always)]
            pub const fn cursor(&self) -> $pointer {
                self.0.ptr
            }

            /// Limits the number of bytes left to at most `max`. The number never increases.
            ///
            /// ```
            #[doc = concat!("# use io_mem::vm::", stringify!($Cursor), ";")]
            #[doc = concat!("let ", $mutable, "bytes = [0; 8];")]
            #[doc = concat!("let mut cursor = ", stringify!($Cursor), "::from(&", $mutable, "bytes[..]);")]
            #[doc = concat!("assert_eq!(cursor.limit(5).", stringify!($left), "(), 5);")]
            #[doc = concat!("assert_eq!(cursor.limit(6).", stringify!($left), "(), 5);")]
            /// ```
            #[inline(always)]
            pub fn limit(&mut self, max: usize) -> &mut Self {
                self.0.len = self.0.len.min(max);
                self
            }

            /// Skips `len` bytes.
            ///
            /// # Panics
            ///
            /// [`try_skip`](Self::try_skip) returns an error instead.
            ///
            /// * Fewer than `len` bytes are left.
            ///
            /// ```
            #[doc = concat!("# use io_mem::vm::", stringify!($Cursor), ";")]
            #[doc = concat!("let ", $mutable, "bytes = [0; 8];")]
            #[doc = concat!("let mut cursor = ", stringify!($Cursor), "::from(&", $mutable, "bytes[..]);")]
            #[doc = concat!("assert_eq!(cursor.skip(5).", stringify!($left), "(), 3);")]
            /// ```
            #[inline(always)]
            #[track_caller]
            pub fn skip(&mut self, len: usize) -> &mut Self {
                match self.0.check(0, len) {
                    Ok(()) => self.0.advance(len),
                    Err(error) => panic!("{error}"),
                }
                self
            }

            /// Skips `len` bytes.
            ///
            /// # Errors
            ///
            /// * [`Error::OutOfRange`](crate::Error::OutOfRange) if fewer than `len` bytes are
            ///   left. The cursor has not moved.
            ///
            /// ```
            #[doc = concat!("# use io_mem::vm::", stringify!($Cursor), ";")]
            #[doc = concat!("let ", $mutable, "bytes = [0; 8];")]
            #[doc = concat!("let mut cursor = ", stringify!($Cursor), "::from(&", $mutable, "bytes[..]);")]
            #[doc = concat!("assert_eq!(cursor.try_skip(5)?.", stringify!($left), "(), 3);")]
            /// assert!(cursor.try_skip(4).is_err());
            /// # Ok::<(), io_mem::Error>(())
            /// ```
            #[inline(always)]
            pub fn try_skip(&mut self, len: usize) -> Result<&mut Self, $crate::Error> {
                self.0.check(0, len)?;
                self.0.advance(len);
                Ok(self)
            }

            /// Returns the same cursor as one of memory that may fault.
            #[inline(always)]
            pub(super) fn widen(self) -> $Cursor<'a, $crate::vm::Fallible<K::Backend>> {
                // INVARIANT: memory that does not fault may be accessed as memory that may fault.
                $Cursor(self.0.cast())
            }
        }

        impl<'a> $Cursor<'a, $crate::vm::Infallible> {
            /// Treats the memory as memory that may fault, which is always allowed.
            #[inline(always)]
            pub fn to_fallible(self) -> $Cursor<'a, $crate::vm::Fallible> {
                self.to_fallible_with()
            }

            /// [`to_fallible`](Self::to_fallible) for another backend than
            #[doc = "[`RecoveryTable`](crate::fault::RecoveryTable)."]
            #[inline(always)]
            pub fn to_fallible_with<B: $crate::fault::FaultBackend>(
                self,
            ) -> $Cursor<'a, $crate::vm::Fallible<B>> {
                // INVARIANT: memory that does not fault may be accessed as memory that may fault.
                $Cursor(self.0.cast())
            }
        }

        impl<K> core::fmt::Debug for $Cursor<'_, K> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(stringify!($Cursor), f)
            }
        }

        impl<'a, K: $crate::vm::MemoryKind> From<$crate::vm::VmSpan<'a, K>> for $Cursor<'a, K> {
            #[inline(always)]
            fn from(span: $crate::vm::VmSpan<'a, K>) -> Self {
                // INVARIANT: a span may be read and written.
                $Cursor(span.0)
            }
        }
    };
}

pub(super) use cursor;
