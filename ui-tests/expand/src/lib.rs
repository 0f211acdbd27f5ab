//! No code: the tests compare what users' calls of the macros expand to.
