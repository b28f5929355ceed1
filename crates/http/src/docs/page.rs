//! The document as a page: plain HTML, drawn once, with nothing to fetch and nothing to run.

use std::fmt::Write as _;

use serde_json::Value;

const STYLE: &str = include_str!("page.css");

/// The whole page.
pub(super) fn render(doc: &Value) -> String {
    let mut page = Page(String::with_capacity(256 * 1024));
    page.whole(doc);
    page.0
}

struct Page(String);

impl Page {
    fn put(&mut self, html: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.0.write_fmt(html);
    }

    fn whole(&mut self, doc: &Value) {
        let info = |name: &str| text(doc.pointer(&format!("/info/{name}")));
        self.put(format_args!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title} API</title>\
             <style>{STYLE}</style><header><h1>{title} API <small>{version}</small></h1>{description}\
             <p><a href=\"/api/v1/openapi.json\">openapi.json</a></p></header><main>",
            title = info("title"),
            version = info("version"),
            description = paragraphs(doc.pointer("/info/description")),
        ));
        let mut named = Vec::new();
        for tag in doc.get("tags").and_then(Value::as_array).into_iter().flatten() {
            let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
            named.push(name);
            self.tag(doc, name, &text(tag.get("description")));
        }
        self.put(format_args!("<h2>Schemas</h2>"));
        for (name, schema) in doc.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten() {
            let name = escape(name);
            self.put(format_args!(
                "<details id=\"{name}\"><summary><code>{name}</code></summary>{}",
                paragraphs(schema.get("description"))
            ));
            self.schema(schema);
            self.put(format_args!("</details>"));
        }
        self.put(format_args!("</main></html>"));
    }

    fn tag(&mut self, doc: &Value, name: &str, description: &str) {
        self.put(format_args!("<h2>{}</h2><p>{description}</p>", escape(name)));
        for (path, methods) in doc.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let tags = operation.get("tags").and_then(Value::as_array);
                if tags.is_some_and(|tags| tags.iter().any(|tag| tag.as_str() == Some(name))) {
                    self.operation(path, method, operation);
                }
            }
        }
    }

    fn operation(&mut self, path: &str, method: &str, operation: &Value) {
        self.put(format_args!(
            "<details><summary><b class=\"{method}\">{method}</b> <code>{path}</code> {summary}</summary>{description}",
            method = escape(method),
            path = escape(path),
            summary = text(operation.get("summary")),
            description = paragraphs(operation.get("description")),
        ));
        if let Some(parameters) = operation.get("parameters").and_then(Value::as_array).filter(|all| !all.is_empty()) {
            self.put(format_args!("<h3>Parameters</h3><table>"));
            for parameter in parameters {
                self.put(format_args!(
                    "<tr><td><code>{}</code><td>{}<td>{}<td>{}",
                    text(parameter.get("name")),
                    text(parameter.get("in")),
                    parameter.get("schema").map(kind).unwrap_or_default(),
                    text(parameter.get("description")),
                ));
            }
            self.put(format_args!("</table>"));
        }
        if let Some(body) = operation.get("requestBody") {
            self.put(format_args!("<h3>Body</h3><p>{}</p>", content(body)));
        }
        self.put(format_args!("<h3>Answers</h3><table>"));
        for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
            self.put(format_args!(
                "<tr><td><code>{}</code><td>{}<td>{}",
                escape(status),
                text(response.get("description")),
                content(response)
            ));
        }
        self.put(format_args!("</table></details>"));
    }

    fn schema(&mut self, schema: &Value) {
        for variant in ["oneOf", "anyOf", "allOf"] {
            for one in schema.get(variant).and_then(Value::as_array).into_iter().flatten() {
                self.put(format_args!("<p class=\"either\">{} {}</p>", kind(one), text(one.get("description"))));
                self.schema(one);
            }
        }
        if schema.get("enum").is_some() {
            self.put(format_args!("<p>{}</p>", kind(schema)));
        }
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        let required = schema.get("required").and_then(Value::as_array);
        self.put(format_args!("<table>"));
        for (name, property) in properties {
            let needed = required.is_some_and(|names| names.iter().any(|one| one.as_str() == Some(name)));
            self.put(format_args!(
                "<tr><td><code>{}{}</code><td>{}<td>{}",
                escape(name),
                if needed { "" } else { "?" },
                kind(property),
                text(property.get("description")),
            ));
        }
        self.put(format_args!("</table>"));
    }
}

/// The schemas of a body or an answer.
fn content(holder: &Value) -> String {
    let all = holder.get("content").and_then(Value::as_object).into_iter().flatten();
    let each = all.map(|(mime, media)| {
        format!("{} <small>{}</small>", media.get("schema").map(kind).unwrap_or_default(), escape(mime))
    });
    each.collect::<Vec<_>>().join(", ")
}

/// A schema in a few words, with a link where it has a name.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) {
        let name = escape(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<String> = words.iter().map(|word| format!("<code>{}</code>", escape(&plain(word)))).collect();
        return words.join(" · ");
    }
    for variant in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema.get(variant).and_then(Value::as_array) {
            return all.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    let one = |name: &str| match name {
        "array" => format!("{}[]", schema.get("items").map(kind).unwrap_or_default()),
        "object" => match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => format!("object of {}", kind(values)),
            _ => "object".to_owned(),
        },
        name => match schema.get("format").and_then(Value::as_str) {
            Some(format) => format!("{} ({})", escape(name), escape(format)),
            None => escape(name),
        },
    };
    match schema.get("type") {
        Some(Value::String(name)) => one(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).map(escape).unwrap_or_default()
}

fn paragraphs(value: Option<&Value>) -> String {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    text.split("\n\n").filter(|part| !part.is_empty()).map(|part| format!("<p>{}</p>", escape(part))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
