//! What a user names on the command line to a stream of items, each of which may be a report.
//!
//! In: paths of files, folders, archives, dumps and crawls. Out: [`Item`]s in a fixed order, pushed one by one into a
//! sink. A stage of its own because nothing later should know whether a report was a file, a member of an archive, a
//! row of a dump or a record of a crawl. Archives are streamed: in memory are one member, the archives around it that
//! are themselves members, and what the sink holds. No size that a header claims is trusted, nothing is written, and a
//! path inside an archive never becomes more than an id.

mod archive;
mod budget;
mod container;
mod crawl;
mod dump;
mod error;
mod find;
mod http;
mod item;
mod manifest;
mod names;
mod stream;

pub use container::Container;
pub use error::{CollectionError, InputError, ManifestFault};
pub use find::{Inputs, Places, find};
pub use item::{Content, Item, ManifestEntry, Piece};
pub use stream::{Options, Passed};
