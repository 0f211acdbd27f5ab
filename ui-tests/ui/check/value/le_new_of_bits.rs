// Wrong assumption: `Le::new` converts the types of `bitflags!` in a constant.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(bits = u32)]
#[repr(transparent)]
struct Flags(u32);

impl Flags {
    const OWN: Self = Self(1 << 31);

    const fn bits(&self) -> u32 {
        self.0
    }

    const fn from_bits_retain(bits: u32) -> Self {
        Self(bits)
    }
}

const OWN: Le<Flags> = Le::new(Flags::OWN);

fn main() {}
