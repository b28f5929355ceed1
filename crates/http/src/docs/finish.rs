//! What holds for every answer is said once: it carries all its fields, and anything may fail.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, ResponseBuilder, Schema};

const PROBLEM: &str = "application/problem+json";

/// Completes a document: every property of an answer is required (null where there is nothing), and every operation
/// may answer a problem.
pub(crate) fn finished(mut doc: OpenApi) -> OpenApi {
    for operation in doc.paths.paths.values_mut().flat_map(operations) {
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response
                && status.starts_with(['4', '5'])
                && let Some(content) = response.content.swap_remove("application/json")
            {
                response.content.insert(PROBLEM.to_owned(), content);
            }
        }
        operation.responses.responses.entry("default".to_owned()).or_insert_with(problem);
    }
    let names = answered(&serde_json::to_value(&doc).unwrap_or_default());
    if let Some(components) = &mut doc.components {
        for (_, schema) in components.schemas.iter_mut().filter(|(name, _)| names.contains(*name)) {
            require_all(schema);
        }
    }
    doc
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = path;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn problem() -> RefOr<utoipa::openapi::Response> {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    let content = Content::new(Some(schema));
    RefOr::T(ResponseBuilder::new().description("why not").content(PROBLEM, content).build())
}

/// The names of all schemas that answers consist of.
fn answered(doc: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut next = Vec::new();
    let paths = doc.pointer("/paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    for operation in paths.filter_map(Value::as_object).flat_map(|path| path.values()) {
        if let Some(responses) = operation.get("responses") {
            references(responses, &mut next);
        }
    }
    while let Some(name) = next.pop() {
        if let Some(schema) = doc.pointer(&format!("/components/schemas/{name}"))
            && names.insert(name)
        {
            references(schema, &mut next);
        }
    }
    names
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) {
                found.push(name.to_owned());
            }
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn require_all(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => {
            object.required = object.properties.keys().cloned().collect();
            object.properties.values_mut().for_each(require_all);
            if let Some(AdditionalProperties::RefOr(values)) = object.additional_properties.as_deref_mut() {
                require_all(values);
            }
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                require_all(items);
            }
        }
        Schema::OneOf(one) => one.items.iter_mut().for_each(require_all),
        Schema::AllOf(all) => all.items.iter_mut().for_each(require_all),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(require_all),
        _ => {}
    }
}
