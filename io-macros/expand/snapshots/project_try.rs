// write io_core; regs, [try: i], value()

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::try_index(__io_core_view, i)?;
            io_core::expansion::write_element(__io_core_view, value())
        }
    }
}
