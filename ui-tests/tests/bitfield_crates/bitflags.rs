//! `bitflags`, in both its modes.

use bitflags::bitflags;

/// The struct is written by hand, and the crate adds methods.
mod impl_mode {
    use super::{super::all_uses::all_uses, bitflags};

    #[derive(Clone, Copy, IoValue, FromBytes, IntoBytes, Immutable)]
    #[repr(transparent)]
    struct Status(u32);

    bitflags! {
        impl Status: u32 {
            const READY = 1;
            const ERROR = 1 << 7;
        }
    }

    all_uses!(Status, ready: Status::READY, set error: |v| v | Status::ERROR);

    #[test]
    fn named_flags_are_decoded() {
        let mut memory = Status::READY;
        assert!(SysMem::from_mut(&mut memory).read_val().contains(Status::READY));
    }
}

/// The crate generates the struct, whose inner type is private to the crate.
mod struct_mode {
    use super::{super::all_uses::all_uses, bitflags};

    bitflags! {
        #[derive(Clone, Copy, IoValue)]
        #[io(bits = u32)]
        #[repr(transparent)]
        struct Status: u32 {
            const READY = 1;
            const ERROR = 1 << 7;
        }
    }

    all_uses!(Status, ready: Status::READY, set error: |v| v | Status::ERROR);
}
