//! An architecture whose instructions nobody has written down here yet.

compile_error!(
    "io-mem knows the accesses and barriers of x86_64, aarch64, riscv64 and Armv7-M; \
     for another architecture add a file to io-mem/src/arch"
);
