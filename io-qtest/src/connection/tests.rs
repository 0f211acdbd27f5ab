//! The protocol against a peer with predefined answers.

use alloc::sync::Arc;
use core::time::Duration;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Instant;

use super::peer::peer;
use super::{CHUNK, Connection, hex, shorten};
use crate::{Error, memfd};

const LIMIT: Duration = Duration::from_millis(100);

/// Returns the error of a `readw` that is answered with `line`.
fn protocol(line: &str) -> Error {
    Error::Protocol { command: "readw 0x10".to_owned(), line: line.to_owned() }
}

#[test]
fn stores_are_sent_as_commands() {
    let (bus, peer) = peer(&["OK\n"; 9]);
    assert_eq!(bus.writeb(0x1, 0xFE), Ok(()));
    assert_eq!(bus.writew(0x2, 0xFEDC), Ok(()));
    assert_eq!(bus.writel(0x4, 0xFEDC_BA98), Ok(()));
    assert_eq!(bus.writeq(0xFFFF_FFFF_FFFF_FFF8, u64::MAX), Ok(()));
    assert_eq!(bus.outb(0x1, 0xFE), Ok(()));
    assert_eq!(bus.outw(0x2, 0xFEDC), Ok(()));
    assert_eq!(bus.outl(0xFFFC, 0xFEDC_BA98), Ok(()));
    assert_eq!(bus.write(0x20, &[0x01, 0xAB]), Ok(()));
    assert_eq!(bus.write(0x20, &[]), Ok(()), "nothing is written");
    assert_eq!(bus.writeb(0, 0), Ok(()));
    let commands = [
        "writeb 0x1 0xfe",
        "writew 0x2 0xfedc",
        "writel 0x4 0xfedcba98",
        "writeq 0xfffffffffffffff8 0xffffffffffffffff",
        "outb 0x1 0xfe",
        "outw 0x2 0xfedc",
        "outl 0xfffc 0xfedcba98",
        "write 0x20 0x2 0x01ab",
        "writeb 0x0 0x0",
    ];
    assert_eq!(peer.join().unwrap(), commands);
}

#[test]
fn loads_are_parsed_from_answers() {
    let (bus, peer) = peer(&[
        "OK 0x00fe\n",
        "OK 0x000000000000fedc\n",
        "OK 0xFEDCBA98\n",
        "OK 0xffffffffffffffff\n",
        "OK 0x00ff\n",
        "OK 0x0\n",
        "OK 0x1\n",
        "OK 0x0a1B\n",
    ]);
    assert_eq!(bus.readb(0x1), Ok(0xFE));
    assert_eq!(bus.readw(0x2), Ok(0xFEDC));
    assert_eq!(bus.readl(0x4), Ok(0xFEDC_BA98));
    assert_eq!(bus.readq(0x8), Ok(u64::MAX));
    assert_eq!(bus.inb(0x1), Ok(0xFF));
    assert_eq!(bus.inw(0x2), Ok(0));
    assert_eq!(bus.inl(0xFFFC), Ok(1));
    let mut bytes = [0; 2];
    assert_eq!(bus.read(0x20, &mut bytes), Ok(()));
    assert_eq!(bytes, [0x0A, 0x1B]);
    assert_eq!(bus.read(0x20, &mut []), Ok(()), "nothing is read");
    assert_eq!(bus.check(), Ok(()));
    let commands = [
        "readb 0x1",
        "readw 0x2",
        "readl 0x4",
        "readq 0x8",
        "inb 0x1",
        "inw 0x2",
        "inl 0xfffc",
        "read 0x20 0x2",
    ];
    assert_eq!(peer.join().unwrap(), commands);
}

#[test]
fn unknown_answers_are_protocol_errors() {
    for line in [
        "FAIL Unknown command 'x'",
        "ERR",
        "OK",
        "OK 0x",
        "OK 12",
        "OK 0x10000",
        "OK 0x1 0x2",
        "OK0x1",
        "",
        "\u{FFFD}",
    ] {
        let (bus, peer) = peer(&[&format!("{line}\n"), "OK 0x1\n"]);
        assert_eq!(bus.readw(0x10), Err(protocol(line)));
        // No further command is sent, although the peer could answer it.
        assert_eq!(bus.readl(0x20), Err(protocol(line)));
        assert_eq!(bus.write(0x20, &[1]), Err(protocol(line)));
        assert_eq!(bus.check(), Err(protocol(line)));
        drop(bus);
        assert_eq!(peer.join().unwrap(), ["readw 0x10"]);
    }
}

#[test]
fn an_unexpected_value_is_a_protocol_error() {
    for answer in ["OK 0x1\n", "OK \n", "OKAY\n"] {
        let (bus, _peer) = peer(&[answer]);
        let error = bus.writeb(0, 0).unwrap_err();
        assert!(matches!(error, Error::Protocol { .. }), "{error}");
    }
}

#[test]
fn a_wrong_number_of_bytes_is_a_protocol_error() {
    for answer in ["OK 0x0102\n", "OK 0x01020304\n", "OK 0x0102030\n", "OK 0x01020g\n"] {
        let (bus, _peer) = peer(&[answer]);
        let error = bus.read(0, &mut [0; 3]).unwrap_err();
        assert!(matches!(error, Error::Protocol { .. }), "{error}");
    }
}

#[test]
fn interrupt_lines_are_skipped() {
    let (bus, peer) = peer(&[
        "IRQ raise 1\nIRQ lower 1\nOK 0x2\nIRQ raise 3\nIR",
        "Q lower 3\nOK 0x4\nI",
        "RQ raise 5\nOK 0x6\n",
    ]);
    assert_eq!(bus.readw(0x10), Ok(2));
    assert_eq!(bus.readw(0x10), Ok(4));
    assert_eq!(bus.readw(0x10), Ok(6));
    peer.join().unwrap();
}

#[test]
fn a_second_answer_is_a_protocol_error() {
    for more in ["OK 0x2\n", "IRQ raise 1\nOK 0x2\n", "O"] {
        let (bus, peer) = peer(&[&format!("OK 0x1\n{more}"), "OK 0x3\n"]);
        let error = protocol(&format!("OK 0x1; {more}"));
        assert_eq!(bus.readw(0x10), Err(error.clone()));
        assert_eq!(bus.readw(0x10), Err(error));
        drop(bus);
        peer.join().unwrap();
    }
}

#[test]
fn an_incomplete_answer_times_out() {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let stderr = Arc::new(memfd::create("test-stderr").unwrap());
    let bus = Connection::new(ours, stderr);
    bus.set_timeout(LIMIT).unwrap();
    theirs.write_all(b"OK 0x1").unwrap();
    let timeout = Error::Timeout { command: "readw 0x10".to_owned(), after: LIMIT };
    let start = Instant::now();
    assert_eq!(bus.readw(0x10), Err(timeout.clone()));
    assert!(start.elapsed() >= LIMIT);
    // The rest of the answer arrives late.
    theirs.write_all(b"\n").unwrap();
    assert_eq!(bus.readw(0x10), Err(timeout));
}

#[test]
fn a_peer_that_never_reads_causes_a_timeout() {
    let (ours, _theirs) = UnixStream::pair().unwrap();
    let stderr = Arc::new(memfd::create("test-stderr").unwrap());
    let bus = Connection::new(ours, stderr);
    bus.set_timeout(LIMIT).unwrap();
    rustix::net::sockopt::set_socket_send_buffer_size(stream(&bus), 4096).unwrap();
    let error = bus.write(0, &[0; 64 * CHUNK]).unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert!(error.to_string().len() < 300, "a long command is cut");
}

#[test]
fn a_closed_connection_is_an_error() {
    let (bus, peer) = peer(&["OK 0x1\n"]);
    assert_eq!(bus.readw(0x10), Ok(1));
    peer.join().unwrap();
    let closed = Error::Closed { command: "readw 0x10".to_owned(), stderr: String::new() };
    assert_eq!(bus.readw(0x10), Err(closed.clone()));
    assert_eq!(bus.failure(), Some((closed.clone(), false)));
    assert_eq!(bus.check(), Err(closed.clone()));
    assert_eq!(bus.failure(), Some((closed, true)));
}

#[test]
fn a_poisoned_lock_is_ignored() {
    let (bus, peer) = peer(&["OK 0x1\n"]);
    let panic = thread::scope(|scope| {
        let holder = scope.spawn(|| {
            let _held = bus.hold();
            panic!("with the lock held");
        });
        holder.join()
    });
    assert!(panic.is_err());
    assert_eq!(bus.readw(0x10), Ok(1));
    peer.join().unwrap();
}

#[test]
fn bytes_are_hexadecimal_and_long_text_is_shortened() {
    assert_eq!(hex(&[0x00, 0x9F, 0xFF]), "0x009fff");
    assert_eq!(shorten("short"), "short");
    assert_eq!(shorten(&"ä".repeat(201)), format!("{}...", "ä".repeat(200)));
}

fn stream(bus: &Connection) -> UnixStream {
    bus.hold().0.stream.try_clone().unwrap()
}
