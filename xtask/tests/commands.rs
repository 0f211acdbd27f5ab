//! Tests of whole commands on machines made of scripts: nothing is actually installed or built.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

/// Keeps its toolchains in files; refuses to install anything while a file `refuse` exists.
const RUSTUP: &str = r#"
echo "rustup $*" >>"$STATE/log"
case "$1 $2" in
  "toolchain list") while read -r line; do echo "$line"; done <"$STATE/toolchains"; exit;;
  *" list") while read -r line; do echo "$line"; done <"$STATE/$5.$1"; exit;;
esac
if [ -e "$STATE/refuse" ]; then echo "the server is away" >&2; exit 1; fi
case "$1 $2" in
  "toolchain install")
    name=$3
    echo "$name-host" >>"$STATE/toolchains"; : >>"$STATE/$name.component"
    while [ $# -gt 0 ]; do
      case "$1" in --component | --target) echo "$2" >>"$STATE/$name.${1#--}";; esac
      shift
    done;;
  *" add") kind=$1 name=$4; shift 4; for part; do echo "$part-host" >>"$STATE/$name.$kind"; done;;
esac
"#;

const APT_GET: &str = r#"
echo "apt-get $*" >>"$STATE/log"
if [ "$1" = install ]; then
  for part; do
    case "$part" in
      qemu-system-x86) : >"$STATE/bin/qemu-system-x86_64";;
      g++) : >"$STATE/bin/c++";;
      gcc)
        echo '#!/bin/sh' >"$STATE/bin/cc"; echo "echo /lib/libc.a" >>"$STATE/bin/cc"
        command -p chmod +x "$STATE/bin/cc";;
      qemu-user) for guest in aarch64 riscv64 arm; do : >"$STATE/bin/qemu-$guest"; done;;
      gcc-*)
        gcc=$STATE/bin/${part#gcc-}-gcc
        echo '#!/bin/sh' >"$gcc"; echo "echo /lib/libc.a" >>"$gcc"; command -p chmod +x "$gcc";;
    esac
  done
fi
"#;

/// Prints the path of its C library.
const GCC: &str = "echo /lib/libc.a";

/// Fails to format, and succeeds at everything else; must not inherit a toolchain from the outer
/// cargo.
const CARGO: &str = r#"
case "$*" in
  *" expand --version") [ -e "$STATE/cargo-expand" ]; exit;;
  *" fetch --locked --offline "*) [ -e "$STATE/library" ]; exit;;
esac
echo "cargo $*" >>"$STATE/log"
[ -z "$RUSTUP_TOOLCHAIN$CARGO_PKG_NAME" ] || exit 9
case "$*" in
  *" install cargo-expand "*) : >"$STATE/cargo-expand";;
  *" install mdbook "*)
    echo '#!/bin/sh' >"$STATE/bin/mdbook"; command -p chmod +x "$STATE/bin/mdbook";;
  *" fetch "*) : >"$STATE/library";;
  "fmt "*) echo "Diff in somewhere"; exit 1;;
  *"--doc") echo "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured";;
  "test "*)
    echo "test result: ok. 30 passed; 0 failed; 0 ignored; 0 measured"
    echo "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured";;
esac
"#;

/// Prints the path of its library, and the machine that it compiles for.
const RUSTC: &str = "echo /sysroot; echo host";

/// A machine that has only the given programs.
struct Machine(PathBuf);

impl Machine {
    fn new(name: &str, programs: &[(&str, &str)]) -> Self {
        let machine = Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
        // Left from an earlier run; the folder does not exist the first time.
        let _ = fs::remove_dir_all(&machine.0);
        fs::create_dir_all(machine.0.join("bin")).expect("a folder");
        for file in ["log", "toolchains"] {
            machine.write(file, "");
        }
        for (name, script) in programs {
            let path = format!("bin/{name}");
            machine.write(&path, &format!("#!/bin/sh\n{script}"));
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(machine.0.join(path), mode).expect("a program");
        }
        machine
    }

    /// A machine on which `setup` has run, with an empty log.
    fn ready(name: &str) -> Self {
        let programs = [
            ("rustup", RUSTUP),
            ("qemu-system-x86_64", ""),
            ("c++", ""),
            ("cc", GCC),
            ("qemu-aarch64", ""),
            ("qemu-riscv64", ""),
            ("qemu-arm", ""),
            ("riscv64-linux-gnu-gcc", GCC),
            ("arm-linux-gnueabihf-gcc", GCC),
            ("cargo", CARGO),
            ("rustc", RUSTC),
            ("id", "echo 0"),
        ];
        let machine = Self::new(name, &programs);
        assert!(machine.run("setup").0 == Some(0));
        machine.write("log", "");
        machine
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).expect("a file");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).expect("a file")
    }

    /// Returns the commands that installed something.
    fn got(&self) -> Vec<String> {
        let log = self.read("log");
        log.lines().filter(|line| !line.contains(" list")).map(str::to_owned).collect()
    }

    /// Returns exit status, standard output and standard error.
    fn run(&self, arguments: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments.split_whitespace())
            .env("PATH", self.0.join("bin"))
            .env("STATE", &self.0)
            .env("RUSTUP_TOOLCHAIN", "outer")
            .output()
            .expect("xtask runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

#[test]
fn setup_installs_everything_once() {
    let programs = [
        ("rustup", RUSTUP),
        ("apt-get", APT_GET),
        ("id", "echo 0"),
        ("cargo", CARGO),
        ("rustc", RUSTC),
    ];
    let machine = Machine::new("bare", &programs);
    let (status, stdout, _) = machine.run("setup");
    assert_eq!(status, Some(0), "{stdout}");
    let got = machine.got();
    assert_eq!(got[0], "apt-get update");
    assert_eq!(got[1], "apt-get install -y --no-install-recommends qemu-system-x86");
    assert_eq!(got[2..4], ["apt-get update", "apt-get install -y --no-install-recommends g++"]);
    let gcc = "apt-get install -y --no-install-recommends gcc libc6-dev";
    assert_eq!(got[4..6], ["apt-get update", gcc]);
    let got = &got[6..];
    assert!(got[0].starts_with("rustup toolchain install 1."), "{got:?}");
    assert!(got[0].contains("--component clippy") && got[0].contains("--target thumbv7em"));
    assert!(got[1].starts_with("rustup toolchain install 1."), "{got:?}");
    assert!(
        got[2].starts_with("rustup toolchain install nightly-2026-10-29 ")
            && got[2].contains("miri")
    );
    assert!(got[3].contains(" install cargo-expand --locked "), "{got:?}");
    assert!(got[4].contains(" install mdbook --locked "), "{got:?}");
    assert!(got[5].contains(" fetch --locked --target host --manifest-path /sysroot/"), "{got:?}");
    let install = "apt-get install -y --no-install-recommends qemu-user";
    let riscv64 = format!("{install} gcc-riscv64-linux-gnu libc6-dev-riscv64-cross");
    let arm = format!("{install} gcc-arm-linux-gnueabihf libc6-dev-armhf-cross");
    for (got, (install, target)) in got[6..].chunks(3).zip([
        (install, "aarch64-unknown-linux-musl"),
        (&riscv64, "riscv64gc-unknown-linux-gnu"),
        (&arm, "armv7-unknown-linux-gnueabihf"),
    ]) {
        assert_eq!(got[..2], ["apt-get update", install]);
        assert!(got[2].starts_with("rustup target add --toolchain 1."), "{got:?}");
        assert!(got[2].ends_with(target), "{got:?}");
    }
    assert_eq!(got.len(), 6 + 3 * 3, "{got:?}");

    machine.write("log", "");
    assert_eq!(machine.run("setup").0, Some(0));
    assert_eq!(machine.got(), Vec::<String>::new(), "the second run installs nothing");
}

#[test]
fn setup_installs_only_missing_tools() {
    let machine = Machine::ready("parts");
    machine.write("nightly-2026-10-29.component", "miri-host\n");
    let toolchains = machine.read("toolchains");
    let pinned = toolchains.lines().next().and_then(|line| line.strip_suffix("-host"));
    let pinned = pinned.expect("the pinned toolchain is installed first");
    let there = "riscv64gc-unknown-none-elf\naarch64-unknown-linux-musl\n\
                 armv7-unknown-linux-gnueabihf\n";
    machine.write(&format!("{pinned}.target"), there);
    assert_eq!(machine.run("setup").0, Some(0));
    let targets = "thumbv7em-none-eabihf aarch64-unknown-none aarch64-unknown-none-softfloat \
                   x86_64-unknown-none";
    assert_eq!(
        machine.got(),
        [
            format!("rustup target add --toolchain {pinned} {targets}"),
            "rustup component add --toolchain nightly-2026-10-29 rust-src".to_owned(),
            format!("rustup target add --toolchain {pinned} riscv64gc-unknown-linux-gnu"),
        ]
    );
}

#[test]
fn failed_installations_are_reported_and_the_rest_is_tried() {
    let machine = Machine::ready("refuse");
    machine.write("refuse", "");
    machine.write("toolchains", "stable-host\n");
    let (status, stdout, _) = machine.run("setup");
    assert_eq!(status, Some(1));
    assert_eq!(machine.got().len(), 6, "each toolchain is tried, the pinned one for each guest");
    assert_eq!(stdout.matches("==== setup failed ====").count(), 6, "{stdout}");
    let error = "cannot install the toolchain nightly-2026-10-29: `rustup toolchain install nightly-2026-10-29 --profile \
                 minimal --no-self-update --component miri --component rust-src` ended with exit \
                 status: 1; output:\nthe server is away";
    assert!(stdout.contains(error), "{stdout}");
}

#[test]
fn a_component_missing_after_installation_is_an_error() {
    let machine = Machine::ready("liar");
    let script = RUSTUP.replace("part; do echo", "part; do : ");
    machine.write("bin/rustup", &format!("#!/bin/sh\n{script}"));
    machine.write("nightly-2026-10-29.component", "rust-src\n");
    let (status, stdout, _) = machine.run("setup");
    assert_eq!(status, Some(1));
    assert!(stdout.contains("nightly-2026-10-29 still lacks miri"), "{stdout}");
}

/// A guest whose tools cannot be installed is one failure that names what is missing; the others
/// are ready.
#[test]
fn missing_tools_of_a_guest_do_not_affect_other_guests() {
    let machine = Machine::ready("guest");
    machine.write("bin/riscv64-linux-gnu-gcc", "#!/bin/sh\necho libc.a\n");
    let (status, stdout, _) = machine.run("test qemu-aarch64 qemu-riscv64 qemu-arm");
    assert_eq!(status, Some(1));
    assert!(
        stdout.contains("riscv64-linux-gnu-gcc with a static C library is missing"),
        "{stdout}"
    );
    assert_eq!(stdout.matches("==== setup failed ====").count(), 1, "{stdout}");
    assert!(stdout.contains("with armv7-unknown-linux-gnueabihf: ready"), "{stdout}");
}

#[test]
fn without_root_the_missing_package_is_reported() {
    let programs = [("rustup", RUSTUP), ("apt-get", APT_GET), ("id", "echo 1000")];
    let machine = Machine::new("user", &programs);
    let (status, stdout, _) = machine.run("setup");
    assert_eq!(status, Some(1));
    assert!(stdout.contains("Install the package qemu-system-x86"), "{stdout}");
    assert!(machine.got().iter().all(|line| !line.starts_with("apt-get")));
}

#[test]
fn a_failed_suite_does_not_stop_the_others() {
    let machine = Machine::ready("suites");
    let (status, stdout, stderr) = machine.run("test doctest test fmt clippy");
    assert_eq!(status, Some(1), "{stdout}{stderr}");
    assert_eq!(stdout.lines().last(), Some("46 passed, 1 failed"), "{stdout}");
    let table: Vec<Vec<&str>> = stdout
        .lines()
        .skip_while(|line| !line.starts_with("suite "))
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(table[1][..4], ["setup", "ok", "1", "check"]);
    assert_eq!(table[2][..4], ["fmt", "FAILED", "1", "check"]);
    assert_eq!(table[3][..4], ["clippy", "ok", "1", "check"]);
    assert_eq!(table[4][..4], ["test", "ok", "42", "tests"]);
    assert_eq!(table[5][..6], ["doctest", "ok", "2", "tests,", "1", "ignored"]);
    let problem = "==== fmt failed ====\n`cargo fmt --all --check`\nended with exit status: 1; \
                   output:\nDiff in somewhere\n";
    assert!(stdout.contains(problem), "{stdout}");
    assert_eq!(machine.got().len(), 5, "fmt has two commands, the others one");
}

#[test]
fn a_successful_run_installs_only_what_it_needs() {
    let machine = Machine::ready("good");
    let (status, stdout, stderr) = machine.run("test clippy msrv");
    assert_eq!(status, Some(0), "{stdout}{stderr}");
    assert_eq!(stdout.lines().last(), Some("3 passed, 0 failed"));
    assert!(!stdout.contains("failed ===="), "{stdout}");
    assert!(!machine.read("log").contains("nightly"));
}

#[test]
fn a_failed_setup_is_one_failure_and_suites_still_run() {
    let machine = Machine::ready("half");
    fs::remove_file(machine.0.join("bin/qemu-system-x86_64")).expect("it was there");
    let (status, stdout, _) = machine.run("test test clippy");
    assert_eq!(status, Some(1));
    assert_eq!(stdout.lines().last(), Some("43 passed, 1 failed"), "{stdout}");
}

#[test]
fn invalid_arguments_run_nothing() {
    let machine = Machine::ready("unknown");
    for arguments in
        ["tset", "test fmt nosuch", "test --fast", "codegen --save", "codegen --compare"]
    {
        let (status, stdout, stderr) = machine.run(arguments);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments}");
        assert!(stderr.starts_with("error: "), "{arguments}: {stderr}");
    }
    assert_eq!(machine.read("log"), "");
}
