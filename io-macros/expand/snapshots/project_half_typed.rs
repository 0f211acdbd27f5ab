// read io_core; regs, .chan.

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).chan) }
                },
            );
            io_core::expansion::read_field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __b,
                            &raw const (*__b.at).missing_field_name,
                        )
                    }
                },
            )
        }
    }
}
