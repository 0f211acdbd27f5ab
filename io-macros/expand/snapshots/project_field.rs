// project io_core; regs, .ctrl

fn expansion() {
    io_core::expansion::field(
        regs,
        const {
            let __b = io_core::expansion::base();
            unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).ctrl) }
        },
    )
}
