//! The pipeline over one report ([`Engine::audit`]) and over a corpus ([`corpus`]).

pub mod corpus;
pub mod input;
mod one;

pub use one::{Engine, View};
