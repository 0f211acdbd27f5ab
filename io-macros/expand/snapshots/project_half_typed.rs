// read io_core; regs, .chan.

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::field(
                __io_core_view,
                const {
                    let __io_core_base = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __io_core_base,
                            &raw const (*__io_core_base.at).chan,
                        )
                    }
                },
            );
            io_core::expansion::read_field(
                __io_core_view,
                const {
                    let __io_core_base = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __io_core_base,
                            &raw const (*__io_core_base.at).missing_field_name,
                        )
                    }
                },
            )
        }
    }
}
