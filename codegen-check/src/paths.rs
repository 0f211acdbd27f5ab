//! Every path through a function, as a sequence of events.
//!
//! A loop counts as one step, [`Event::Loop`]: its number of iterations is not known.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;

use crate::event::Event;
use crate::trace::Summary;

/// The events on each returning path, or an error if there are too many paths.
pub(crate) type Paths = Result<BTreeSet<Vec<Event>>, String>;

/// The maximum number of paths.
const LIMIT: usize = 512;

/// A reachable instruction.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) events: Vec<Event>,
    pub(crate) callee: Option<Rc<Summary>>,
    /// The summary of the function that a tail call jumps to, if the step is one.
    pub(crate) tail: Option<Rc<Summary>>,
    /// The next steps; `None` is the return.
    pub(crate) next: Vec<Option<usize>>,
}

/// Returns the paths from the first step to a return.
pub(crate) fn find(steps: &[Option<Step>]) -> Paths {
    let components = components(steps);
    let mut of: Vec<usize> = vec![usize::MAX; steps.len()];
    for (number, component) in components.iter().enumerate() {
        for &step in component {
            of[step] = number;
        }
    }
    // Each component is after the components that it leads to.
    let mut paths: Vec<BTreeSet<Vec<Event>>> = Vec::with_capacity(components.len());
    for (number, component) in components.iter().enumerate() {
        let mut rest = BTreeSet::new();
        for next in component.iter().filter_map(|&i| steps[i].as_ref()).flat_map(|s| &s.next) {
            match next {
                None => {
                    rest.insert(vec![]);
                }
                Some(next) if *next < of.len() && of[*next] < number => {
                    rest.extend(paths[of[*next]].iter().cloned());
                }
                Some(_) => {}
            }
        }
        let here = of_component(steps, component)?;
        if here.len().saturating_mul(rest.len()) > LIMIT {
            return Err(format!("more than {LIMIT} paths"));
        }
        for tail in component.iter().filter_map(|&i| steps[i].as_ref()?.tail.as_ref()) {
            rest.extend(tail.paths.as_ref().map_err(String::clone)?.iter().cloned());
        }
        let joined = here.iter().flat_map(|first| {
            rest.iter().map(|then| first.iter().chain(then).cloned().collect::<Vec<_>>())
        });
        paths.push(joined.collect());
    }
    let first = of.first().filter(|number| **number != usize::MAX);
    Ok(first.map_or(BTreeSet::new(), |number| paths[*number].clone()))
}

/// Returns the events of one step, or of one loop.
fn of_component(steps: &[Option<Step>], component: &[usize]) -> Paths {
    let is_loop = match component {
        [one] => steps[*one].as_ref().is_some_and(|step| step.next.contains(&Some(*one))),
        _ => true,
    };
    if is_loop {
        let mut events = vec![];
        let mut sorted = component.to_vec();
        sorted.sort_unstable();
        for step in sorted.into_iter().filter_map(|i| steps[i].as_ref()) {
            events.extend(step.events.iter().cloned());
            for callee in step.callee.iter().chain(&step.tail) {
                events.extend(callee.all.iter().map(|(event, _)| event.clone()));
            }
        }
        let events = if events.is_empty() { vec![] } else { vec![Event::Loop(events)] };
        return Ok(BTreeSet::from([events]));
    }
    let Some(step) = component.first().and_then(|&i| steps[i].as_ref()) else {
        return Ok(BTreeSet::from([vec![]]));
    };
    let Some(callee) = &step.callee else {
        return Ok(BTreeSet::from([step.events.clone()]));
    };
    let inner = callee.paths.as_ref().map_err(String::clone)?;
    Ok(inner.iter().map(|path| step.events.iter().chain(path).cloned().collect()).collect())
}

/// Returns the strongly connected components, each after those that it leads to (Tarjan's
/// algorithm, with an explicit stack).
fn components(steps: &[Option<Step>]) -> Vec<Vec<usize>> {
    let next = |at: usize| -> Vec<usize> {
        let step = steps[at].as_ref();
        let all = step.map_or(&[][..], |step| &step.next).iter().flatten().copied();
        all.filter(|next| steps.get(*next).is_some_and(Option::is_some)).collect()
    };
    let unseen = usize::MAX;
    let (mut order, mut low) = (vec![unseen; steps.len()], vec![unseen; steps.len()]);
    let mut on_stack = vec![false; steps.len()];
    let (mut stack, mut found, mut count) = (vec![], vec![], 0);
    if steps.first().is_none_or(Option::is_none) {
        return found;
    }
    let mut calls: Vec<(usize, usize)> = vec![(0, 0)];
    while let Some((at, done)) = calls.pop() {
        if done == 0 {
            order[at] = count;
            low[at] = count;
            count += 1;
            stack.push(at);
            on_stack[at] = true;
        }
        let all = next(at);
        if let Some(child) = done.checked_sub(1).and_then(|i| all.get(i)) {
            low[at] = low[at].min(low[*child]);
        }
        let mut descended = false;
        for (i, child) in all.iter().enumerate().skip(done) {
            if order[*child] == unseen {
                calls.push((at, i + 1));
                calls.push((*child, 0));
                descended = true;
                break;
            } else if on_stack[*child] {
                low[at] = low[at].min(order[*child]);
            }
        }
        if !descended && low[at] == order[at] {
            let start = stack.iter().position(|i| *i == at).unwrap_or(0);
            let component = stack.split_off(start);
            component.iter().for_each(|i| on_stack[*i] = false);
            found.push(component);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, next: &[Option<usize>]) -> Option<Step> {
        let events = if name.is_empty() { vec![] } else { vec![Event::Fence(name.to_owned())] };
        Some(Step { events, callee: None, tail: None, next: next.to_vec() })
    }

    fn found(steps: &[Option<Step>]) -> Vec<String> {
        let paths = find(steps).expect("few ways");
        paths.iter().map(|path| crate::event::Sequence(path).to_string()).collect()
    }

    #[test]
    fn every_path_is_found_once() {
        let steps = [
            step("a", &[Some(1), Some(2)]),
            step("b", &[Some(3)]),
            step("c", &[Some(3)]),
            step("d", &[None]),
        ];
        assert_eq!(found(&steps), ["a; b; d", "a; c; d"]);
    }

    #[test]
    fn paths_that_do_not_return_are_omitted() {
        let steps = [step("a", &[Some(1), Some(2)]), step("panic", &[]), step("", &[None])];
        assert_eq!(found(&steps), ["a"]);
        assert_eq!(found(&[step("a", &[])]), Vec::<String>::new());
    }

    #[test]
    fn a_loop_is_one_step() {
        let steps = [
            step("a", &[Some(1)]),
            step("b", &[Some(2)]),
            step("c", &[Some(1), Some(3)]),
            step("d", &[None]),
        ];
        assert_eq!(found(&steps), ["a; loop { b; c }; d"]);
        let own = [step("a", &[Some(0), Some(1)]), step("", &[None])];
        assert_eq!(found(&own), ["loop { a }"]);
        let quiet = [step("", &[Some(0), Some(1)]), step("d", &[None])];
        assert_eq!(found(&quiet), ["d"]);
    }
}
