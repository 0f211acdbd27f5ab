// try_write io_core; regs, .0.1, 5

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .field(const {
                    let __b = io_core::__private::base();
                    unsafe { io_core::__private::offset(__b, &raw const (*__b.at).0) }
                });
            let __p = __p
                .field(const {
                    let __b = io_core::__private::base();
                    unsafe { io_core::__private::offset(__b, &raw const (*__b.at).1) }
                });
            __p.try_write_val(5)
        }
    }
}
