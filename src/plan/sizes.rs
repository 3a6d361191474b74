//! The sizes of the files that pages offer for download.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Build, Plan, Recipe};
use crate::formats::{DataFormat, Set};
use crate::model::Site;
use crate::pages::Size;

/// The sizes of data files and PDFs by their paths, each known once the file is made.
pub(super) struct FileSizes(BTreeMap<String, OnceLock<Size>>);

impl FileSizes {
    /// The sizes of a plan, none of them known yet.
    pub(super) fn of(plan: &Plan) -> Self {
        let offered = plan.recipes.iter().filter(|(_, recipe)| recipe.is_offered());
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
        let data = |of: &DataFormat, site: &Site, set: Set| {
            *size.get_or_init(|| Size { bytes: of.render(site, set).len(), pages: None })
        };
        match self.plan.recipes.get(path)? {
            Recipe::Data { of, set } => Some(data(of, &self.site, *set)),
            Recipe::Earlier { site, of } => match &**of {
                Recipe::Data { of, set } => Some(data(of, &self.earlier[*site], *set)),
                _ => size.get().copied(),
            },
            _ => size.get().copied(),
        }
    }
}
