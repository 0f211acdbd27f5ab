//! All uses of a field type, tried with one type.

/// Tries a 32-bit type in each position that a field can have: bare and in both byte orders, inside
/// access kinds, in a wider register, and in a struct that is copied as a whole. The value is read,
/// written and updated.
macro_rules! all_uses {
    ($value:ty, ready: $ready:expr, set error: $set_error:expr) => {
        use io_core::prelude::*;
        use zerocopy::{FromBytes, Immutable, IntoBytes};

        #[derive(IoStruct)]
        #[io(size = 0x18)]
        #[repr(C)]
        struct Regs {
            native: $value,
            little: Le<$value>,
            big: Rw<Be<$value>>,
            read_only: Ro<Le<$value>>,
            pending: W1c<Be<$value>>,
            doorbell: Wo<$value>,
        }

        // `SysMem` supports 64-bit accesses where pointers have 64 bits.
        #[cfg(target_pointer_width = "64")]
        #[derive(IoStruct)]
        #[repr(C)]
        struct Wide {
            status: Le<Narrow<$value, u64>>,
        }

        #[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
        #[repr(C)]
        struct Entry {
            little: Le<$value>,
            big: Ro<Be<$value>>,
        }

        const READY: u32 = 0x0000_0001;
        const ERROR: u32 = 0x0000_0080;
        /// Unnamed bits.
        const NOISE: u32 = 0xa5a5_0000;

        fn bits(value: $value) -> u32 {
            <$value as IoValue>::encode(value)
        }

        #[test]
        fn fields_of_the_type_are_read_written_and_updated() {
            let mut words = [NOISE; 6];
            words[3] = (NOISE | READY).to_le();
            words[4] = NOISE.to_be();
            let regs = SysMem::from_mut_slice(words.as_mut_bytes()).try_cast::<Regs>().unwrap();
            io_write!(regs, .native, $ready);
            io_write!(regs, .little, io_read!(regs, .native));
            io_write!(regs, .big, $ready);
            io_update!(regs, .big, $set_error);
            io_update!(regs, .little, $set_error);
            assert_eq!(bits(io_read!(regs, .native)), READY);
            assert_eq!(bits(io_read!(regs, .little)), READY | ERROR);
            assert_eq!(bits(io_read!(regs, .big)), READY | ERROR);
            // Unnamed bits are preserved.
            assert_eq!(bits(io_read!(regs, .read_only)), NOISE | READY);
            assert_eq!(bits(io_read!(regs, .pending)), NOISE);
            io_project!(regs, .pending).clear_bits($ready);
            io_write!(regs, .doorbell, $ready);
            let both = READY | ERROR;
            assert_eq!(words[..3], [READY, both.to_le(), both.to_be()]);
            assert_eq!(words[4..], [READY.to_be(), READY]);
        }

        #[cfg(target_pointer_width = "64")]
        #[test]
        fn narrow_registers_contain_the_type() {
            let mut word = [u64::MAX];
            let wide = SysMem::from_mut_slice(word.as_mut_bytes()).try_cast::<Wide>().unwrap();
            io_write!(wide, .status, $ready);
            io_update!(wide, .status, $set_error);
            assert_eq!(bits(io_read!(wide, .status)), READY | ERROR);
            assert_eq!(word, [u64::from(READY | ERROR).to_le()]);
        }

        #[test]
        fn structs_with_the_type_are_copied() {
            #[derive(IoStruct, IntoBytes, Immutable)]
            #[repr(C)]
            struct Command {
                little: Le<$value>,
                big: Rw<Be<$value>>,
            }
            let mut words = [u32::MAX; 2];
            let bytes = SysMem::from_mut_slice(words.as_mut_bytes());
            let command = Command { little: $ready.into(), big: Rw::new($ready) };
            bytes.try_cast::<Command>().unwrap().copy_write(command);
            let entry = bytes.try_cast::<Entry>().unwrap();
            assert_eq!(bits(io_read!(entry, .little)), READY);
            assert_eq!(bits(io_read!(entry, .big)), READY);
            let copy = entry.copy_read();
            assert_eq!(copy.as_bytes(), [1, 0, 0, 0, 0, 0, 0, 1]);
            assert_eq!((bits(copy.little.into()), bits(copy.big.get())), (READY, READY));
        }
    };
}

pub(crate) use all_uses;
