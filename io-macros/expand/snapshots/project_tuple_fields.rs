// try_write io_core; regs, .0.1, 5

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
                            &raw const (*__io_core_base.at).0,
                        )
                    }
                },
            );
            io_core::expansion::try_write_field(
                __io_core_view,
                const {
                    let __io_core_base = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __io_core_base,
                            &raw const (*__io_core_base.at).1,
                        )
                    }
                },
                5,
            )
        }
    }
}
