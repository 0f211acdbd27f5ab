// Wrong assumption: a span keeps its page alive.
use io_core::vm::{Infallible, SharedPage, VmSpan};

fn memory() -> VmSpan<'static, Infallible> {
    let page = SharedPage::new().unwrap();
    page.span()
}

fn main() {}
