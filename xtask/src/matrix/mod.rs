//! The build matrix: checks that a program of every build form recovers from faults.
//!
//! An access can recover because of a section that the program never names; the optimiser and the
//! linker decide whether that section is present, complete and correct. Therefore a program that
//! faults on purpose (`ui-tests/faults`) is built in every form, its file is inspected to check
//! that it has that form, and it is run.

mod form;
mod image;

use core::time::Duration;
use std::fs;
use std::path::{Path, PathBuf};

use xtask_process::{Call, run};

use crate::counts;
use crate::project::Project;

use form::Form;
use image::Image;

/// A time limit that a slow machine does not exceed; a fault without recovery may repeat forever.
const LIMIT: Duration = Duration::from_secs(60);

/// Builds and runs the named forms, or all forms without a name; prints the results as those of
/// tests.
pub(crate) fn run(project: &Project, names: &[String]) -> Result<bool, String> {
    let forms = chosen(names)?;
    let bench = Bench::new(project)?;
    println!("running {} tests", forms.len());
    let (mut table, mut failed) = (String::new(), 0);
    let mut before: Option<String> = None;
    for form in &forms {
        println!("\n# {}", form.name);
        let result = bench.of(form, before.as_deref()).map(|(image, line)| {
            let (shape, rows) = (image.shape, image.rows);
            let row = format!("{:<15} {shape:<32} {rows:>4} rows  {line}\n", form.name);
            before = Some(line);
            row
        });
        let word = if result.is_ok() { "ok" } else { "FAILED" };
        println!("test {} ... {word}", form.name);
        failed += usize::from(result.is_err());
        table += &result.unwrap_or_else(|problem| {
            eprintln!("{problem}");
            format!("{:<15} FAILED\n", form.name)
        });
    }
    println!("\n{table}\n{}", counts::result_line(forms.len() - failed, failed));
    Ok(failed == 0)
}

/// Returns the problem of one form; the text is empty if the form is correct.
pub(crate) fn problems(project: &Project, name: &str) -> Result<String, String> {
    let bench = Bench::new(project)?;
    let mut forms = chosen(&[name.to_owned()])?.into_iter();
    Ok(forms.find_map(|form| bench.of(form, None).err()).unwrap_or_default())
}

/// Returns the forms with these names, in the order of the list; all forms without a name.
fn chosen(names: &[String]) -> Result<Vec<&'static Form>, String> {
    if let Some(unknown) = names.iter().find(|name| form::all().all(|form| form.name != **name)) {
        let known: Vec<&str> = form::all().map(|form| form.name).collect();
        return Err(format!("unknown form `{unknown}`; the forms are: {}", known.join(", ")));
    }
    let is_chosen = |form: &Form| names.is_empty() || names.iter().any(|name| name == form.name);
    Ok(form::all().filter(|form| is_chosen(form)).collect())
}

/// The environment in which forms are built and run.
struct Bench<'a> {
    project: &'a Project,
    /// The compiler's name of the host.
    host: String,
    /// A separate folder for the matrix, so that other builds are not affected.
    folder: PathBuf,
}

impl<'a> Bench<'a> {
    fn new(project: &'a Project) -> Result<Self, String> {
        if !cfg!(target_os = "linux") {
            return Err("programs recover from faults on Linux only".to_owned());
        }
        let ask = Call::new("rustc", "").argument(format!("+{}", project.channel));
        let host = run::answer(&ask.words("--print host-tuple"), &project.root)?;
        let folder = project.root.join(&project.target_dir).join("matrix");
        let forms = folder.join("forms");
        fs::create_dir_all(&forms)
            .map_err(|error| format!("cannot create {}: {error}", forms.display()))?;
        Ok(Self { project, host: host.trim().to_owned(), folder })
    }

    /// Builds a form and runs it; returns the properties of its file and its output.
    fn of(&self, form: &Form, before: Option<&str>) -> Result<(Image, String), String> {
        let root = &self.project.root;
        let folder = self.folder.display().to_string();
        let built = self.folder.join(form.program(&self.host));
        // An older file is removed, so that a file that exists afterwards has this form.
        forget(&built)?;
        let build = form.build(&self.host, &folder);
        let output = run::quiet(&build, root);
        if let Some(failure) = output.failure {
            return Err(format!("`{build}` {failure}; output:\n{}", output.all));
        }
        let program = self.folder.join("forms").join(form.name);
        // Kept for inspection.
        let bytes =
            fs::copy(&built, &program).and_then(|_| fs::read(&program)).map_err(|error| {
                format!("cannot copy {} to {}: {error}", built.display(), program.display())
            })?;
        let image = Image::of(&bytes)?;
        if image.shape != form.shape {
            let (found, expected) = (image.shape, form.shape);
            return Err(format!(
                "does not have the form `{}`: expected {expected:?}, found {found:?}",
                form.name
            ));
        }
        let path = program.display().to_string();
        let call = form.guest.map_or_else(|| Call::new(&path, ""), |guest| guest.run(&path));
        let output = run::within(&call, root, LIMIT, 0, false);
        if let Some(failure) = output.failure {
            return Err(format!("`{call}` {failure}; output:\n{}", output.all));
        }
        let line = output.all.trim_end();
        agree(line, before)?;
        Ok((image, line.to_owned()))
    }
}

/// Removes a file if it exists.
fn forget(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", path.display()))
        }
        _ => Ok(()),
    }
}

/// The minimum number of faults to recover from: four threads with twenty thousand faults each.
const FEWEST: usize = 4 * 20_000;

/// Checks that a program's line has the right format and equals that of the preceding forms.
fn agree(line: &str, before: Option<&str>) -> Result<(), String> {
    let faults = line.strip_prefix("faults: ");
    let faults = faults.and_then(|rest| rest.strip_suffix(" recovered, counts exact"));
    match (faults.and_then(|number| number.parse::<usize>().ok()), before) {
        (None, _) => Err(format!("expected a line with a number of faults, found `{line}`")),
        (Some(faults), _) if faults < FEWEST => {
            Err(format!("expected {FEWEST} faults or more, found {faults}"))
        }
        (_, Some(before)) if line != before => Err(format!("expected `{before}`, found `{line}`")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_selected_by_name_run_in_the_order_of_the_list() {
        let names = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            let forms = chosen(&wanted)?;
            Ok(forms.iter().map(|form| form.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["musl", "dev", "musl"]), Ok(vec!["dev", "musl"]));
        assert_eq!(names(&[]).map(|all| all.len()), Ok(form::all().count()));
        assert!(names(&["dev", "none"]).is_err_and(|text: String| text.contains("`none`")));
    }

    #[test]
    fn every_form_must_print_the_same_counts() {
        let line = "faults: 80001 recovered, counts exact";
        assert_eq!(agree(line, None), Ok(()));
        assert_eq!(agree(line, Some(line)), Ok(()));
        let other = "faults: 80002 recovered, counts exact";
        assert!(agree(line, Some(other)).is_err_and(|text| text.contains("found `faults: 80001 ")));
        for wrong in ["", "faults: many recovered, counts exact", "x\nfaults: 80001 recovered, ."] {
            assert!(agree(wrong, None).is_err_and(|text| text.contains("found `")), "{wrong}");
        }
        let few = "faults: 79999 recovered, counts exact";
        assert!(agree(few, None).is_err_and(|text| text.contains("80000 faults or more")));
    }
}
