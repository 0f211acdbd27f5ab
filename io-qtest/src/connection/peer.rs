//! A substitute for QEMU in tests.

use alloc::sync::Arc;
use core::time::Duration;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};

use super::Connection;
use crate::memfd;

/// Starts a peer that sends one answer for each line, then hangs up (without answers it stays
/// silent). The thread returns the received lines.
pub(crate) fn peer(answers: &[&str]) -> (Connection, JoinHandle<Vec<String>>) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let answers: Vec<String> = answers.iter().map(ToString::to_string).collect();
    let thread = thread::spawn(move || {
        let mut lines = BufReader::new(&theirs).lines().map_while(Result::ok);
        let heard = answers.iter().map_while(|answer| {
            let line = lines.next()?;
            (&theirs).write_all(answer.as_bytes()).ok()?;
            Some(line)
        });
        heard.collect()
    });
    let stderr = Arc::new(memfd::create("test-stderr").unwrap());
    let connection = Connection::new(ours, stderr);
    connection.set_timeout(Duration::from_secs(10)).unwrap();
    (connection, thread)
}
