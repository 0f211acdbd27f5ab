//! Values with random kinds of bits: each operation changes exactly the bits that a model of single
//! bits changes.
//!
//! A failure names the type; the seed with which it can be generated again is in the output.

use io_core::{
    Repr, Width,
    layout::{Clearable, Settable, Toggleable, Updatable},
    prelude::*,
};
use io_sim::{Device, Simulated};

include!(concat!(env!("OUT_DIR"), "/masks.rs"));

struct MaskCase {
    name: &'static str,
    check: fn(),
}

/// A register whose bits each behave as their kinds specify.
struct Register {
    /// The kind of each bit, from bit 0 on.
    kinds: &'static str,
    bits: u64,
    /// Whether the most significant word has the lower offset.
    is_big: bool,
    reads: usize,
    writes: usize,
}

impl Register {
    /// The position of the lowest bit of a word at an offset.
    fn shift(&self, offset: usize, width: Width) -> usize {
        let is_whole = width.bits() as usize == self.kinds.len();
        if is_whole || (offset == 0) != self.is_big { 0 } else { 32 }
    }
}

impl Device for Register {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.reads += 1;
        self.bits >> self.shift(offset, width) & width.all_ones()
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.writes += 1;
        let shift = self.shift(offset, width);
        for (i, kind) in self.kinds.chars().skip(shift).take(width.bits() as usize).enumerate() {
            let (old, written) = (self.bits >> (shift + i) & 1 == 1, value >> i & 1 == 1);
            let new = match kind {
                '.' => written,
                'r' => old,
                'c' => old && !written,
                's' => old || written,
                't' => old != written,
                'C' => old && written,
                'S' => old || !written,
                'T' => old == written,
                // The operation takes a while.
                'x' => old || written,
                _ => unreachable!("{kind}"),
            };
            self.bits = self.bits & !(1 << (shift + i)) | u64::from(new) << (shift + i);
        }
    }
}

/// Returns the bits of these kinds.
fn mask(kinds: &str, of: &str) -> u64 {
    let bits = kinds.chars().enumerate().filter(|(_, kind)| of.contains(*kind));
    bits.fold(0, |mask, (bit, _)| mask | 1 << bit)
}

/// Pseudo-random numbers: the generator xorshift64.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn check_masks<R, V>(kinds: &'static str)
where
    R: Clearable + Settable + Toggleable + Updatable<Read = V, Write = V>,
    V: IoValue<Read = V, Write = V>,
    io_sim::SimBackend: io_core::backend::IoCapable<R::Repr>,
{
    let value = |bits| V::decode(V::Repr::from_u64(bits));
    let number = |value| V::encode(value).to_u64();
    let all = u64::MAX >> (64 - kinds.len());
    let [plain, commands] = [".", "cstCSTx"].map(|of| mask(kinds, of));
    let is_big = core::any::type_name::<R>().contains("Be<");
    let register = Register { kinds, bits: 0, is_big, reads: 0, writes: 0 };
    let dev = Simulated::<R, _>::new(register);
    let dev = if is_big { dev.on_big_endian_bus() } else { dev };
    let words = size_of::<R>() / size_of::<R::Repr>();
    let mut state = 0x1234_5678_9abc_def1;
    for _ in 0..200 {
        let [old, given] = [(); 2].map(|()| random(&mut state) & all);
        // Runs an operation and returns the bits that it has changed.
        let changes = |reads: usize, operation: &dyn Fn()| {
            dev.with(|it| (it.bits, it.reads, it.writes) = (old, 0, 0));
            operation();
            dev.with(|it| {
                assert_eq!((it.reads, it.writes), (reads * words, words));
                it.bits ^ old
            })
        };
        let view = (&dev).as_view();
        let update = changes(1, &|| view.update_val(|read| value(number(read) ^ given)));
        assert_eq!(update, given & plain, "update");
        let write = changes(0, &|| view.write_val(value(given)));
        assert_eq!(write, (given ^ old) & plain, "write");
        let reads = usize::from(plain != 0);
        let clear = changes(reads, &|| view.clear_bits(value(given)));
        assert_eq!(clear, given & old & mask(kinds, "cC"), "clear");
        let set = changes(reads, &|| view.set_bits(value(given)));
        assert_eq!(set, given & !old & mask(kinds, "sSx"), "set");
        let toggle = changes(reads, &|| view.toggle_bits(value(given)));
        assert_eq!(toggle, given & mask(kinds, "tT"), "toggle");
        let exact = changes(0, &|| view.write_exact(value(given)));
        let ones = given & (mask(kinds, "c") & old | mask(kinds, "sx") & !old | mask(kinds, "t"));
        let zeros = !given & (mask(kinds, "C") & old | mask(kinds, "S") & !old | mask(kinds, "T"));
        assert_eq!(exact, (given ^ old) & plain | ones | zeros, "exact");
        assert_eq!((ones | zeros) & !commands, 0);
    }
}

#[test]
fn operations_change_the_bits_of_their_kinds_only() {
    println!("IO_BLOCKS_SEED={}", env!("IO_BLOCKS_SEED"));
    assert_eq!(MASKS.len(), 100);
    for case in MASKS {
        println!("{}", case.name);
        (case.check)();
    }
}
