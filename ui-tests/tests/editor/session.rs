//! A document that is open in rust-analyzer, and queries about it.

use core::fmt::Debug;
use core::ops::Range;

use lsp_types::{
    AnnotatedTextEdit, CompletionItem, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, DocumentChanges,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    GotoDefinitionParams, GotoDefinitionResponse, HoverContents, HoverParams, Location, OneOf,
    PartialResultParams, ReferenceContext, ReferenceParams, RenameParams,
    TextDocumentContentChangeEvent, TextDocumentIdentifier, TextDocumentItem,
    TextDocumentPositionParams, Uri, VersionedTextDocumentIdentifier, WorkDoneProgressParams,
    notification, request,
};

use crate::document::Document;
use crate::package::Package;
use crate::server::{Server, uri};

/// An editor with one file open.
#[derive(Debug)]
pub(crate) struct Session {
    server: Server,
    uri: Uri,
    version: i32,
    /// The file as saved.
    pub(crate) saved: Document,
    /// The current text in the editor.
    typed: Document,
    /// The differences found so far.
    pub(crate) problems: Vec<String>,
}

impl Session {
    /// Opens the file of the package.
    pub(crate) fn open(package: &Package, text: &str) -> Self {
        let (mut server, uri) = (Server::start(package), uri(&package.root().join("lib.rs")));
        let text_document =
            TextDocumentItem::new(uri.clone(), "rust".to_owned(), 0, text.to_owned());
        server
            .tell::<notification::DidOpenTextDocument>(DidOpenTextDocumentParams { text_document });
        let saved = Document::new(text);
        Self { server, uri, version: 0, typed: saved.clone(), saved, problems: vec![] }
    }

    /// Ends rust-analyzer; returns the differences.
    pub(crate) fn close(self) -> Vec<String> {
        self.server.end();
        self.problems
    }

    /// Adds a problem if two values differ.
    pub(crate) fn same<T: PartialEq + Debug>(&mut self, what: &str, expected: &T, found: &T) {
        if expected != found {
            self.problems.push(format!("{what}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }

    /// Replaces the text, as typing does.
    pub(crate) fn type_in(&mut self, document: &Document) {
        self.version += 1;
        let change = TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text: document.text().to_owned(),
        };
        self.server.tell::<notification::DidChangeTextDocument>(DidChangeTextDocumentParams {
            text_document: VersionedTextDocumentIdentifier::new(self.uri.clone(), self.version),
            content_changes: vec![change],
        });
        self.typed = document.clone();
    }

    /// Formats a location for a problem.
    fn shown(&self, location: &Location) -> String {
        if location.uri == self.uri {
            self.typed.shown(self.typed.offset(location.range.start))
        } else {
            location.uri.as_str().to_owned()
        }
    }

    fn range(&self, range: lsp_types::Range) -> Range<usize> {
        self.typed.offset(range.start)..self.typed.offset(range.end)
    }

    fn at(&self, place: usize) -> TextDocumentPositionParams {
        let document = TextDocumentIdentifier::new(self.uri.clone());
        TextDocumentPositionParams::new(document, self.typed.position(place))
    }

    /// Returns the completions at a position.
    pub(crate) fn completions(&mut self, place: usize) -> Vec<CompletionItem> {
        let params = CompletionParams {
            text_document_position: self.at(place),
            work_done_progress_params: WorkDoneProgressParams::default(),
            partial_result_params: PartialResultParams::default(),
            context: None,
        };
        match self.server.ask::<request::Completion>(&params) {
            Some(CompletionResponse::Array(items)) => items,
            Some(CompletionResponse::List(list)) => list.items,
            None => vec![],
        }
    }

    /// Returns the definitions of the name at a position.
    pub(crate) fn definitions(&mut self, place: usize) -> Vec<String> {
        let params = GotoDefinitionParams {
            text_document_position_params: self.at(place),
            work_done_progress_params: WorkDoneProgressParams::default(),
            partial_result_params: PartialResultParams::default(),
        };
        let locations = match self.server.ask::<request::GotoDefinition>(&params) {
            Some(GotoDefinitionResponse::Scalar(location)) => vec![location],
            Some(GotoDefinitionResponse::Array(locations)) => locations,
            Some(GotoDefinitionResponse::Link(links)) => panic!("not asked for: {links:?}"),
            None => vec![],
        };
        locations.iter().map(|location| self.shown(location)).collect()
    }

    /// Returns the references to the name at a position.
    pub(crate) fn references(&mut self, place: usize) -> Vec<String> {
        let params = ReferenceParams {
            text_document_position: self.at(place),
            work_done_progress_params: WorkDoneProgressParams::default(),
            partial_result_params: PartialResultParams::default(),
            context: ReferenceContext { include_declaration: true },
        };
        let found = self.server.ask::<request::References>(&params).unwrap_or_default();
        found.iter().map(|location| self.shown(location)).collect()
    }

    /// Returns the hover text at a position.
    pub(crate) fn hover(&mut self, place: usize) -> String {
        let params = HoverParams {
            text_document_position_params: self.at(place),
            work_done_progress_params: WorkDoneProgressParams::default(),
        };
        match self.server.ask::<request::HoverRequest>(&params).map(|hover| hover.contents) {
            Some(HoverContents::Markup(markup)) => markup.value,
            Some(other) => panic!("not asked for: {other:?}"),
            None => String::new(),
        }
    }

    /// Returns the edits that rename the name at a position.
    pub(crate) fn rename(&mut self, place: usize, name: &str) -> Vec<(Range<usize>, String)> {
        let params = RenameParams {
            text_document_position: self.at(place),
            new_name: name.to_owned(),
            work_done_progress_params: WorkDoneProgressParams::default(),
        };
        let edit = self.server.ask::<request::Rename>(&params).expect("the item can be renamed");
        let Some(DocumentChanges::Edits(files)) = edit.document_changes else {
            panic!("unexpected kind of edit: {edit:?}");
        };
        let others: Vec<_> =
            files.iter().filter(|file| file.text_document.uri != self.uri).collect();
        assert!(others.is_empty(), "other files are changed: {others:?}");
        let edits = files.into_iter().flat_map(|file| file.edits).map(|edit| match edit {
            OneOf::Left(edit) | OneOf::Right(AnnotatedTextEdit { text_edit: edit, .. }) => edit,
        });
        edits.map(|edit| (self.range(edit.range), edit.new_text)).collect()
    }

    /// Returns rust-analyzer's own diagnostics: ranges and messages.
    pub(crate) fn diagnostics(&mut self) -> Vec<(Range<usize>, String)> {
        let params = DocumentDiagnosticParams {
            text_document: TextDocumentIdentifier::new(self.uri.clone()),
            identifier: None,
            previous_result_id: None,
            work_done_progress_params: WorkDoneProgressParams::default(),
            partial_result_params: PartialResultParams::default(),
        };
        match self.server.ask::<request::DocumentDiagnosticRequest>(&params) {
            DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)) => {
                let items = report.full_document_diagnostic_report.items.into_iter();
                items.map(|item| (self.range(item.range), item.message)).collect()
            }
            other => panic!("not asked for: {other:?}"),
        }
    }
}
