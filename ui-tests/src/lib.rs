//! What must not compile, and what must compile under hostile conditions.
//!
//! Tests only; trybuild asks for a library to hang its cases on.
