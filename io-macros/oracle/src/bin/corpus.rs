//! Converts between the corpus, which is readable text, and the fuzzer's folders, which contain one
//! file of bytes for each input.
//!
//! ```text
//! corpus unpack LANGUAGE FOLDER   writes the inputs of a language into a folder
//! corpus pack FOLDER              prints the inputs of a folder, an input a line, the short first
//! ```

use std::{env, fs, io, path::Path, process::ExitCode};

use io_macros_oracle::{Coding, Language, text};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let language = |name| Language::ALL.into_iter().find(|language| language.name() == name);
    let done = match words[..] {
        ["unpack", name, folder] => match language(name) {
            Some(language) => unpack(language, folder.as_ref()),
            None => Err(io::Error::other("unknown language")),
        },
        ["pack", folder] => pack(folder.as_ref()),
        _ => {
            eprintln!("usage: corpus unpack LANGUAGE FOLDER, or corpus pack FOLDER");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", words.join(" "));
            ExitCode::FAILURE
        }
    }
}

fn unpack(language: Language, folder: &Path) -> io::Result<()> {
    let coding = Coding::default();
    fs::create_dir_all(folder)?;
    let inputs = language.written().into_iter().chain(language.reached());
    for (i, input) in inputs.enumerate() {
        fs::write(folder.join(format!("seed-{i}")), coding.encode(input))?;
    }
    Ok(())
}

fn pack(folder: &Path) -> io::Result<()> {
    let coding = Coding::default();
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        lines.push(text(coding.decode(&fs::read(entry?.path())?)));
    }
    lines.sort_by_key(|line| (line.len(), line.clone()));
    lines.dedup();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        println!("{line}");
    }
    Ok(())
}
