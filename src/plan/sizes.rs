//! The sizes of the files that pages offer for download.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Build, Plan, Recipe};
use crate::pages::Size;

/// The sizes of data files and PDFs by their paths, each known once the file is made.
pub(super) struct FileSizes(BTreeMap<String, OnceLock<Size>>);

impl FileSizes {
    /// The sizes of a plan, none of them known yet.
    pub(super) fn of(plan: &Plan) -> Self {
        let is_offered = |recipe: &Recipe| matches!(recipe, Recipe::Data { .. } | Recipe::Pdf(_));
        let offered = plan.recipes.iter().filter(|(_, recipe)| is_offered(recipe));
        Self(offered.map(|(path, _)| (path.clone(), OnceLock::new())).collect())
    }
}

impl Build {
    /// Sets the size of the file at a path. Only the first call counts.
    pub fn set_size(&self, path: &str, size: Size) {
        if let Some(known) = self.sizes.0.get(path) {
            known.get_or_init(|| size);
        }
    }

    /// The size of a data file or PDF, for the page that offers it.
    pub(super) fn size(&self, path: &str) -> Option<Size> {
        let size = self.sizes.0.get(path)?;
        match self.plan.recipes.get(path)? {
            Recipe::Data { of, set } => Some(
                *size
                    .get_or_init(|| Size { bytes: of.render(&self.site, *set).len(), pages: None }),
            ),
            _ => size.get().copied(),
        }
    }
}
