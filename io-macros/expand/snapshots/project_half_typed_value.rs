// write io_core; regs, .ctrl, ring.tail.

fn expansion() {
    io_core::expansion::write_field(
        regs,
        const {
            let __io_core_base = io_core::expansion::base();
            unsafe {
                io_core::expansion::offset(
                    __io_core_base,
                    &raw const (*__io_core_base.at).ctrl,
                )
            }
        },
        ring.tail.missing_field_name,
    )
}
