use io_porting::{mixed, tock::before};

use crate::run::same;

#[test]
fn a_driver_that_is_half_ported_makes_the_same_accesses() {
    let ((), words) = same(
        &[0; 18],
        |base| {
            // SAFETY: the registers are at the start of the memory.
            let uart = before::Uart::new(unsafe { &*base.cast() });
            uart.init(13, 1);
            uart.send(b'x');
        },
        |base| {
            // SAFETY: the registers are at the start of the memory.
            let mut uart = unsafe { mixed::Uart::new(base) };
            uart.init(13, 1);
            uart.send(b'x');
        },
    );
    assert_eq!((words[0], words[12]), (b'x'.into(), 0x301));
}
