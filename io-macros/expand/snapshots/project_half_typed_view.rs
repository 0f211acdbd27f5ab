// read io_core; self.

fn expansion() {
    match io_core::expansion::start(self.missing_field_name) {
        __io_core_view => loop {}
    }
}
