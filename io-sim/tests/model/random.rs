//! Random accesses, compared with an independent model: one array of numbers and one match.

use io_core::{ReadToClear, SelfClearing, Width, prelude::*};
use io_sim::{Device, RegisterModel, Simulated, field};
use proptest::{collection::vec, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    plain: Le<u32>,
    big: Be<u32>,
    id: Ro<Le<u32>>,
    bell: Wo<Le<u32>>,
    pending: W1c<Be<u32>>,
    enabled: W1s<Le<u32>>,
    events: ReadToClear<Le<u32>>,
    start: SelfClearing<Le<u32>>,
    mixed: Le<u32>,
    _reserved: Reserved<4>,
}

const RESET: [u32; 10] = [1, 2, 0xed, 0, 0xf0f0, 0x0f0f, 0x77, 0, 0xff, 0];
const READ_ONLY: u32 = 0x0000_00ff;
const CLEAR: u32 = 0x0000_ff00;
const SET: u32 = 0x00ff_0000;

fn described() -> RegisterModel<Regs> {
    RegisterModel::<Regs>::new("dev")
        .reset(field!(.plain), RESET[0])
        .reset(field!(.big), RESET[1])
        .reset(field!(.id), RESET[2])
        .reset(field!(.pending), RESET[4])
        .reset(field!(.enabled), RESET[5])
        .reset(field!(.events), RESET[6])
        .reset(field!(.mixed), RESET[8])
        .read_only_bits(field!(.mixed), READ_ONLY)
        .clear_bits(field!(.mixed), CLEAR)
        .set_bits(field!(.mixed), SET)
}

struct Plain([u32; 10], usize);

fn swaps(index: usize) -> bool {
    matches!(index, 1 | 4)
}

impl Device for Plain {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let index = offset / 4;
        if width != Width::W32 || !offset.is_multiple_of(4) || index >= 9 || index == 3 {
            self.1 += 1;
            let bell = width == Width::W32 && offset == 0xc;
            return if bell { 0 } else { width.all_ones() };
        }
        let value = self.0[index];
        if index == 6 {
            self.0[6] = 0;
        }
        u64::from(if swaps(index) { value.swap_bytes() } else { value })
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        let index = offset / 4;
        if width != Width::W32 || !offset.is_multiple_of(4) || index >= 9 || matches!(index, 2 | 6)
        {
            self.1 += 1;
            return;
        }
        let value = value as u32;
        let value = if swaps(index) { value.swap_bytes() } else { value };
        let held = &mut self.0[index];
        match index {
            4 => *held &= !value,
            5 => *held |= value,
            7 => {}
            8 => {
                for bit in (0..32).map(|bit| 1 << bit).filter(|bit| READ_ONLY & bit == 0) {
                    let one = value & bit != 0;
                    match bit {
                        _ if CLEAR & bit != 0 && one => *held &= !bit,
                        _ if SET & bit != 0 && one => *held |= bit,
                        _ if (CLEAR | SET) & bit != 0 => {}
                        _ if one => *held |= bit,
                        _ => *held &= !bit,
                    }
                }
            }
            _ => *held = value,
        }
    }
}

#[derive(Clone, Debug)]
struct Step {
    offset: usize,
    width: Width,
    write: Option<u64>,
}

fn step() -> impl Strategy<Value = Step> {
    let widths = [Width::W32, Width::W32, Width::W32, Width::W8, Width::W16, Width::W64];
    let aligned = (0..11_usize).prop_map(|i| i * 4);
    let offset = prop_oneof![4 => aligned, 1 => 0..44_usize];
    (offset, prop::sample::select(widths.to_vec()), prop::option::of(any::<u64>()))
        .prop_map(|(offset, width, write)| Step { offset, width, write })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 1 } else { 256 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_accesses_match_the_independent_model(steps in vec(step(), 1..200)) {
        let (mut one, mut other) = (described(), Plain(RESET, 0));
        for (i, Step { offset, width, write }) in steps.into_iter().enumerate() {
            match write {
                Some(value) => {
                    let value = value & width.all_ones();
                    one.write(offset, width, value);
                    other.write(offset, width, value);
                }
                None => {
                    let answers = (one.read(offset, width), other.read(offset, width));
                    prop_assert_eq!(answers.0, answers.1, "step {} at {:#x}", i, offset);
                }
            }
            prop_assert_eq!(one.rejected().len(), other.1, "step {} at {:#x}", i, offset);
        }
    }

    #[test]
    fn get_returns_the_value_that_was_set(number: u32, wide: u64) {
        #[derive(IoStruct)]
        #[repr(C)]
        struct Pairs { a: Le<u32>, b: Be<u32>, c: LoHi<Be<u64>>, d: HiLo<Le<u64>> }
        let mut model = RegisterModel::<Pairs>::new("dev");
        let ctx = model.context();
        ctx.set(field!(.a), number);
        ctx.set(field!(.b), !number);
        ctx.set(field!(.c), wide);
        ctx.set(field!(.d), !wide);
        prop_assert_eq!((ctx.get(field!(.a)), ctx.get(field!(.b))), (number, !number));
        prop_assert_eq!((ctx.get(field!(.c)), ctx.get(field!(.d))), (wide, !wide));
        let dev = Simulated::<Pairs, _>::new(model);
        prop_assert_eq!((io_read!(&dev, .a), io_read!(&dev, .b)), (number, !number));
        prop_assert_eq!((io_read!(&dev, .c), io_read!(&dev, .d)), (wide, !wide));
    }
}
