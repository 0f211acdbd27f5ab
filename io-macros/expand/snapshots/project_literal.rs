// read io_core; regs, [1]

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = {
                __p.shape(|__a| {
                    let ([_, _, ..] | _) = __a;
                });
                __p.at(const {
                    use io_core::__private::NoIndex as _;
                    io_core::__private::BuildIndex(1).check()
                })
            };
            __p.read_val()
        }
    }
}
