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
    samples_of(folder, "meta", kind)
}

fn samples_of(folder: &Path, provider: &str, kind: &str) -> Vec<(String, Value, Vec<u8>)> {
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let entries: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    let chosen = entries.into_iter().filter(|entry| entry["provider"] == provider && entry["kind"] == kind);
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
        app_id: None,
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

#[test]
fn callbacks_of_sinch_are_what_they_are_called() {
    let Some(folder) = folder() else { return };
    let samples = samples_of(&folder, "sinch", "webhook");
    for (file, entry, body) in &samples {
        let batch = pronto_provider::sinch::read(body).unwrap_or_else(|error| panic!("{file}: {error}"));
        let seen: Vec<Value> = batch.items.iter().map(view::of).collect();
        // One thing alone stands there without a list round it.
        let mut entry = entry.clone();
        if entry["expect"].is_object() && entry["expect"]["ignored"] != true {
            entry["expect"] = Value::from(vec![entry["expect"].clone()]);
        }
        view::compare(&entry, &seen).unwrap_or_else(|error| panic!("{file}: {error}\n    seen {}", Value::from(seen)));
    }
    println!("{} callbacks compared", samples.len());
}

#[test]
fn signatures_of_sinch_are_valid_where_the_samples_say_so() {
    use pronto_provider::sinch::signature::{Forged, Signed, verify};
    let Some(folder) = folder() else { return };
    for (file, _, body) in samples_of(&folder, "sinch", "signature") {
        let cases: Vec<Value> = serde_json::from_slice(&body).unwrap();
        for case in cases {
            let text = |name: &str| case["headers"][format!("x-sinch-webhook-signature{name}")].as_str();
            let signed = Signed {
                signature: text(""),
                nonce: text("-nonce"),
                timestamp: text("-timestamp"),
                algorithm: text("-algorithm"),
            };
            let stamp = signed.timestamp.and_then(|stamp| stamp.parse().ok()).unwrap_or_default();
            let now = jiff::Timestamp::from_second(stamp).unwrap();
            let (secret, body) = (case["secret"].as_str().unwrap(), case["body"].as_str().unwrap());
            let found = verify(secret, body.as_bytes(), &signed, now);
            assert_eq!(found.is_ok(), case["valid"] == true, "{file}: {}: {found:?}", case["name"]);
            if case["valid"] == true {
                let later = now + jiff::SignedDuration::from_mins(6);
                assert_eq!(verify(secret, body.as_bytes(), &signed, later), Err(Forged::Stale), "{}", case["name"]);
            }
        }
    }
}
