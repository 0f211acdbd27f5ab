// write io_core; regs, .ctrl, ring.tail.

fn expansion() {
    io_core::__private::write_field(
        regs,
        const {
            let __b = io_core::__private::base();
            unsafe { io_core::__private::offset(__b, &raw const (*__b.at).ctrl) }
        },
        ring.tail.missing_field_name,
    )
}
