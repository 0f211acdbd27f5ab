//! A thermometer that does not exist: the example of the book's chapter "Testing without hardware",
//! which contains the sources of driver and model. A test compares the two.

mod driver;
#[cfg(feature = "sim")]
mod model;

pub use driver::{Thermometer, measure};
#[cfg(feature = "sim")]
pub use model::model;
