// update io_core; regs, [build: N - 1], |v| v | 1

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::at(
                __io_core_view,
                const {
                    use io_core::expansion::NoIndex as _;
                    io_core::expansion::BuildIndex(N - 1).check()
                },
            );
            io_core::expansion::update_element(__io_core_view, |v| v | 1)
        }
    }
}
