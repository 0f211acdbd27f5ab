// project io_core; regs, .ctrl

fn expansion() {
    io_core::__private::project_field(
        regs,
        const {
            let __b = io_core::__private::base();
            unsafe { io_core::__private::offset(__b, &raw const (*__b.at).ctrl) }
        },
    )
}
