//! The rust-analyzer process: start, requests, end.

use core::time::Duration;
use std::env;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Instant;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{InitializeParams, Uri, WorkspaceFolder, notification, request};
use serde_json::{Value, json};

use crate::package::Package;

/// The time limit for loading the package, including a full build of its proc macros.
const LOADING: Duration = Duration::from_secs(400);

/// The time limit for an answer.
const ANSWERING: Duration = Duration::from_secs(100);

/// The title of its progress messages about proc macros; when they end, proc macros can be
/// expanded.
const PROC_MACROS: &str = "rustAnalyzer/Loading proc-macros";

/// A rust-analyzer with one open package. The process ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Message>,
    last_id: i32,
    errors: PathBuf,
    loading: Loading,
}

/// The progress of loading the package.
#[derive(Debug, Default)]
struct Loading {
    has_proc_macros: bool,
    status: Value,
}

impl Loading {
    fn is_done(&self) -> bool {
        self.has_proc_macros && self.status["quiescent"] == true
    }

    fn note(&mut self, notification: &Notification) {
        let params = &notification.params;
        match notification.method.as_str() {
            "experimental/serverStatus" => self.status = params.clone(),
            "$/progress" if params["token"] == PROC_MACROS => {
                self.has_proc_macros |= params["value"]["kind"] == "end";
            }
            _ => {}
        }
    }
}

impl Server {
    /// Starts rust-analyzer on a package, and waits until everything is loaded.
    pub(crate) fn start(package: &Package) -> Self {
        let errors = package.root().join("rust-analyzer.log");
        let mut process = package
            .command(program())
            // Ignores the user's settings.
            .env("XDG_CONFIG_HOME", package.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&errors).expect("the package's folder can be written to"))
            .spawn()
            .expect("rust-analyzer starts");
        let input = process.stdin.take().expect("the stream is piped");
        let mut output = BufReader::new(process.stdout.take().expect("the stream is piped"));
        let (sender, messages) = channel();
        // The thread ends with the process whose output it reads.
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let loading = Loading::default();
        let mut server = Self { process, input, messages, last_id: 0, errors, loading };
        server.ask::<request::Initialize>(&initialize(package.root()));
        server.tell::<notification::Initialized>(lsp_types::InitializedParams {});
        let deadline = Instant::now() + LOADING;
        while !server.loading.is_done() {
            let message = server.next(deadline, "the package to be loaded, with its proc macros");
            server.take(message);
        }
        let status = &server.loading.status;
        assert_eq!(
            status["health"], "ok",
            "rust-analyzer lacks something, which `cargo xtask setup` may get: {status}"
        );
        server
    }

    /// Sends a notification.
    pub(crate) fn tell<N: notification::Notification>(&mut self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    /// Sends a request and returns the answer.
    pub(crate) fn ask<R: request::Request>(&mut self, params: &R::Params) -> R::Result {
        let deadline = Instant::now() + ANSWERING;
        loop {
            self.last_id += 1;
            let id = RequestId::from(self.last_id);
            self.send(Request::new(id.clone(), R::METHOD.to_owned(), params).into());
            match self.answer(&id, deadline, R::METHOD).response_result {
                Ok(result) => match serde_json::from_value(result.clone()) {
                    Ok(result) => return result,
                    Err(error) => panic!("unexpected answer to {}: {error}: {result}", R::METHOD),
                },
                // The server's state has changed meanwhile; the request is repeated.
                Err(error) if error.code == ErrorCode::ContentModified as i32 => {}
                Err(error) => panic!("rust-analyzer refuses {}: {error:?}", R::METHOD),
            }
        }
    }

    /// Shuts the server down in the regular way.
    pub(crate) fn end(mut self) {
        self.ask::<request::Shutdown>(&());
        self.tell::<notification::Exit>(());
        let status = self.process.wait().expect("it is our child");
        assert!(status.success(), "rust-analyzer ends with {status}: {}", self.log());
    }

    fn send(&mut self, message: Message) {
        if let Err(error) = message.write(&mut self.input) {
            panic!("rust-analyzer does not listen: {error}: {}", self.log());
        }
    }

    fn answer(&mut self, id: &RequestId, deadline: Instant, method: &str) -> Response {
        loop {
            match self.next(deadline, method) {
                Message::Response(response) if response.id == *id => return response,
                message => self.take(message),
            }
        }
    }

    fn next(&mut self, deadline: Instant, what: &str) -> Message {
        match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(message) => message,
            Err(error) => {
                let why = match error {
                    RecvTimeoutError::Timeout => "timed out",
                    RecvTimeoutError::Disconnected => "rust-analyzer ended",
                };
                panic!("waited for {what}, but {why}. {:?}, errors: {}", self.loading, self.log())
            }
        }
    }

    /// Handles a message that no request waits for.
    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(notification) => self.loading.note(&notification),
            // An offer or request that an editor may decline.
            Message::Request(request) => self.send(Response::new_ok(request.id, ()).into()),
            Message::Response(_) => {}
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.errors).unwrap_or_else(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has already ended; its proc-macro server ends with it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the path of the rust-analyzer of the toolchain that runs this test.
fn program() -> PathBuf {
    let cargo = env::var_os("CARGO").expect("cargo runs the tests");
    let program = PathBuf::from(cargo).with_file_name("rust-analyzer");
    assert!(
        program.is_file(),
        "there is no {}: `cargo xtask setup` gets rust-analyzer",
        program.display()
    );
    program
}

/// Returns the parameters of an editor with the capabilities that are easiest to compare.
fn initialize(root: &Path) -> InitializeParams {
    let capabilities = json!({
        "window": { "workDoneProgress": true },
        "textDocument": {
            "diagnostic": {},
            "hover": { "contentFormat": ["markdown"] },
        },
        "experimental": { "serverStatusNotification": true },
    });
    let options = json!({
        // Only rust-analyzer's own diagnostics: the compiler's messages are tested in `ui`.
        "checkOnSave": false,
        "cachePriming": { "enable": false },
        "diagnostics": { "experimental": { "enable": true } },
    });
    InitializeParams {
        capabilities: serde_json::from_value(capabilities)
            .expect("the protocol defines these capabilities"),
        initialization_options: Some(options),
        workspace_folders: Some(vec![WorkspaceFolder {
            uri: uri(root),
            name: "driver".to_owned(),
        }]),
        ..InitializeParams::default()
    }
}

/// Returns the URI of a file.
pub(crate) fn uri(path: &Path) -> Uri {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let mut text = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            byte if plain(*byte) => text.push(char::from(*byte)),
            byte => text += &format!("%{byte:02X}"),
        }
    }
    text.parse().expect("other characters are escaped")
}
