// read io_core; bar, build: self.place

fn expansion() {
    match io_core::expansion::start(bar) {
        __p => {
            let __p = io_core::expansion::locate(__p, self.place);
            io_core::expansion::read_element(__p)
        }
    }
}
