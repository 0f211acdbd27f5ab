//! Ownership of QEMU, and its termination when the owner ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, getpid, set_child_subreaper, waitid};

use io_qtest::{Connection, Error, GuestRam, Machine, Qemu};

use crate::{edu, exists, machine, wait_until};

const OWNER: &str = "IO_QTEST_OWNER";

#[test]
fn two_machines_run_independently() {
    let run = |n: u32| -> Result<(), Error> {
        let qemu = machine().trace(true).start()?;
        let (_, bar) = edu(&qemu)?;
        for value in (0..400).map(|i| i * 2 + n) {
            qemu.connection().writel(bar.address + 4, value)?;
            assert_eq!(qemu.connection().readl(bar.address + 4)?, !value);
        }
        assert_eq!(qemu.accesses("edu-mmio")?.len(), 800);
        qemu.finish()
    };
    thread::scope(|scope| {
        let threads = [0, 1].map(|n| scope.spawn(move || run(n)));
        for thread in threads {
            assert_eq!(thread.join().unwrap(), Ok(()));
        }
    });
}

#[test]
fn many_threads_share_a_machine() -> Result<(), Error> {
    let qemu = Machine::q35().start()?;
    thread::scope(|scope| {
        for n in 0..4_u64 {
            let bus = qemu.connection();
            scope.spawn(move || {
                let at = 0x10_0000 + n * 8;
                for value in (0..500).map(|i| i * 4 + n) {
                    bus.writeq(at, value).unwrap();
                    assert_eq!(bus.readq(at), Ok(value));
                }
            });
        }
    });
    qemu.finish()
}

#[test]
fn a_machine_outlives_the_thread_that_started_it() -> Result<(), Error> {
    let qemu = thread::spawn(|| machine().start()).join().unwrap()?;
    // Waits long enough for the kernel to deliver a signal, which must not be sent.
    thread::sleep(core::time::Duration::from_millis(100));
    let (_, bar) = edu(&qemu)?;
    assert_eq!(qemu.connection().readl(bar.address)?, 0x0100_00ED);
    let pid = qemu.pid();
    let finished = thread::spawn(move || qemu.finish()).join().unwrap();
    assert!(!exists(pid));
    finished
}

#[test]
fn ram_outlives_the_machine() -> Result<(), Error> {
    let qemu = Machine::q35().start()?;
    qemu.connection().writeb(0x10_0000, 0x77)?;
    let ram = qemu.ram().clone();
    qemu.finish()?;
    let byte = ram.base().as_ptr().wrapping_add(0x10_0000);
    // SAFETY: the pointer is inside the mapping, which `ram` keeps.
    assert_eq!(unsafe { byte.read_volatile() }, 0x77);
    Ok(())
}

#[test]
fn handles_are_send_and_sync() {
    fn shared<T: Send + Sync>() {}
    shared::<Qemu>();
    shared::<Connection>();
    shared::<GuestRam>();
    shared::<Error>();
}

#[test]
fn the_virtual_cpu_uses_no_processor_time() -> Result<(), Error> {
    let qemu = machine().start()?;
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", qemu.pid())).unwrap();
        // User and system time, in 1/100 s.
        let fields = stat.split(' ').skip(13).take(2);
        fields.map(|field| field.parse::<u32>().unwrap()).sum::<u32>()
    };
    let before = ticks();
    thread::sleep(core::time::Duration::from_millis(400));
    assert!(ticks() - before < 10);
    qemu.finish()
}

#[test]
fn qemu_has_no_file_on_disk() -> Result<(), Error> {
    let qemu = machine().trace(true).start()?;
    let open = std::fs::read_dir(format!("/proc/{}/fd", qemu.pid())).unwrap();
    let files: Vec<_> = open
        .filter_map(|fd| std::fs::read_link(fd.unwrap().path()).ok())
        .filter(|target| target.is_absolute() && !target.starts_with("/dev/null"))
        .collect();
    assert!(files.len() >= 4, "firmware, RAM, log, stderr: {files:?}");
    for file in files {
        let name = file.to_str().unwrap();
        assert!(name.starts_with("/memfd:io-qtest-"), "{name}");
    }
    qemu.finish()
}

/// Not a separate test: the owner process, which the next test kills.
#[test]
fn owner_process() -> Result<(), Error> {
    if std::env::var_os(OWNER).is_none() {
        return Ok(());
    }
    let qemu = machine().start()?;
    println!("\npid {}", qemu.pid());
    let mut rest = Vec::new();
    // No input arrives, because the test holds the other end of the pipe open.
    std::io::stdin().read_to_end(&mut rest).unwrap();
    qemu.finish()
}

#[test]
fn killing_the_owner_ends_qemu() {
    // Orphans become children of this process, so that their end can be observed.
    set_child_subreaper(Some(getpid())).unwrap();
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ownership::owner_process", "--nocapture"])
        .env(OWNER, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let pid: i32 = lines
        .map(Result::unwrap)
        .find_map(|line| line.strip_prefix("pid ")?.parse().ok())
        .expect("the owner prints a pid");
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap();
    assert!(name.starts_with("qemu-system"), "{name}");
    let qemu = Pid::from_raw(pid).unwrap();
    owner.kill().unwrap();
    owner.wait().unwrap();
    wait_until("end of QEMU", || {
        let ended = waitid(WaitId::Pid(qemu), WaitIdOptions::EXITED | WaitIdOptions::NOHANG);
        let status = ended.expect("QEMU was reparented to this process");
        status.is_some_and(|status| {
            assert_eq!(status.terminating_signal(), Some(Signal::KILL.as_raw()));
            true
        })
    });
}
