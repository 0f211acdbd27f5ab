//! Tests of the checks: wrong copies, and instructions whose accesses cannot be determined, are
//! detected.

use core::{arch::asm, hint::black_box};

use iced_x86::Code;

use crate::{
    accesses::{
        Kind::{self, Load, Store},
        Reader, Refused, Unknown,
    },
    rules::{Violation, each_byte_once},
    touches::{Place, Room, touches},
    trap::Step,
};

type Verdict = Result<(), Violation>;

/// Returns the results for the loads and the stores of a copy between two places of `len` bytes.
fn verdicts(len: usize, copy: impl FnOnce(*mut u8, *const u8)) -> (Verdict, Verdict) {
    let rooms = [Room::new(512), Room::new(512)];
    let (from, to): (Place<'_>, Place<'_>) = (rooms[0].place(64, len), rooms[1].place(64, len));
    let touched = touches([from.put(0x5a), to.put(0xa5)], || copy(to.ptr(), from.ptr()));
    let [loads, stores] = touched.expect("known instructions");
    (each_byte_once(&loads, len, Load), each_byte_once(&stores, len, Store))
}

/// A copy in assembly, from `s` to `d`.
macro_rules! copy {
    ($($text:tt)+) => {
        // SAFETY: the bytes lie inside the rooms.
        |d: *mut u8, s: *const u8| unsafe { asm!($($text)+, in("rdi") d, in("rsi") s) }
    };
}

macro_rules! assert_verdicts {
    ($found:expr, $($expected:tt)+) => {{
        let found = $found;
        assert!(matches!(found, $($expected)+), "{found:?}");
    }};
}

#[test]
fn correct_copies_are_accepted() {
    let found = verdicts(
        7,
        copy!("mov eax, [rsi]", "mov [rdi], eax", "mov ax, [rsi + 4]", "mov [rdi + 4], ax",
            "mov al, [rsi + 6]", "mov [rdi + 6], al", out("rax") _),
    );
    assert_eq!(found, (Ok(()), Ok(())));
    let found = verdicts(
        32,
        copy!("movups xmm0, [rsi]", "movups xmm1, [rsi + 16]",
        "movups [rdi], xmm0", "movups [rdi + 16], xmm1", out("xmm0") _, out("xmm1") _),
    );
    assert_eq!(found, (Ok(()), Ok(())));
    assert_eq!(verdicts(0, |_, _| ()), (Ok(()), Ok(())));
}

#[test]
fn an_overlapping_tail_is_detected() {
    let found = verdicts(
        12,
        copy!("mov rax, [rsi]", "mov rcx, [rsi + 4]", "mov [rdi], rax", "mov [rdi + 4], rcx",
            out("rax") _, out("rcx") _),
    );
    assert_verdicts!(found, (Err(Violation::Again(load)), Err(Violation::Again(store)))
        if load.offset == 4 && store.size == 8);
}

#[test]
fn a_second_load_is_detected() {
    let found = verdicts(1, |d, s| {
        // SAFETY: the bytes lie inside the rooms.
        let first = unsafe { s.read_volatile() };
        // SAFETY: as above.
        let second = unsafe { s.read_volatile() };
        // SAFETY: as above.
        unsafe { d.write_volatile(first & second) };
    });
    assert_verdicts!(found, (Err(Violation::Again(_)), Ok(())));
    // A comparison, then a copy: code that a compiler may generate for a copy that it recognises.
    let found = verdicts(
        4,
        copy!("cmp dword ptr [rsi], 0", "mov eax, [rsi]", "mov [rdi], eax",
        out("rax") _),
    );
    assert_verdicts!(found, (Err(Violation::Again(_)), Ok(())));
}

#[test]
fn a_missing_byte_is_detected() {
    let found = verdicts(5, copy!("mov eax, [rsi]", "mov [rdi], eax", out("rax") _));
    assert_eq!(found, (Err(Violation::Missing(4)), Err(Violation::Missing(4))));
    let found = verdicts(2, copy!("mov ax, [rsi]", "mov [rdi + 1], ah", out("rax") _));
    assert_eq!(found, (Ok(()), Err(Violation::Missing(0))));
    assert_eq!(verdicts(1, |_, _| ()).0, Err(Violation::Missing(0)));
}

#[test]
fn an_access_outside_the_range_is_detected() {
    let found = verdicts(7, copy!("mov rax, [rsi]", "mov [rdi], rax", out("rax") _));
    assert_verdicts!(found, (Err(Violation::Outside(_)), Err(Violation::Outside(_))));
    let found = verdicts(1, copy!("mov ax, [rsi - 1]", "mov [rdi - 1], ax", out("rax") _));
    assert_verdicts!(found, (Err(Violation::Outside(_)), Err(Violation::Outside(_))));
    let found = verdicts(1, copy!("mov al, [rsi + 100]", "mov [rdi + 100], al", out("rax") _));
    assert_verdicts!(found, (Err(Violation::Outside(_)), Err(Violation::Outside(_))));
}

#[test]
fn descending_order_is_detected() {
    let found = verdicts(
        8,
        copy!("mov eax, [rsi + 4]", "mov ecx, [rsi]", "mov [rdi], ecx", "mov [rdi + 4], eax",
            out("rax") _, out("rcx") _),
    );
    assert_verdicts!(found, (Err(Violation::Descends(_)), Ok(())));
    let down = |d: *mut u8, s: *const u8| {
        // SAFETY: the bytes lie inside the rooms. The direction flag is cleared again.
        unsafe {
            asm!("std", "rep movsb", "cld", inout("rdi") d.wrapping_add(19) => _,
                inout("rsi") s.wrapping_add(19) => _, inout("rcx") 20 => _);
        }
    };
    assert_verdicts!(
        verdicts(20, down),
        (Err(Violation::Descends(_)), Err(Violation::Descends(_)))
    );
}

#[test]
fn a_wrong_kind_of_access_is_detected() {
    let found = verdicts(4, copy!("mov eax, [rsi]", "xchg [rdi], eax", out("rax") _));
    assert_verdicts!(found, (Ok(()), Err(Violation::Kind(touch))) if touch.kind == Load);
    let found = verdicts(
        4,
        copy!("mov eax, [rsi]", "mov [rdi], eax", "mov [rsi], eax",
        out("rax") _),
    );
    assert_verdicts!(found, (Err(Violation::Kind(touch)), Ok(())) if touch.kind == Store);
}

/// Each iteration traps, so each is observed.
#[test]
fn string_instructions_are_observed_per_iteration() {
    let rooms = [Room::new(512), Room::new(512)];
    let seen = |len: usize, count: usize, text: u8| {
        let (from, to) = (rooms[0].place(3, len).put(0x5a), rooms[1].place(8, len).put(0xa5));
        macro_rules! run {
            ($text:literal) => {
                // SAFETY: `count` elements are `len` bytes.
                unsafe {
                    asm!($text, inout("rdi") to.ptr() => _, inout("rsi") from.ptr() => _,
                        inout("rcx") count => _, in("rax") 0x3c_u64);
                }
            };
        }
        let [loads, stores] = touches([from, to], || match text {
            b'b' => run!("rep movsb"),
            b'q' => run!("rep movsq"),
            _ => run!("rep stosb"),
        })
        .expect("known instructions");
        assert_eq!(each_byte_once(&stores, len, Store), Ok(()), "{len}");
        if text != b's' {
            assert_eq!(each_byte_once(&loads, len, Load), Ok(()), "{len}");
            assert_eq!(from.bytes(), to.bytes());
        }
        (loads.len(), stores.len())
    };
    assert_eq!(seen(0, 0, b'b'), (0, 0));
    assert_eq!(seen(1, 1, b'b'), (1, 1));
    assert_eq!(seen(300, 300, b'b'), (300, 300));
    assert_eq!(seen(304, 38, b'q'), (38, 38));
    assert_eq!(seen(300, 300, b's'), (0, 300));
}

/// The C library's copy loads and stores some bytes twice.
#[cfg(target_env = "gnu")]
#[test]
fn memcpy_of_the_c_library_is_detected() {
    let memcpy: unsafe extern "C" fn(_, _, usize) -> _ = libc::memcpy;
    let memcpy = black_box(memcpy);
    for len in 17..32 {
        let found = verdicts(len, |d, s| {
            // SAFETY: the bytes lie inside the rooms.
            unsafe { memcpy(d.cast(), s.cast(), len) };
        });
        assert_verdicts!(found, (Err(Violation::Again(_)), Err(Violation::Again(_))));
    }
}

/// Returns the reason why the accesses of `code` are not known.
fn refusal(code: impl FnOnce(*mut u8)) -> Option<Unknown> {
    let room = Room::new(64);
    let place = room.place(0, 16);
    touches([place], || code(place.ptr())).err().map(|refused| refused.why)
}

#[test]
fn masked_stores_are_rejected() {
    let store = |mask: u64| {
        move |d: *mut u8| {
            // SAFETY: at most sixteen bytes at `d`.
            unsafe {
                asm!("movq xmm1, rax", "maskmovdqu xmm0, xmm1", in("rdi") d, in("rax") mask,
                    out("xmm0") _, out("xmm1") _);
            }
        }
    };
    assert_eq!(refusal(store(0x80)), Some(Unknown::Condition));
    assert_eq!(refusal(store(0)), Some(Unknown::Condition));
    // Outside the rooms, it is not an error.
    let mut other = [0_u8; 16];
    assert_eq!(refusal(|_| store(0x80)(other.as_mut_ptr())), None);
}

#[test]
fn system_calls_are_rejected() {
    // SAFETY: a call without arguments and without an effect.
    assert_eq!(refusal(|_| _ = black_box(unsafe { libc::getppid() })), Some(Unknown::System));
}

/// Returns the accesses of an instruction, with all registers 0.
fn reading(code: &[u8]) -> Result<Vec<(u64, u64, Kind, bool)>, Refused> {
    let mut bytes = [0x90; 32];
    bytes[..code.len()].copy_from_slice(code);
    let step = Step::at(bytes.as_ptr().expose_provenance() as u64);
    let accesses = Reader::new().accesses(&step, &step)?;
    let parts = |access: crate::accesses::Access| {
        (access.address, access.size, access.kind, access.is_exact)
    };
    Ok(accesses.into_iter().map(parts).collect())
}

/// Includes instructions that this processor may not support.
#[test]
fn instructions_with_hidden_accesses_are_rejected() {
    let why = |code: &[u8]| match reading(code) {
        Ok(accesses) => panic!("{code:x?} is decoded as {accesses:?}"),
        Err(refused) => refused.why,
    };
    // vpgatherdd xmm0, [rax + xmm1], xmm2
    assert_eq!(why(&[0xc4, 0xe2, 0x69, 0x90, 0x04, 0x08]), Unknown::Address);
    // xsave [rax]
    assert_eq!(why(&[0x0f, 0xae, 0x20]), Unknown::Size);
    // bts [rax], rcx
    assert_eq!(why(&[0x48, 0x0f, 0xab, 0x08]), Unknown::Address);
    // mov eax, gs:[rax]
    assert_eq!(why(&[0x65, 0x8b, 0x00]), Unknown::Address);
    // syscall; int 0x80
    assert_eq!(why(&[0x0f, 0x05]), Unknown::System);
    assert_eq!(why(&[0xcd, 0x80]), Unknown::System);
    // rep movsb that has not advanced, with a count that is not zero
    let mut code = [0x90_u8; 16];
    code[..2].copy_from_slice(&[0xf3, 0xa4]);
    let mut step = Step::at(code.as_ptr().expose_provenance() as u64);
    step.set(libc::REG_RCX, 5);
    let refused = Reader::new().accesses(&step, &step).expect_err("refused");
    assert_eq!((refused.code, refused.why), (Code::Movsb_m8_m8, Unknown::Repetition));
    // An invalid instruction.
    assert_eq!(why(&[0x06]), Unknown::NoInstruction);
}

#[test]
fn masked_instructions_are_not_exact() {
    // vmovdqu8 [rax]{k1}, zmm0
    let found = reading(&[0x62, 0xf1, 0x7f, 0x49, 0x7f, 0x00]).expect("known");
    assert_eq!(found, [(0, 64, Store, false)]);
    // vpmaskmovd [rax], xmm1, xmm0
    let found = reading(&[0xc4, 0xe2, 0x71, 0x8e, 0x00]).expect("known");
    assert_eq!(found, [(0, 16, Store, false)]);
    // vmovdqu [rax], ymm0
    let found = reading(&[0xc5, 0xfe, 0x7f, 0x00]).expect("known");
    assert_eq!(found, [(0, 32, Store, true)]);
}
