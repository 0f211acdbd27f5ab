//! Virtio 1.2, sections 2.7, 2.8 and 4.2.2: split and packed virtqueues, registers over MMIO.

use io_core::{WoW1c, prelude::*};

use super::assert_offsets;

/// 4.2.2
#[io_struct(size = 0x100)]
struct Registers {
    #[io(at = 0x000)]
    magic: Ro<Le<u32>>,
    #[io(at = 0x004)]
    version: Ro<Le<u32>>,
    #[io(at = 0x008)]
    device_id: Ro<Le<u32>>,
    #[io(at = 0x00c)]
    vendor_id: Ro<Le<u32>>,
    #[io(at = 0x010)]
    device_features: Ro<Le<u32>>,
    #[io(at = 0x014)]
    device_features_sel: Wo<Le<u32>>,
    #[io(at = 0x020)]
    driver_features: Wo<Le<u32>>,
    #[io(at = 0x024)]
    driver_features_sel: Wo<Le<u32>>,
    #[io(at = 0x030)]
    queue_sel: Wo<Le<u32>>,
    #[io(at = 0x034)]
    queue_num_max: Ro<Le<u32>>,
    #[io(at = 0x038)]
    queue_num: Wo<Le<u32>>,
    #[io(at = 0x044)]
    queue_ready: Le<u32>,
    #[io(at = 0x050)]
    queue_notify: Wo<Le<u32>>,
    #[io(at = 0x060)]
    interrupt_status: Ro<Le<u32>>,
    #[io(at = 0x064)]
    interrupt_ack: WoW1c<Le<u32>>,
    #[io(at = 0x070)]
    status: Le<u32>,
    #[io(at = 0x080)]
    queue_desc: Wo<LoHi<Le<DmaAddr>>>,
    #[io(at = 0x090)]
    queue_driver: Wo<LoHi<Le<DmaAddr>>>,
    #[io(at = 0x0a0)]
    queue_device: Wo<LoHi<Le<DmaAddr>>>,
    #[io(at = 0x0ac)]
    shm_sel: Wo<Le<u32>>,
    #[io(at = 0x0b0)]
    shm_len: Ro<LoHi<Le<u64>>>,
    #[io(at = 0x0b8)]
    shm_base: Ro<LoHi<Le<u64>>>,
    #[io(at = 0x0c0)]
    queue_reset: Le<u32>,
    #[io(at = 0x0fc)]
    config_generation: Ro<Le<u32>>,
}

/// 2.7.5
#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    addr: Le<DmaAddr>,
    len: Le<u32>,
    flags: Le<u16>,
    next: Le<u16>,
}

/// 2.7.6
#[io_struct]
struct Avail {
    flags: Le<u16>,
    #[io(own_bit)]
    idx: OwnBit<Le<u16>>,
    ring: [Le<u16>],
    used_event: Le<u16>,
}

#[derive(Clone, Copy, IoStruct)]
#[repr(C)]
struct UsedElem {
    id: Le<u32>,
    len: Le<u32>,
}

/// 2.7.8
#[io_struct]
struct Used {
    flags: Le<u16>,
    #[io(own_bit)]
    idx: OwnBit<Le<u16>>,
    ring: [UsedElem],
    avail_event: Le<u16>,
}

/// 2.8.13
#[derive(IoStruct)]
#[repr(C)]
struct PackedDesc {
    addr: Le<DmaAddr>,
    len: Le<u32>,
    id: Le<u16>,
    #[io(own_bit)]
    flags: OwnBit<Le<u16>>,
}

/// 2.8.14
#[derive(IoStruct)]
#[repr(C)]
struct EventSuppression {
    desc: Le<u16>,
    flags: Le<u16>,
}

#[test]
fn offsets_are_those_of_the_specification() {
    assert_offsets(
        Registers::FIELDS,
        &[
            ("magic", 0x000),
            ("version", 0x004),
            ("device_id", 0x008),
            ("vendor_id", 0x00c),
            ("device_features", 0x010),
            ("device_features_sel", 0x014),
            ("driver_features", 0x020),
            ("driver_features_sel", 0x024),
            ("queue_sel", 0x030),
            ("queue_num_max", 0x034),
            ("queue_num", 0x038),
            ("queue_ready", 0x044),
            ("queue_notify", 0x050),
            ("interrupt_status", 0x060),
            ("interrupt_ack", 0x064),
            ("status", 0x070),
            ("queue_desc", 0x080),
            ("queue_driver", 0x090),
            ("queue_device", 0x0a0),
            ("shm_sel", 0x0ac),
            ("shm_len", 0x0b0),
            ("shm_base", 0x0b8),
            ("queue_reset", 0x0c0),
            ("config_generation", 0x0fc),
        ],
    );
    assert_offsets(Desc::FIELDS, &[("addr", 0), ("len", 8), ("flags", 12), ("next", 14)]);
    assert_offsets(PackedDesc::FIELDS, &[("addr", 0), ("len", 8), ("id", 12), ("flags", 14)]);
    // The field after the ring has the offset that it has without elements.
    assert_offsets(Avail::FIELDS, &[("flags", 0), ("idx", 2), ("ring", 4), ("used_event", 4)]);
    assert_offsets(Used::FIELDS, &[("flags", 0), ("idx", 2), ("ring", 4), ("avail_event", 4)]);
    assert_eq!((size_of::<Desc>(), size_of::<EventSuppression>()), (16, 4));
}

#[test]
fn a_split_ring_publishes_its_index_after_its_entry() {
    #[derive(IoStruct)]
    #[repr(C, align(2))]
    struct Memory {
        bytes: [u8; 6 + 2 * 8],
    }

    let mut memory = Memory { bytes: [0; 22] };
    let bytes = io_project!(SysMem::from_mut(&mut memory), .bytes);
    let avail = bytes.try_cast_tail::<Avail>(8).unwrap();
    avail.publish_with(1, |avail| {
        io_write!(avail, .ring[panic: 7], 0x1234);
        io_write!(avail, .used_event, 7);
    });
    assert_eq!(memory.bytes[2..4], [1, 0]);
    assert_eq!(memory.bytes[18..22], [0x34, 0x12, 7, 0]);
}
