//! A provider's list of templates, page by page.

use pronto_domain::template::{Status, Template};

/// A template as the provider has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: String,
    pub category: String,
    pub status: Status,
    pub reason: Option<String>,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: Option<String>,
    pub template: Template,
}

/// A page of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Where the next page begins; `None` on the last.
    pub after: Option<String>,
}
