//! Contains no code: the tests compare the expansions of macro calls.
