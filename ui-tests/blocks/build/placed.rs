//! Blocks with offsets: arrays with a stride, which are woven into each other, and blocks that end
//! with a slice.

use core::fmt::Write as _;

use crate::{
    model::{Access, Order, Type},
    random::Random,
    source::name_of,
};

/// An array with an offset and a stride.
pub(crate) struct Strided {
    at: usize,
    stride: usize,
    count: usize,
    element: Type,
}

/// A block of such arrays, in the order of their offsets.
pub(crate) struct Woven {
    name: String,
    arrays: Vec<Strided>,
    size: usize,
}

/// A header, a slice, and a field after it if there is one.
pub(crate) struct Tail {
    name: String,
    header: Vec<(usize, Type)>,
    at: usize,
    element: Type,
    count: usize,
    after: Option<Type>,
}

fn value(random: &mut Random, bytes: usize) -> Type {
    let order = random.pick(&[Order::Little, Order::Big]);
    let order = if bytes == 1 { Order::Native } else { order };
    Type::Value { bytes, order, kind: random.pick(&["", "Rw"]) }
}

impl Woven {
    /// Divides each stride into lanes; each array has one.
    pub(crate) fn random(random: &mut Random, number: usize) -> Self {
        let (stride, start) = (random.pick(&[8, 16, 24, 32]), 8 * random.below(3));
        let mut arrays = vec![];
        let mut lane = 0;
        while lane < stride {
            let bytes = random.pick(&[1, 2, 4, 8]);
            let at: usize = usize::next_multiple_of(lane, bytes);
            if at + bytes > stride {
                break;
            }
            lane = at + bytes + random.below(4);
            let count = 1 + random.below(6);
            let element = match random.one_in(4) && at + 2 * bytes <= stride {
                true => {
                    lane = at + 2 * bytes;
                    Type::Array(2, Box::new(value(random, bytes)))
                }
                false => value(random, bytes),
            };
            arrays.push(Strided { at: start + at, stride, count, element });
        }
        let end =
            |array: &Strided| array.at + (array.count - 1) * array.stride + array.element.size();
        let size = arrays.iter().map(end).max().unwrap_or(0).next_multiple_of(8);
        Woven { name: format!("Woven{number}"), arrays, size }
    }

    pub(crate) fn write(&self, text: &mut String) {
        let Woven { name, arrays, size } = self;
        writeln!(text, "#[io_struct(size = {size})]\nstruct {name} {{").unwrap();
        for (i, Strided { at, stride, count, element }) in arrays.iter().enumerate() {
            let ty = name_of(element);
            writeln!(text, "    #[io(at = {at}, stride = {stride})]").unwrap();
            writeln!(text, "    f{i}: [{ty}; {count}],").unwrap();
        }
        text.push_str("}\n");
        writeln!(text, "fn check_{}() {{", name.to_lowercase()).unwrap();
        writeln!(text, "    assert_eq!(size_of::<{name}>(), {size});").unwrap();
        writeln!(text, "    let dev = &device::<{name}>();").unwrap();
        for (i, Strided { at, stride, count, element }) in arrays.iter().enumerate() {
            let inner = inner_index(element);
            for (k, index) in
                [(0, "[0]".to_owned()), (count - 1, format!("[panic: {}]", count - 1))]
            {
                let accesses = last_access(element, at + k * stride);
                writeln!(text, "    io_write!(dev, .f{i}{index}{inner}, 1);").unwrap();
                writeln!(text, "    expect(dev, &{accesses:?});").unwrap();
            }
            writeln!(text, "    let all = io_project!(dev, .f{i}[panic: ..]);").unwrap();
            writeln!(text, "    assert_eq!(all.iter().count(), {count});").unwrap();
            writeln!(text, "    assert!(all.get({count}).is_none());").unwrap();
        }
        text.push_str("}\n");
    }

    pub(crate) fn check(&self) -> String {
        format!("check_{}", self.name.to_lowercase())
    }
}

impl Tail {
    pub(crate) fn random(random: &mut Random, number: usize) -> Self {
        let (mut header, mut end) = (vec![], 0);
        for _ in 0..1 + random.below(4) {
            let bytes = random.pick(&[1, 2, 4]);
            let at = usize::next_multiple_of(end, bytes) + bytes * random.below(3);
            header.push((at, value(random, bytes)));
            end = at + bytes;
        }
        // A multiple of the alignment of the field after the slice, and so is the element.
        let bytes = random.pick(&[1, 2, 4]);
        let at = usize::next_multiple_of(end, 4) + 4 * random.below(3);
        let element = match random.one_in(2) {
            true => value(random, 4),
            false => Type::Array(4 / bytes, Box::new(value(random, bytes))),
        };
        let after = random.one_in(2).then(|| value(random, bytes));
        Tail { name: format!("Tail{number}"), header, at, element, count: random.below(6), after }
    }

    fn size(&self) -> usize {
        let after = self.after.as_ref().map_or(0, Type::size);
        self.at + self.count * self.element.size() + after
    }

    pub(crate) fn write(&self, text: &mut String) {
        let Tail { name, header, at, element, count, after } = self;
        writeln!(text, "#[io_struct]\nstruct {name} {{").unwrap();
        for (i, (at, ty)) in header.iter().enumerate() {
            writeln!(text, "    #[io(at = {at})]\n    f{i}: {},", name_of(ty)).unwrap();
        }
        writeln!(text, "    #[io(at = {at})]\n    tail: [{}],", name_of(element)).unwrap();
        if let Some(after) = after {
            writeln!(text, "    after: {},", name_of(after)).unwrap();
        }
        text.push_str("}\n");
        writeln!(text, "fn check_{}() {{", name.to_lowercase()).unwrap();
        let size = self.size();
        writeln!(text, "    let dev = &memory({});", size.next_multiple_of(4)).unwrap();
        writeln!(text, "    let tail = dev.try_cast_tail::<{name}>({count}).unwrap();").unwrap();
        writeln!(text, "    assert_eq!(tail.size(), {size});").unwrap();
        // The memory is rounded up to a multiple of 4, the size of an element.
        writeln!(text, "    assert!(dev.try_cast_tail::<{name}>({}).is_err());", count + 1)
            .unwrap();
        let mut call = |path: &str, ty: &Type, at: usize| {
            let inner = inner_index(ty);
            writeln!(text, "    io_write!(tail, {path}{inner}, 1);").unwrap();
            writeln!(text, "    expect_in(dev, &{:?});", last_access(ty, at)).unwrap();
        };
        for (i, (at, ty)) in header.iter().enumerate() {
            call(&format!(".f{i}"), ty, *at);
        }
        if let Some(last) = count.checked_sub(1) {
            call(&format!(".tail[panic: {last}]"), element, at + last * element.size());
        }
        if let Some(after) = after {
            call(".after", after, size - after.size());
        }
        text.push_str("}\n");
    }

    pub(crate) fn check(&self) -> String {
        format!("check_{}", self.name.to_lowercase())
    }
}

/// The index of the last value of an element.
fn inner_index(ty: &Type) -> String {
    match ty {
        Type::Array(count, _) => format!("[{}]", count - 1),
        _ => String::new(),
    }
}

/// The access of the last value of an element at an offset.
fn last_access(ty: &Type, at: usize) -> Vec<Access> {
    let mut all = vec![];
    ty.accesses(at, &mut all);
    all.split_off(all.len() - 1)
}
