//! What was computed before is not computed again: reports share most of their formulaic words.
//!
//! The words of a piece of text and the patterns of a row of symbols depend on nothing but the dictionaries, so each
//! thread remembers them. The memory is bounded: a full one is emptied. Results are the same with and without.

use std::cell::RefCell;
use std::hash::Hash;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxHashMap;

/// More than a corpus of one kind of report needs; about a megabyte a thread.
const CAPACITY: usize = 8192;
/// Longer texts (bytes) hardly come again.
const LONGEST: usize = 120;

/// Results by text.
#[derive(Debug)]
pub(super) struct Memo<K, V> {
    owner: u32,
    known: FxHashMap<K, Rc<[V]>>,
}

impl<K: Hash + Eq, V> Memo<K, V> {
    pub(super) fn new() -> RefCell<Memo<K, V>> {
        RefCell::new(Memo { owner: 0, known: FxHashMap::default() })
    }
}

impl<V> Memo<Box<str>, V> {
    /// What is known of a text for the grammar `owner`; computed where it is new.
    pub(super) fn get(memo: &RefCell<Self>, owner: u32, text: &str, compute: impl FnOnce() -> Vec<V>) -> Rc<[V]> {
        if text.len() > LONGEST {
            return compute().into();
        }
        if let Some(found) = memo.borrow().known.get(text).filter(|_| memo.borrow().owner == owner) {
            return Rc::clone(found);
        }
        let value: Rc<[V]> = compute().into();
        let mut memo = memo.borrow_mut();
        if memo.owner != owner || memo.known.len() >= CAPACITY {
            memo.owner = owner;
            memo.known.clear();
        }
        memo.known.insert(text.into(), Rc::clone(&value));
        value
    }
}

/// A number for a grammar that no other grammar of the process has.
pub(super) fn next_owner() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
