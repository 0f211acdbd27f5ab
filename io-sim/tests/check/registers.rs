//! Reserved bits, and the elements to which a rule applies.

use io_core::prelude::*;
use io_sim::{Checker, Rules, field};

use super::{broken, device, shared};

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    limit: LoHi<Be<u64>>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    ctrl: Be<u32>,
    chan: [Chan; 3],
}

type Rule = for<'a> fn(Rules<'a, Dma>) -> Rules<'a, Dma>;

/// Returns the violations of big-endian and little-endian writes of `(offset, number)`.
fn written(rule: Rule, writes: &[(usize, u32)]) -> Vec<String> {
    let device = device([0; 64]);
    broken(|checker: &Checker| {
        let dma = rule(checker.device::<Dma>("dma")).watch(&device);
        for (offset, value) in writes {
            let is_little = (offset % 12) == 4;
            dma.write_at::<u32>(*offset, if is_little { value.to_le() } else { value.to_be() });
        }
    })
}

#[test]
fn writes_to_reserved_bits_are_violations() {
    let rule: Rule = |rules| rules.reserved(field!(.ctrl), 0xff00);
    assert_eq!(
        written(rule, &[(0, 0x1_8101)]),
        ["WR dma.ctrl 32: the reserved bits 0x8100 are set"]
    );
    assert_eq!(written(rule, &[(0, 0x1_0001), (4, 0xff00)]), [""; 0]);
}

#[test]
fn rules_apply_to_every_element_of_an_array() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Irqs {
        enable: Le<u32>,
        priority: [[Le<u32>; 2]; 3],
        route: Le<u32>,
    }
    let device = device([0; 64]);
    let wrong = broken(|checker| {
        let irqs = checker.device::<Irqs>("irqs").reserved(field!(.priority), 0x80);
        let irqs = irqs.watch(&device);
        (0..8).for_each(|i| irqs.write_at::<u32>(4 * i, 0x80_u32.to_le()));
    });
    let six = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)];
    let text = |(i, j)| format!("WR irqs.priority[{i}][{j}] 32: the reserved bits 0x80 are set");
    assert_eq!(wrong, six.map(text));
}

#[test]
fn reserved_bits_are_checked_in_each_half() {
    let rule: Rule = |rules| rules.reserved(field!(.chan[0].limit), 0xf000_0000_0000_0001);
    // On a big-endian register the high half comes first.
    assert_eq!(
        written(rule, &[(8, 0x8000_0001), (12, 0x8000_0001)]),
        [
            "WR dma.chan[0].limit.hi 32: the reserved bits 0x80000000 are set",
            "WR dma.chan[0].limit.lo 32: the reserved bits 0x1 are set",
        ]
    );
}

#[test]
fn rules_apply_to_copies_of_whole_values() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Header {
        tag: Be<u16>,
        kind: Le<u16>,
    }
    let mut words = [0; 16];
    let wrong = broken(|checker| {
        let rules = checker.device::<Header>("header").reserved(field!(.tag), 0x8000);
        let rules = rules.reserved(field!(.kind), 0x8000);
        let bytes = rules.watch(shared::<[u8; 4]>(&mut words));
        bytes.copy_write([0x80, 0x01, 0x01, 0x80]);
        bytes.copy_write([0x01, 0x80, 0x80, 0x01]);
        // The other half is not known.
        io_project!(bytes, [build: 1..3]).copy_from_slice(&[0x80, 0x80]);
        io_project!(bytes, [build: 3..4]).copy_from_slice(&[0x80]);
    });
    assert_eq!(
        wrong,
        [
            "CW header 4 bytes, header.tag: the reserved bits 0x8000 are set",
            "CW header 4 bytes, header.kind: the reserved bits 0x8000 are set",
        ]
    );
}

#[test]
fn rules_apply_to_one_element_or_to_every() {
    let one: Rule = |rules| rules.reserved(field!(.chan[1].ctrl), 0x4);
    let every: Rule = |rules| {
        rules
            .every(field!(.chan), |chan| chan.reserved(field!(.ctrl), 0x4))
            .reserved(field!(.ctrl), 0x2)
    };
    let writes = [(0, 0x6), (4, 0x4), (16, 0x4), (28, 0x4), (20, 0x4)];
    assert_eq!(written(one, &writes), ["WR dma.chan[1].ctrl 32: the reserved bits 0x4 are set"]);
    assert_eq!(
        written(every, &writes),
        [
            "WR dma.ctrl 32: the reserved bits 0x2 are set",
            "WR dma.chan[0].ctrl 32: the reserved bits 0x4 are set",
            "WR dma.chan[1].ctrl 32: the reserved bits 0x4 are set",
            "WR dma.chan[2].ctrl 32: the reserved bits 0x4 are set",
        ]
    );
}

/// A driver, given functions that read and write one register.
type Run<'a> = &'a dyn Fn(&dyn Fn() -> u32, &dyn Fn(u32));

#[test]
fn preserved_bits_must_be_written_as_read() {
    let mut memory = [0; 64];
    memory[2] = 0xa5;
    let device = device(memory);
    let driver = |run: Run<'_>| {
        broken(|checker| {
            let rules = checker.device::<Dma>("dma").preserved(field!(.ctrl), 0xff00);
            let dma = rules.watch(&device);
            run(&|| u32::from_be(dma.read_at::<u32>(0)), &|value| {
                dma.write_at::<u32>(0, value.to_be())
            });
        })
    };
    let right = driver(&|read, write| {
        write(read() | 1);
        write(0xa502);
    });
    assert_eq!(right, [""; 0]);
    assert_eq!(
        driver(&|read, write| write(read() & 0xff | 0x8500)),
        ["WR dma.ctrl 32: the reserved bits 0x2000 are not written back as they were read"]
    );
    // The previous run has cleared one of them.
    assert_eq!(
        driver(&|_, write| write(0x8500)),
        ["WR dma.ctrl 32: the reserved bits 0xff00 must keep their values, but were not read"]
    );
}
