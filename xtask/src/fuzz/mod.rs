//! Fuzzing of the macros: coverage-guided token streams, each expansion of which is judged.
//!
//! The targets are built without cargo-fuzz, with the flags that it would pass: they are stable, so
//! the pinned compiler supports them. The address sanitizer is unstable and is left out: the macros
//! contain no unsafe code.

mod stats;

use std::fs;
use std::path::PathBuf;

use xtask_process::{Call, run};

use crate::counts;
use crate::project::Project;

use stats::Stats;

/// The targets, named like the functions that they call.
const TARGETS: [&str; 4] = ["project", "io_struct", "io_struct_attribute", "io_value"];

/// The flags that make the compiler count edges and pass comparisons to libFuzzer.
const INSTRUMENTED: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// The maximum number of bytes, which is about the number of tokens, of an input.
const LONGEST: &str = "-max_len=160";

/// The options of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The duration of all targets together, in seconds.
    pub(crate) seconds: u64,
    /// `true` if inputs that increase the coverage are kept in the repository.
    pub(crate) keep: bool,
    /// `true` if the inputs are the same in every run with this option.
    pub(crate) same: bool,
}

impl Plan {
    /// The options when the command line has none.
    pub(crate) const USUAL: Self = Self { seconds: 600, keep: false, same: false };

    /// Parses the words after `fuzz`.
    pub(crate) fn of(words: &[&str]) -> Result<Self, String> {
        words.iter().try_fold(Self::USUAL, |plan, word| match word.parse() {
            _ if *word == "--keep" => Ok(Self { keep: true, ..plan }),
            _ if *word == "--same" => Ok(Self { same: true, ..plan }),
            Ok(seconds) if seconds > 0 => Ok(Self { seconds, ..plan }),
            _ => Err(format!(
                "`fuzz` accepts a number of seconds, `--keep` and `--same`, not `{word}`"
            )),
        })
    }
}

/// Fuzzes each target for its share of the time, and prints the results as those of tests.
pub(crate) fn run(project: &Project, plan: Plan) -> Result<bool, String> {
    let host = run::answer(&Call::new("rustc", "--print host-tuple"), &project.root)?;
    let fuzzer = Fuzzer { project, host: host.trim().to_owned() };
    fuzzer.call(&fuzzer.build())?;
    println!("\nrunning {} tests", TARGETS.len());
    let mut failed = 0;
    for target in TARGETS {
        println!("\n# {target}");
        let result = fuzzer.fuzz(target, plan);
        if let (Ok(_), true) = (&result, plan.keep) {
            fuzzer.keep(target)?;
        }
        match result {
            Ok(stats) => println!("{stats}\ntest {target} ... ok"),
            Err(problem) => {
                println!("{problem}\ntest {target} ... FAILED");
                failed += 1;
            }
        }
    }
    println!("\n{}", counts::result_line(TARGETS.len() - failed, failed));
    Ok(failed == 0)
}

struct Fuzzer<'a> {
    project: &'a Project,
    host: String,
}

impl Fuzzer<'_> {
    /// Returns a separate folder, because no other build uses these flags.
    fn folder(&self) -> PathBuf {
        self.project.root.join(&self.project.target_dir).join("fuzz")
    }

    /// Returns the build command. It has `--target`, so that build scripts and proc macros are not
    /// instrumented.
    fn build(&self) -> Call {
        let line =
            "build --quiet --locked --release --manifest-path io-macros/fuzz/Cargo.toml --bins";
        let call = Call::new("cargo", line).words("--target").words(&self.host);
        let call = call.words("--target-dir").argument(self.folder().display().to_string());
        call.variable("RUSTFLAGS", INSTRUMENTED.join(" "))
    }

    /// Returns a call of libFuzzer.
    fn target(&self, target: &str) -> Call {
        let program = self.folder().join(&self.host).join("release").join(target);
        Call::new(&program.display().to_string(), LONGEST).variable("RUST_BACKTRACE", "0")
    }

    /// Returns a call of the program that converts between the corpus and libFuzzer's folders.
    fn corpus(&self, words: &str, folder: &str) -> Call {
        let call = Call::new("cargo", "run --quiet -p io-macros-oracle --bin corpus --");
        call.words(words).argument(folder.to_owned())
    }

    fn call(&self, call: &Call) -> Result<String, String> {
        let output = run::quiet(call, &self.project.root);
        match output.failure {
            None => Ok(output.stdout),
            Some(failure) => Err(format!("`{call}` {failure}; output:\n{}", output.all)),
        }
    }

    /// Creates an empty folder for a target.
    fn empty(&self, target: &str, name: &str) -> Result<String, String> {
        let folder = self.folder().join("work").join(target).join(name);
        let text = folder.display().to_string();
        // The folder does not exist the first time.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("cannot make {text}: {error}"))?;
        Ok(text)
    }

    fn fuzz(&self, target: &str, plan: Plan) -> Result<Stats, String> {
        let seconds = plan.seconds.div_ceil(TARGETS.len() as u64);
        let corpus = self.empty(target, "corpus")?;
        let found = self.empty(target, "found")?;
        self.call(&self.corpus(&format!("unpack {target}"), &corpus))?;
        let call = self.target(target).argument(corpus).words("-len_control=10 -timeout=10");
        let call = call.argument(format!("-max_total_time={seconds}"));
        let call = call.argument(format!("-artifact_prefix={found}/"));
        let call = if plan.same { call.words("-seed=1") } else { call };
        let output = run::quiet(&call, &self.project.root);
        match output.failure {
            None => Stats::of(&output.all),
            Some(failure) => Err(self.explain(target, &failure, &output.all)),
        }
    }

    /// Returns the information needed to fix a failure.
    fn explain(&self, target: &str, failure: &str, output: &str) -> String {
        // Without libFuzzer's header and progress lines.
        let output: Vec<&str> = output.lines().skip_while(|line| !line.is_empty()).collect();
        let smallest = self.smallest(target).unwrap_or_else(|problem| problem);
        format!(
            "{failure}; output:\n{}\n\nminimised input (add it to \
             io-macros/oracle/written/{target}.txt, after a comment that describes the error, and \
             fix the macro):\n{smallest}",
            output.join("\n")
        )
    }

    /// Returns the smallest input that still fails, as text.
    fn smallest(&self, target: &str) -> Result<String, String> {
        let found = self.folder().join("work").join(target).join("found");
        let input = fs::read_dir(&found).ok().and_then(|mut files| files.next()?.ok());
        let input = input.ok_or("libFuzzer kept no input")?.path();
        let small = self.empty(target, "small")?;
        let call = self.target(target).words("-minimize_crash=1 -max_total_time=4");
        let call = call.argument(format!("-exact_artifact_path={small}/input"));
        // This call always exits with a failure; if it found no smaller input, it writes no file.
        run::quiet(&call.argument(input.display().to_string()), &self.project.root);
        let small = self.call(&self.corpus("pack", &small))?;
        if small.is_empty() {
            self.call(&self.corpus("pack", &found.display().to_string()))
        } else {
            Ok(small)
        }
    }

    /// Keeps a minimal set of inputs that reaches all edges reached so far.
    fn keep(&self, target: &str) -> Result<(), String> {
        let corpus = self.folder().join("work").join(target).join("corpus");
        let few = self.empty(target, "few")?;
        let call = self.target(target).words("-set_cover_merge=1 -use_counters=0");
        self.call(&call.argument(few.clone()).argument(corpus.display().to_string()))?;
        let lines = self.call(&self.corpus("pack", &few))?;
        let file = self.project.root.join(format!("io-macros/oracle/reached/{target}.txt"));
        let text = format!("{KEPT}\n{lines}");
        fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }
}

/// The first line of each file of kept inputs.
const KEPT: &str =
    "// Found by `cargo xtask fuzz --keep`: a minimal set of inputs that reaches all covered code.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_parsed() {
        assert_eq!(Plan::of(&[]), Ok(Plan::USUAL));
        assert_eq!(Plan::of(&["30"]), Ok(Plan { seconds: 30, ..Plan::USUAL }));
        assert_eq!(Plan::of(&["--keep", "9"]), Ok(Plan { seconds: 9, keep: true, same: false }));
        assert_eq!(Plan::of(&["--same"]), Ok(Plan { same: true, ..Plan::USUAL }));
        for word in ["0", "-1", "1.5", "soon", "--kept"] {
            assert!(Plan::of(&[word]).is_err_and(|text| text.contains(word)), "{word}");
        }
    }

    #[test]
    fn every_target_has_its_source_and_inputs() {
        let root = Project::read().expect("a project").root;
        for target in TARGETS {
            for folder in ["fuzz/targets", "oracle/written", "oracle/reached"] {
                let ending = if folder.starts_with("fuzz") { "rs" } else { "txt" };
                let file = root.join(format!("io-macros/{folder}/{target}.{ending}"));
                assert!(file.is_file(), "{}", file.display());
            }
        }
    }

    #[test]
    fn only_the_targets_are_instrumented() {
        let fuzzer = Fuzzer { project: &Project::sample(), host: "host".to_owned() };
        let line = fuzzer.build().to_string();
        assert!(line.starts_with("RUSTFLAGS=") && line.contains("sancov-module"), "{line}");
        assert!(line.contains(" --target host --target-dir "), "{line}");
    }
}
