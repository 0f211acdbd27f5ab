//! Items of the user with names that generated code could use for variables. A pattern with the
//! name of a static, constant or unit struct refers to that item, despite hygiene.

/// All macros of io-core, in a module that has items with these names.
macro_rules! shadowed {
    ($module:ident: $($item:item)*) => {
        mod $module {
            #![allow(non_upper_case_globals, non_camel_case_types, dead_code)]

            use io_core::{io_struct, prelude::*};

            $($item)*

            #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
            #[repr(u8)]
            enum Mode {
                A = 1,
                B = 2,
            }

            #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
            #[repr(transparent)]
            struct Number(u32);

            #[derive(Clone, Copy, IoValue)]
            #[io(bits = u32)]
            #[repr(transparent)]
            struct Flags((u32,));

            impl Flags {
                fn bits(&self) -> u32 {
                    self.0.0
                }

                fn from_bits_retain(bits: u32) -> Self {
                    Flags((bits,))
                }
            }

            #[derive(IoStruct)]
            #[io(size = 16)]
            #[repr(C)]
            struct Regs {
                #[io(at = 0)]
                mode: Mode,
                _pad: [u8; 3],
                numbers: [Number; 2],
                #[io(own_bit)]
                flags: OwnBit<Flags>,
            }

            #[derive(IoStruct)]
            #[repr(C)]
            struct Ring<T> {
                head: T,
                entries: [u32],
            }

            #[io_struct(size = 0x10)]
            #[derive(Default)]
            struct Sparse {
                #[io(at = 0)]
                a: Le<u16>,
                #[io(at = 4)]
                b: Le<u32>,
                #[io(at = 4, overlay)]
                c: Wo<Le<u32>>,
            }

            #[derive(IoStruct)]
            #[repr(C)]
            union Either {
                a: u32,
                b: [u8; 4],
            }

            #[repr(C)]
            struct Foreign {
                a: u32,
            }

            #[io_struct(remote = Foreign)]
            struct Described {
                a: u32,
            }

            pub(super) fn all_macros() -> u32 {
                let flags = OwnBit::new(Flags((1,)));
                let mut memory =
                    Regs { mode: Mode::A, _pad: [0; 3], numbers: [Number(1), Number(2)], flags };
                // SAFETY: the exclusive borrow covers a `Regs`.
                let regs = unsafe { SysMem::new(&raw mut memory) };
                io_write!(regs, .mode, Mode::B);
                io_update!(regs, .numbers[1], |number| Number(number.0 + 1));
                io_try_write!(regs, .numbers[build: 0], Number(5)).unwrap();
                let mut memory = Sparse::default();
                let sparse = SysMem::from_mut(&mut memory);
                io_write!(sparse, .c, 7);
                io_read!(regs, .numbers[panic: 0]).0
                    + io_read!(regs, .numbers[1]).0
                    + io_read!(sparse, .b)
            }
        }
    };
}

shadowed! { statics:
    static value: u32 = 3;
    static repr: u32 = 3;
    static ptr: u32 = 3;
    static field: u32 = 3;
    static view: u32 = 3;
    static io: u32 = 3;
}
shadowed! { constants:
    const value: u32 = 3;
    const repr: u32 = 3;
    const ptr: u32 = 3;
    const __p: u32 = 3;
    const __b: u32 = 3;
    const __end: u32 = 3;
    const __fields: u32 = 3;
    const __real: u32 = 3;
    const __twin: u32 = 3;
    const __remote: u32 = 3;
    const __block: u32 = 3;
}
shadowed! { unit_structs:
    struct value;
    struct repr;
    struct ptr;
    struct error;
    struct block;
    struct __Block;
    struct V0;
    struct V1;
}
shadowed! { functions_and_types:
    fn value() {}
    fn repr() {}
    struct usize;
    struct str;
    struct bool;
    mod core {}
}

#[test]
fn items_of_the_user_do_not_conflict_with_variables() {
    assert_eq!(statics::all_macros(), 5 + 3 + 7);
    assert_eq!(constants::all_macros(), 5 + 3 + 7);
    assert_eq!(unit_structs::all_macros(), 5 + 3 + 7);
    assert_eq!(functions_and_types::all_macros(), 5 + 3 + 7);
}
