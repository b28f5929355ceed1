//! Payloads from elsewhere: every sample of the folder that `PRONTO_VECTORS` names is read (or written) and compared
//! with the small normalised view its manifest gives. Without the variable there is nothing to do.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test, which may say that it is skipped")]

mod outgoing;
mod view;

use std::path::{Path, PathBuf};

use pronto_domain::outbound::Answer;
use pronto_provider::{Body, meta};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("PRONTO_VECTORS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: PRONTO_VECTORS is not set");
    }
    folder
}

/// The manifest's entries for one kind of Meta's payloads, each with the payload's bytes.
fn samples(folder: &Path, kind: &str) -> Vec<(String, Value, Vec<u8>)> {
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let entries: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    let chosen = entries.into_iter().filter(|entry| entry["provider"] == "meta" && entry["kind"] == kind);
    chosen
        .map(|entry| {
            let file = entry["file"].as_str().unwrap().to_owned();
            let bytes = std::fs::read(folder.join(&file)).unwrap();
            (file, entry, bytes)
        })
        .collect()
}

#[test]
fn webhooks_mean_what_the_manifest_says() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let samples = samples(&folder, "webhook");
    for (file, entry, body) in &samples {
        let batch = match meta::read(body) {
            Ok(batch) => batch,
            Err(error) => {
                wrong.push(format!("{file}: {error}"));
                continue;
            }
        };
        let seen: Vec<Value> = batch.items.iter().map(view::of).collect();
        if let Err(difference) = view::compare(entry, &seen) {
            wrong.push(format!("{file}: {difference}\n    seen {}", Value::from(seen)));
        }
    }
    println!("{} webhooks compared", samples.len());
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), samples.len(), wrong.join("\n"));
}

#[test]
fn requests_are_written_as_in_the_samples() {
    let Some(folder) = folder() else { return };
    let endpoint = meta::Endpoint {
        base_url: "https://graph.facebook.com/v23.0".into(),
        phone_number_id: "106540352242922".into(),
        business_account_id: None,
        access_token: "EAAx".to_owned().into(),
    };
    let (mut compared, mut wrong) = (0, Vec::new());
    for (file, _, body) in samples(&folder, "outbound_request") {
        let sample: Value = serde_json::from_slice(&body).unwrap();
        let request = match outgoing::of(&sample) {
            Some(outgoing::Sample::Message(message)) => meta::write(&message, &endpoint).unwrap(),
            Some(outgoing::Sample::MarkRead { message_id, typing }) => meta::mark_read(&endpoint, &message_id, typing),
            None => continue,
        };
        let Body::Json(bytes) = request.body else { panic!("{file}: no JSON") };
        let mut written: Value = serde_json::from_slice(&bytes).unwrap();
        let mut wanted = sample;
        outgoing::level(&mut wanted);
        outgoing::level(&mut written);
        compared += 1;
        if written != wanted {
            wrong.push(format!("{file}:\n    written {written}\n    wanted  {wanted}"));
        }
    }
    println!("{compared} requests compared");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn answers_to_messages_are_accepted() {
    let Some(folder) = folder() else { return };
    for (file, entry, body) in samples(&folder, "outbound_response") {
        let status = entry["expect"]["http"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
        let answer = meta::answered(status, None, &body);
        let accepted = matches!(answer, Answer::Accepted { .. });
        assert_eq!(accepted, (200..300).contains(&status), "{file}: {answer:?}");
    }
}
