//! The actual properties of an executable file, and the integrity of its recovery table.

use core::fmt;

use object::elf::{self, ProgramFlags};
use object::read::elf::{ElfFile64, FileHeader, ProgramHeader, SectionHeader};
use object::{Endianness, Object, ObjectSection, ObjectSymbol};

/// The section that contains io-core's rows.
const TABLE: &str = "io_mem_faults_v1";

/// The section of a function that nothing calls.
const UNCALLED: &str = "io_faults_uncalled";

/// The size of a row, which is two 32-bit distances.
const ROW: usize = 8;

type Elf<'a> = ElfFile64<'a, Endianness>;

/// The properties of a build form that are visible in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) position: Position,
    pub(super) linking: Linking,
    pub(super) symbols: Symbols,
    pub(super) uncalled: Uncalled,
    pub(super) linker: Linker,
}

/// The addresses at which the image can be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Independent,
    Fixed,
}

/// The kind of linking: with or without a dynamic loader that loads libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linking {
    Dynamic,
    Static,
}

/// Presence of function symbols in the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    Kept,
    Stripped,
}

/// The fate of a function that nothing calls. It is unknown in an image without symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uncalled {
    Removed,
    Kept,
}

/// The linker that produced the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linker {
    Lld,
    Other,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = match self.position {
            Position::Independent => "PIE",
            Position::Fixed => "fixed",
        };
        let linking = match self.linking {
            Linking::Dynamic => "dynamic",
            Linking::Static => "static",
        };
        let symbols = match (self.symbols, self.uncalled) {
            (Symbols::Stripped, _) => "stripped",
            (Symbols::Kept, Uncalled::Removed) => "used code",
            (Symbols::Kept, Uncalled::Kept) => "all code",
        };
        let linker = match self.linker {
            Linker::Lld => "LLD",
            Linker::Other => "not LLD",
        };
        f.pad(&format!("{position:<5} {linking:<7} {symbols:<9} {linker}"))
    }
}

/// The properties of an image.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) shape: Shape,
    /// The number of rows of the recovery table.
    pub(super) rows: usize,
}

impl Image {
    /// Reads an ELF file; returns an error if it cannot be parsed or its recovery table is invalid.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, String> {
        let file = Elf::parse(bytes).map_err(|error| format!("not a 64-bit ELF file: {error}"))?;
        let shape = shape(&file)?;
        Ok(Self { shape, rows: rows(&file)? })
    }
}

fn shape(file: &Elf<'_>) -> Result<Shape, String> {
    let endian = file.endian();
    let position = match file.elf_header().e_type(endian) {
        elf::ET_DYN => Position::Independent,
        elf::ET_EXEC => Position::Fixed,
        other => return Err(format!("not an executable: its type is {other:?}")),
    };
    let mut headers = file.elf_program_headers().iter();
    let is_dynamic = headers.any(|header| header.p_type(endian) == elf::PT_INTERP);
    let comment = file.section_by_name(".comment").and_then(|section| section.data().ok());
    let is_lld = comment.is_some_and(|text| text.windows(11).any(|part| part == b"Linker: LLD"));
    let has_uncalled = file.symbols().any(|symbol| symbol.name() == Ok(UNCALLED));
    Ok(Shape {
        position,
        linking: if is_dynamic { Linking::Dynamic } else { Linking::Static },
        symbols: if file.symbol_table().is_some() { Symbols::Kept } else { Symbols::Stripped },
        uncalled: if has_uncalled { Uncalled::Kept } else { Uncalled::Removed },
        linker: if is_lld { Linker::Lld } else { Linker::Other },
    })
}

/// Counts the rows; returns an error if the table is not loaded, or if a row does not refer to code
/// on both sides.
fn rows(file: &Elf<'_>) -> Result<usize, String> {
    let table = file.section_by_name(TABLE).ok_or_else(|| format!("no section {TABLE}"))?;
    let wrong = |what: &str| Err(format!("the section {TABLE} {what}"));
    let start = table.address();
    let is_allocated = table.elf_section_header().sh_flags(file.endian()).contains(elf::SHF_ALLOC);
    match loaded(file, start) {
        Some(flags) if is_allocated && !flags.contains(elf::PF_W) => {}
        Some(_) if is_allocated => return wrong("is in writable memory"),
        _ => return wrong("is not loaded"),
    }
    let bytes = table.data().map_err(|error| format!("the section {TABLE}: {error}"))?;
    let (rows, rest) = bytes.as_chunks::<ROW>();
    if rows.is_empty() || !rest.is_empty() {
        return wrong(&format!("has {} bytes, not a multiple of the row size", bytes.len()));
    }
    for (i, row) in rows.iter().enumerate() {
        // The row that only ensures that the table exists.
        if *row == [0; ROW] {
            continue;
        }
        let (distances, _) = row.as_chunks::<4>();
        for (distance, (at, what)) in distances.iter().zip([(0, "access"), (4, "landing")]) {
            // Each distance is relative to its own address. All supported machines are
            // little-endian.
            let place = start + (i * ROW) as u64 + at;
            let to = place.wrapping_add_signed(i32::from_le_bytes(*distance).into());
            if !loaded(file, to).is_some_and(|flags| flags.contains(elf::PF_X)) {
                return wrong(&format!(
                    "has a row {i} whose {what} is {to:#x}, which is not in a code section"
                ));
            }
        }
    }
    Ok(rows.len())
}

/// Returns the access rights of the memory at an address; `None` if the program has no memory
/// there.
fn loaded(file: &Elf<'_>, address: u64) -> Option<ProgramFlags> {
    let endian = file.endian();
    let mut headers = file.elf_program_headers().iter();
    let header = headers.find(|header| {
        let start = header.p_vaddr(endian);
        header.p_type(endian) == elf::PT_LOAD
            && (start..start + header.p_memsz(endian)).contains(&address)
    })?;
    Some(header.p_flags(endian))
}
