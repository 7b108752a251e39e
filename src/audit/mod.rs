//! The pipeline over one report ([`Engine::audit`]) and over a corpus ([`corpus`]).

pub mod corpus;
mod failure;
mod kind;
mod one;

pub use failure::Failure;
pub use one::{Engine, View};
