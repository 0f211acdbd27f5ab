//! Code that must not compile, and code that must compile under adverse conditions.
//!
//! Contains only tests; trybuild requires a library.
