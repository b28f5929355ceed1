//! What the apps of an account hear of its templates.

use serde_json::{Map, Value, json};

use super::{Act, review};
use crate::clock;
use crate::store::events::NewEvent;
use crate::store::templates::{self, TemplateRow};
use crate::store::{Result, apps};

impl Act<'_> {
    /// Tells what has become of a template.
    pub(crate) async fn report_template(&mut self, template: &TemplateRow) -> Result<()> {
        self.report_template_with(template, Map::new()).await
    }

    /// The same, with members of its own.
    pub(crate) async fn report_template_with(
        &mut self,
        template: &TemplateRow,
        more: Map<String, Value>,
    ) -> Result<()> {
        let mut value = Map::new();
        value.insert("event".to_owned(), json!(template.status));
        value.insert("reason".to_owned(), json!(template.reason.as_deref().unwrap_or("NONE")));
        value.insert("message_template_category".to_owned(), json!(template.category));
        if template.status == "REJECTED" {
            let reason = review::known(template.reason.as_deref().unwrap_or_default());
            value.insert("rejection_info".to_owned(), json!({"reason": reason.found, "recommendation": reason.advice}));
        }
        value.extend(more);
        self.tell_of_template(template, "message_template_status_update", value).await
    }

    /// Stores how well a template is liked, and tells of it.
    pub(crate) async fn rate_template(&mut self, template: &mut TemplateRow, quality: &str) -> Result<()> {
        let mut value = Map::new();
        value.insert("previous_quality_score".to_owned(), json!(template.quality));
        value.insert("new_quality_score".to_owned(), json!(quality));
        quality.clone_into(&mut template.quality);
        template.quality_at = clock::now();
        templates::save(self.db(), template).await?;
        self.tell_of_template(template, "message_template_quality_update", value).await
    }

    /// Puts a template into another category, and tells of it.
    pub(crate) async fn put_into_category(&mut self, template: &mut TemplateRow, category: &str) -> Result<()> {
        let before = std::mem::replace(&mut template.category, category.to_owned());
        let mut value = Map::new();
        value.insert("previous_category".to_owned(), json!(before));
        value.insert("new_category".to_owned(), json!(category));
        template.previous_category = Some(before);
        template.correct_category = None;
        templates::save(self.db(), template).await?;
        self.tell_of_template(template, "template_category_update", value).await
    }

    /// Warns that a template will be put into another category; the new one is still the one it has.
    pub(crate) async fn announce_category(&mut self, template: &mut TemplateRow, category: &str) -> Result<()> {
        let mut value = Map::new();
        value.insert("correct_category".to_owned(), json!(category));
        value.insert("new_category".to_owned(), json!(template.category));
        template.correct_category = Some(category.to_owned());
        templates::save(self.db(), template).await?;
        self.tell_of_template(template, "template_category_update", value).await
    }

    async fn tell_of_template(&mut self, template: &TemplateRow, field: &str, value: Map<String, Value>) -> Result<()> {
        let mut item = json!({
            "message_template_id": template.id.parse::<i64>().unwrap_or_default(),
            "message_template_name": template.name,
            "message_template_language": template.language,
        });
        if let Some(item) = item.as_object_mut() {
            item.extend(value);
        }
        let accounts = apps::all(self.db()).await?;
        for app in accounts.into_iter().filter(|app| app.templates_of() == template.business_account_id) {
            let event = NewEvent {
                app_id: app.id,
                number_id: None,
                kind: "field",
                field: field.to_owned(),
                contact: None,
                item: item.clone(),
                message_id: None,
            };
            self.emit(&event, 0).await?;
        }
        Ok(())
    }
}
