//! The import: what readers make of foreign documents, and what becomes of their tables.

mod build;
mod command;
mod corpus;
mod foreign;
mod imported;
mod kinds;
mod robust;
mod show;
mod traps;
mod word;
