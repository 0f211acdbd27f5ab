// update io_core; regs, [build: N - 1], |v| v | 1

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .at(const {
                    use io_core::__private::NoIndex as _;
                    io_core::__private::BuildIndex(N - 1).check()
                });
            __p.update_val(|v| v | 1)
        }
    }
}
