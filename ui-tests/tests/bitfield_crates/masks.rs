//! Masks of each crate's type, in the form in which the crate names bits in constants.

use io_core::{
    layout::{BitKind, IoLayout},
    prelude::*,
};

#[test]
fn a_mask_is_a_value_of_the_type_or_a_number() {
    fn masks<T: IoLayout>() -> [u64; 2] {
        let kinds = T::LAYOUT.bit_kinds();
        [kinds.get(BitKind::OneToClear), kinds.get(BitKind::ReadOnly)]
    }

    assert_eq!(masks::<flags::Impl>(), [0x82, 1]);
    assert_eq!(masks::<flags::Struct>(), [0x82, 1]);
    assert_eq!(masks::<with_bitbybit::Status>(), [0x80, 1]);
    assert_eq!(masks::<with_bitfield_struct::Status>(), [0x80, 1]);
    assert_eq!(masks::<Be<with_bitfield_struct::Status>>(), [0x80, 1]);
    assert_eq!(masks::<with_bilge::Status>(), [0x80, 1]);
}

#[test]
fn an_update_keeps_the_bits_of_each_crate() {
    let mut memory = flags::Impl::all();
    let view = SysMem::from_mut(&mut memory);
    view.update_val(|flags| flags | flags::Impl::ENABLE);
    assert_eq!(view.read_val(), flags::Impl::READY | flags::Impl::ENABLE);
    view.clear_bits(flags::Impl::ERROR);
    assert_eq!(view.read_val(), flags::Impl::READY | flags::Impl::ENABLE | flags::Impl::ERROR);
}

mod flags {
    use bitflags::bitflags;
    use io_core::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    #[io(w1c = Self::ERROR.union(Self::CHANGED), ro = Self::READY.bits())]
    #[repr(transparent)]
    pub(super) struct Impl(u32);

    bitflags! {
        impl Impl: u32 {
            const READY = 1;
            const CHANGED = 2;
            const ENABLE = 8;
            const ERROR = 0x80;
        }
    }

    bitflags! {
        #[derive(Clone, Copy, IoValue)]
        #[io(bits = u32, w1c = Self::ERROR.union(Self::CHANGED), ro = 1)]
        #[repr(transparent)]
        pub(super) struct Struct: u32 {
            const CHANGED = 2;
            const ERROR = 0x80;
        }
    }
}

mod with_bitbybit {
    #![expect(unreachable_pub, reason = "of items that the crate generates")]

    use bitbybit::bitfield;
    use io_core::prelude::*;

    #[bitfield(u32, default = 0)]
    #[derive(IoValue)]
    #[io(w1c = Self::ZERO.with_error(true), ro = Self::ZERO.with_ready(true).raw_value())]
    pub(super) struct Status {
        #[bit(0, rw)]
        ready: bool,
        #[bit(7, rw)]
        error: bool,
    }
}

mod with_bitfield_struct {
    use bitfield_struct::bitfield;
    use io_core::prelude::*;

    #[bitfield(u32)]
    #[derive(IoValue)]
    #[io(w1c = Self::new().with_error(true), ro = Self::new().with_ready(true).into_bits())]
    pub(super) struct Status {
        ready: bool,
        #[bits(6)]
        __: u8,
        error: bool,
        #[bits(24)]
        __: u32,
    }
}

mod with_bilge {
    use bilge::prelude::{DebugBits, FromBits, bitsize, u6, u24};
    use io_core::prelude::*;

    // bilge has no constructors for constants.
    #[bitsize(32)]
    #[derive(Clone, Copy, FromBits, DebugBits, IoValue)]
    #[io(w1c = 0x80, ro = 1)]
    pub(super) struct Status {
        ready: bool,
        reserved: u6,
        error: bool,
        noise: u24,
    }
}
