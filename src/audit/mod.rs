//! The pipeline over reports ([`Engine`]) and over a corpus ([`corpus`]).

pub mod corpus;
mod engine;
mod examples;
mod failure;
mod kind;

pub use engine::{Engine, Panic, TOGETHER, View};
pub use failure::Failure;
