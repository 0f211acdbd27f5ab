// read io_core; bar, build: self.place

fn expansion() {
    match io_core::expansion::start(bar) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::locate(__io_core_view, self.place);
            io_core::expansion::read_element(__io_core_view)
        }
    }
}
