//! What the two cursors have in common: a place, and what is left of it.

use core::{fmt, marker::PhantomData};

use crate::Error;

/// The rest of a place. It promises nothing about the bytes.
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

    /// The same bytes, in another capacity.
    #[inline(always)]
    pub(super) const fn cast<'b, L>(self) -> Rest<'b, L> {
        Rest::new(self.ptr, self.len)
    }

    /// Moves `size` bytes on, of which so many are left.
    #[inline(always)]
    pub(super) fn advance(&mut self, size: usize) {
        self.ptr = self.ptr.wrapping_add(size);
        self.len -= size;
    }

    /// Whether `size` bytes from `offset` on are left.
    #[inline(always)]
    pub(super) fn check(&self, offset: usize, size: usize) -> Result<(), Error> {
        match offset.checked_add(size) {
            Some(end) if end <= self.len => Ok(()),
            _ => Err(Error::OutOfRange { offset, size, limit: self.len }),
        }
    }

    /// The place of one access in front, of the width of `W`.
    #[inline(always)]
    pub(super) fn word<W>(&self) -> Result<*mut W, Error> {
        self.check(0, size_of::<W>())?;
        // Accesses are single where their size divides the address, whatever the type asks for.
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

/// The methods that differ in name and example only.
macro_rules! cursor {
    ($Cursor:ident, $left:ident $has_left:ident $pointer:ty, $mutable:literal) => {
        impl<'a, K: $crate::vm::MemoryKind> $Cursor<'a, K> {
            /// How many bytes are left.
            #[inline(always)]
            pub const fn $left(&self) -> usize {
                self.0.len
            }

            /// Whether any bytes are left.
            #[inline(always)]
            pub const fn $has_left(&self) -> bool {
                self.0.len != 0
            }

            /// The address of the next byte. Not to be dereferenced.
            #[inline(always)]
            pub const fn cursor(&self) -> $pointer {
                self.0.ptr
            }

            /// Leaves at most `max` bytes; never more than are left now.
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

            /// Leaves out `len` bytes.
            ///
            /// # Panics
            ///
            /// If fewer are left; [`try_skip`](Self::try_skip) does not.
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

            /// Leaves out `len` bytes.
            ///
            /// # Errors
            ///
            #[doc = "[`Error::OutOfRange`](crate::Error::OutOfRange) if fewer are left; then none is left out."]
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

            /// The same, of memory that may fault.
            #[inline(always)]
            pub(super) fn widen(self) -> $Cursor<'a, $crate::vm::Fallible<K::Backend>> {
                // INVARIANT: memory that does not fault may be accessed as if it might.
                $Cursor(self.0.cast())
            }
        }

        impl<'a> $Cursor<'a, $crate::vm::Infallible> {
            /// Takes it for memory that may fault: any memory may be.
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
                // INVARIANT: memory that does not fault may be accessed as if it might.
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
