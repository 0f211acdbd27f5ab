// try_write io_core; regs, .0.1, 5

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).0) }
                },
            );
            io_core::expansion::try_write_field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).1) }
                },
                5,
            )
        }
    }
}
