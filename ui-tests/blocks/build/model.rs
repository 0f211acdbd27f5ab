//! The model: blocks as lists of fields, with the offsets and the accesses that follow from them.
//!
//! It uses nothing of the library: an access is an offset and a number of bits.

use crate::random::Random;

/// An access of a copy: offset and bits.
pub(crate) type Access = (usize, usize);

/// Byte order.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Order {
    Native,
    Little,
    Big,
}

/// The copies that a block permits.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Use {
    Read,
    Write,
    Both,
}

/// The type of a field.
#[derive(Clone)]
pub(crate) enum Type {
    /// A value of this many bytes, in an access kind or in none.
    Value { bytes: usize, order: Order, kind: &'static str },
    /// A value of 64 bits in two accesses.
    Halves { order: Order, low_first: bool, kind: &'static str },
    /// Reserved bytes.
    Reserved(usize),
    /// Equal elements.
    Array(usize, Box<Type>),
    /// An earlier block.
    Block(Box<Block>),
}

#[derive(Clone)]
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) uses: Use,
    /// Offsets and types, in address order.
    pub(crate) fields: Vec<(usize, Type)>,
    pub(crate) size: usize,
    pub(crate) align: usize,
}

impl Type {
    pub(crate) fn size(&self) -> usize {
        match self {
            Type::Value { bytes, .. } | Type::Reserved(bytes) => *bytes,
            Type::Halves { .. } => 8,
            Type::Array(count, element) => count * element.size(),
            Type::Block(block) => block.size,
        }
    }

    fn align(&self) -> usize {
        match self {
            Type::Value { bytes, .. } => *bytes,
            Type::Reserved(_) => 1,
            Type::Halves { .. } => 4,
            Type::Array(_, element) => element.align(),
            Type::Block(block) => block.align,
        }
    }

    /// Adds the accesses of a copy of this type at an offset.
    pub(crate) fn accesses(&self, at: usize, all: &mut Vec<Access>) {
        match self {
            Type::Value { bytes, .. } => all.push((at, bytes * 8)),
            Type::Halves { order, low_first, .. } => {
                let low = if *order == Order::Big { 4 } else { 0 };
                let (first, second) = if *low_first { (low, 4 - low) } else { (4 - low, low) };
                all.extend([(at + first, 32), (at + second, 32)]);
            }
            Type::Reserved(_) => {}
            Type::Array(count, element) => {
                (0..*count).for_each(|i| element.accesses(at + i * element.size(), all));
            }
            Type::Block(block) => block.accesses(at, all),
        }
    }

    fn random(random: &mut Random, uses: Use, earlier: &[Block], depth: usize) -> Type {
        let kinds: &[&str] = match uses {
            Use::Read => &["", "Ro", "Rw"],
            Use::Write => &["", "Wo", "Rw"],
            Use::Both => &["", "Rw"],
        };
        let kind = random.pick(kinds);
        // A native order would make the bytes depend on the machine.
        let order = random.pick(&[Order::Little, Order::Big]);
        match random.below(if depth == 0 { 6 } else { 10 }) {
            0..=3 => {
                let bytes = random.pick(&[1, 2, 4, 8]);
                let order = if bytes == 1 { Order::Native } else { order };
                Type::Value { bytes, order, kind }
            }
            4 => Type::Halves { order, low_first: random.one_in(2), kind },
            5 => Type::Reserved(1 + random.below(12)),
            6..=7 => {
                let element = Type::random(random, uses, earlier, depth - 1);
                match element {
                    Type::Reserved(_) => element,
                    element => Type::Array(1 + random.below(6), Box::new(element)),
                }
            }
            _ => {
                let usable: Vec<&Block> = earlier
                    .iter()
                    .filter(|block| block.size <= 200)
                    .filter(|block| block.uses == uses || block.uses == Use::Both)
                    .collect();
                match usable.len() {
                    0 => Type::Value { bytes: 1, order: Order::Native, kind },
                    len => Type::Block(Box::new(usable[random.below(len)].clone())),
                }
            }
        }
    }
}

impl Block {
    /// Creates a block without padding: gaps are reserved bytes.
    pub(crate) fn random(random: &mut Random, number: usize, earlier: &[Block]) -> Block {
        let uses = random.pick(&[Use::Read, Use::Write, Use::Both, Use::Both]);
        let mut block =
            Block { name: format!("Block{number}"), uses, fields: vec![], size: 0, align: 1 };
        for _ in 0..1 + random.below(9) {
            let field = Type::random(random, uses, earlier, 2);
            block.push(field);
        }
        block.fill_to(block.align);
        block
    }

    fn push(&mut self, field: Type) {
        self.fill_to(field.align());
        self.align = self.align.max(field.align());
        let size = field.size();
        self.fields.push((self.size, field));
        self.size += size;
    }

    /// Adds reserved bytes up to a multiple of `align`.
    fn fill_to(&mut self, align: usize) {
        let gap = self.size.next_multiple_of(align) - self.size;
        if gap > 0 {
            self.fields.push((self.size, Type::Reserved(gap)));
            self.size += gap;
        }
    }

    pub(crate) fn accesses(&self, at: usize, all: &mut Vec<Access>) {
        for (offset, field) in &self.fields {
            field.accesses(at + offset, all);
        }
    }

    /// Returns the offsets that a copy does not access.
    pub(crate) fn reserved(&self) -> Vec<usize> {
        let mut all = vec![];
        self.accesses(0, &mut all);
        let is_accessed =
            |at: usize| all.iter().any(|(offset, bits)| (*offset..offset + bits / 8).contains(&at));
        (0..self.size).filter(|at| !is_accessed(*at)).collect()
    }
}
