//! Memory files, which QEMU uses instead of files on disk.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::FileExt;

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

use crate::Error;

/// Creates an empty memory file, close-on-exec.
pub(crate) fn create(name: &str) -> Result<File, Error> {
    memfd_create(name, MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)
        .map(File::from)
        .map_err(Error::io("cannot create a memory file"))
}

/// Creates a memory file of `len` zero bytes. Its length can no longer be changed, even by QEMU, so
/// its pages stay valid as long as they are mapped.
pub(crate) fn create_sealed(name: &str, len: u64) -> Result<File, Error> {
    let file = create(name)?;
    file.set_len(len).map_err(Error::io("cannot size a memory file"))?;
    fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)
        .map_err(Error::io("cannot seal a memory file"))?;
    Ok(file)
}

/// Returns another descriptor of `file`, which QEMU inherits with the same number.
pub(crate) fn share(file: &File) -> Result<OwnedFd, Error> {
    file.try_clone().map(OwnedFd::from).map_err(Error::io("cannot duplicate a descriptor"))
}

/// Returns the path by which the process that inherits `fd` can reopen its file.
pub(crate) fn path(fd: &OwnedFd) -> String {
    format!("/proc/self/fd/{}", fd.as_raw_fd())
}

/// Returns the whole text without moving the file offset at which QEMU writes.
pub(crate) fn read_all(file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 1 << 14];
    loop {
        match file.read_at(&mut chunk, bytes.len() as u64) {
            Ok(0) => return Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Ok(n) => bytes.extend_from_slice(&chunk[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
