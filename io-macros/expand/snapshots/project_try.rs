// write io_core; regs, [try: i], value()

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::try_index(__p, i)?;
            io_core::expansion::write_element(__p, value())
        }
    }
}
