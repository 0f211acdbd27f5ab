//! A path with a literal index.
fn read(ring: io_core::Mmio<'_, [u32; 4]>) -> u32 {
    match ::io_core::__private::start(ring) {
        __p => {
            let __p = {
                __p.shape(|__a| {
                    let ([_, _, _, ..] | _) = __a;
                });
                __p.at(const {
                    use ::io_core::__private::NoIndex as _;
                    ::io_core::__private::BuildIndex(2).check()
                })
            };
            __p.read_val()
        }
    }
}
fn main() {}
