//! Row: `io_project!(io, build: LOC)` and the other macros with `build: LOC` (kernel 7.4).
//!
//! | row | test |
//! |---|---|
//! | `io_project!(io, build: LOC)` of a register | `locations_of_registers_are_read_and_written` |
//! | `io_project!(io, build: SUB)` of a sub-block | `locations_of_blocks_are_projected` |
//! | (none: steps after the location) | `steps_follow_a_location` |

use io_core::{A4, Loc, OutOfBound, Region, prelude::*};

use super::Chan;
use crate::support::logger::{
    Access::{R, W},
    Bench, fresh, log, logger,
};

struct Nova;
type Bar = Region<0x40, A4, Nova>;

const ID: Loc<Bar, Ro<Le<u32>>> = Loc::at(0x00);
const MODE: Loc<Bar, u8> = Loc::at(0x05);
const LIMIT: Loc<Bar, Be<u16>> = Loc::at(0x3e);
const CHAN: Loc<Bar, Chan> = Loc::at(0x20);
const TABLE: Loc<Bar, [Le<u32>; 4]> = Loc::at(0x10);

fn bar() -> Bench<Bar> {
    Bench::<Bar>::new_region(logger(0x48), 0x48).unwrap()
}

#[test]
fn locations_of_registers_are_read_and_written() {
    let dev = bar();
    assert_eq!(io_project!(&dev, build: ID).read_val(), 0x0302_0100);
    assert_eq!(io_read!(&dev, build: ID), 0x0302_0100);
    io_write!(&dev, build: MODE, 9);
    io_update!(&dev, build: MODE, |v| v + 1);
    assert_eq!(io_read!(&dev, build: LIMIT), 0x3e3f);
    io_write!(&dev, build: LIMIT, 0x0102,);
    assert_eq!(io_try_read!(&dev, build: MODE), Ok(10));
    assert_eq!(io_try_write!(&dev, build: MODE, 0), Ok(()));
    assert_eq!(
        log(&dev),
        [
            fresh(0x0, 32),
            fresh(0x0, 32),
            W(0x5, 8, 9),
            R(0x5, 8, 9),
            W(0x5, 8, 10),
            fresh(0x3e, 16),
            W(0x3e, 16, 0x0201),
            R(0x5, 8, 10),
            W(0x5, 8, 0),
        ]
    );
}

#[test]
fn locations_of_blocks_are_projected() {
    let dev = bar();
    let chan = io_project!(&dev, build: CHAN);
    assert_eq!(chan.size(), 0x10);
    io_write!(chan, .ctrl, 1);
    io_read!(chan, .data[3]);
    let table = io_project!(&dev, build: TABLE);
    for (i, word) in table.iter().enumerate() {
        word.write_val(i as u32);
    }
    assert_eq!(
        log(&dev),
        [
            W(0x20, 32, 1),
            fresh(0x2e, 16),
            W(0x10, 32, 0),
            W(0x14, 32, 1),
            W(0x18, 32, 2),
            W(0x1c, 32, 3),
        ]
    );
}

/// Bytes inside a block become the region of a device by a cast that is checked at run time.
#[test]
fn locations_inside_byte_arrays_need_a_region() {
    struct Window;
    type Part = Region<8, A4, Window>;
    const SECOND: Loc<Part, u8> = Loc::at(1);
    let dev = super::regs();
    let part = io_project!(&dev, .bytes).try_region::<Part>().unwrap();
    io_write!(part, build: SECOND, 4);
    assert_eq!(log(&dev), [W(0x9, 8, 4)]);
}

#[test]
fn locations_may_be_computed_in_the_call() {
    let dev = bar();
    let base = Loc::<Bar, Le<u32>>::at(0x0c);
    assert_eq!((base.offset(), format!("{base:?}")), (0xc, "Loc(0xc)".into()));
    io_write!(&dev, build: Loc::<Bar, Le<u32>>::at(0x8 + 4), 2);
    (&dev).write(base, 3);
    assert_eq!(log(&dev), [W(0xc, 32, 2), W(0xc, 32, 3)]);
}

#[test]
fn steps_follow_a_location() {
    const TABLES: Loc<Bar, [[Le<u16>; 4]; 2]> = Loc::at(0x30);
    let dev = bar();
    io_write!(&dev, build: CHAN, .ctrl, 1);
    io_write!(&dev, build: TABLE, [3], 2);
    io_write!(&dev, build: TABLE, [panic: 2], [3, 4][0],);
    io_update!(&dev, build: TABLES.element(1), [2], |v| v | 0x8000);
    assert_eq!(io_read!(&dev, build: CHAN, .data[build: 1 + 2],), 0x2f2e);
    assert_eq!(io_project!(&dev, build: TABLES, [1][build: 1..3]).size(), 4);
    let try_last = |i| -> Result<u32, OutOfBound> { Ok(io_read!(&dev, build: TABLE, [try: i])) };
    assert_eq!((try_last(3), try_last(4).is_err()), (Ok(2), true));
    assert_eq!(
        log(&dev),
        [
            W(0x20, 32, 1),
            W(0x1c, 32, 2),
            W(0x18, 32, 3),
            fresh(0x3c, 16),
            W(0x3c, 16, 0xbd3c),
            fresh(0x2e, 16),
            R(0x1c, 32, 2),
        ]
    );
}
