// project io_core; regs, .ctrl

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .field(const {
                    let __s;
                    let __b;
                    unsafe {
                        io_core::__private::offset(
                            {
                                __s = io_core::__private::Scratch::new();
                                __b = io_core::__private::Scratch::base(&__s);
                                &__s
                            },
                            &raw const (*__b).ctrl,
                        )
                    }
                });
            __p.view()
        }
    }
}
