//! A path of one step.
struct Regs {
    ctrl: u32,
}
fn project(regs: io_core::Mmio<'_, Regs>) {
    ::io_core::__private::project_field(
        regs,
        const {
            let __b = ::io_core::__private::base();
            unsafe { ::io_core::__private::offset(__b, &raw const (*__b.at).ctrl) }
        },
    );
}
fn main() {}
