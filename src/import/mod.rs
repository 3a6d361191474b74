//! Foreign tables in, content files out.

mod account;
mod choices;
mod columns;
mod compound;
mod csv;
mod dates;
pub mod document;
mod docx;
mod entries;
mod error;
mod files;
mod gathering;
mod html;
mod importing;
mod markdown;
mod numerals;
mod package;
mod reader;
mod sheet;
mod symbols;
mod tables;
mod text;
mod told;
mod values;
mod xml;

pub use account::{Account, Placed};
pub use choices::Choices;
pub use columns::{AskedColumns, ColumnField, ForeignColumn, ForeignColumns, Why};
pub use document::ForeignDocument;
pub use entries::{
    ForeignEntry, ForeignFact, ForeignSection, Omitted, OmittedKind, Remark, TablesRead,
};
pub use error::ReadError;
pub use files::{NewFile, NewReport};
pub use importing::{Import, Request, import};
pub use reader::{ReadOptions, Resolve, read};
pub use tables::{FoundTable, Shape};
pub use told::{plural, told};
