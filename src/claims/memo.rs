//! What was computed before is not computed again: reports share most of their formulaic words.
//!
//! The words of a piece of text and the patterns of a row of symbols depend on nothing but the dictionaries, so each
//! thread remembers them. A text is remembered when it is seen for the second time, in a place of its own among a
//! fixed number: most pieces of prose never come again, and remembering them costs more than it gives. Results are
//! the same with and without.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxBuildHasher;

/// Places, as a power of two: more than the formulaic pieces of a corpus of one kind of report.
const PLACES: u32 = 13;
/// Longer texts (bytes) hardly come again.
const LONGEST: usize = 120;

/// Results by text.
#[derive(Debug)]
pub(super) struct Memo<V> {
    owner: u32,
    /// Empty until the first text.
    places: Vec<Place<V>>,
}

#[derive(Debug)]
struct Place<V> {
    /// The hash of the text that was last seen here and not remembered.
    seen: u64,
    known: Option<(Box<str>, Rc<[V]>)>,
}

/// A result, remembered or not.
pub(super) enum Computed<V> {
    Known(Rc<[V]>),
    Fresh(Vec<V>),
}

impl<V> Deref for Computed<V> {
    type Target = [V];

    fn deref(&self) -> &[V] {
        match self {
            Computed::Known(known) => known,
            Computed::Fresh(fresh) => fresh,
        }
    }
}

impl<V> Memo<V> {
    pub(super) const fn new() -> RefCell<Memo<V>> {
        RefCell::new(Memo { owner: 0, places: Vec::new() })
    }

    /// What is known of a text for the grammar `owner`; computed where it is new.
    pub(super) fn get(memo: &RefCell<Self>, owner: u32, text: &str, compute: impl FnOnce() -> Vec<V>) -> Computed<V> {
        if text.len() > LONGEST {
            return Computed::Fresh(compute());
        }
        let hash = FxBuildHasher.hash_one(text);
        let at = (hash >> (u64::BITS - PLACES)) as usize;
        let is_seen = {
            let memo = &mut *memo.borrow_mut();
            if memo.owner != owner {
                memo.owner = owner;
                memo.places.clear();
                memo.places.resize_with(1 << PLACES, || Place { seen: 0, known: None });
            }
            let place = &mut memo.places[at];
            if let Some((_, value)) = place.known.as_ref().filter(|(known, _)| **known == *text) {
                return Computed::Known(Rc::clone(value));
            }
            std::mem::replace(&mut place.seen, hash) == hash
        };
        let value = compute();
        if !is_seen {
            return Computed::Fresh(value);
        }
        let value: Rc<[V]> = value.into();
        memo.borrow_mut().places[at].known = Some((text.into(), Rc::clone(&value)));
        Computed::Known(value)
    }
}

/// A number for a grammar that no other grammar of the process has.
pub(super) fn next_owner() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
