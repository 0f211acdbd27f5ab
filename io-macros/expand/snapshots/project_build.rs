// update io_core; regs, [build: N - 1], |v| v | 1

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::at(
                __p,
                const {
                    use io_core::expansion::NoIndex as _;
                    io_core::expansion::BuildIndex(N - 1).check()
                },
            );
            io_core::expansion::update_element(__p, |v| v | 1)
        }
    }
}
