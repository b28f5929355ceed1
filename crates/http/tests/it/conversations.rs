//! Whole conversations through each provider, with the simulator at the other end: it signs, fetches and tells as they do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pronto_simulator::Provider;
use pronto_testkit::on_both;
use serde_json::json;

use crate::care::eventually;
use crate::line::{Bench, Line, PICTURE};

const VOICE: &[u8] = b"OggS\0\x02\0\0\0\0\0\0\0\0the rest of the recording";

impl Line {
    /// Text, picture, voice and place in, text and picture out, with their ticks; each delivery comes twice.
    async fn converse(&self) {
        let data = |bytes: &[u8]| STANDARD.encode(bytes);
        self.writes(json!({ "text": "Buongiorno, è pronto?" })).await;
        let picture = json!({ "data": data(PICTURE), "mime_type": "image/png", "caption": "Look" });
        self.writes(json!({ "type": "image", "image": picture })).await;
        let voice = json!({ "data": data(VOICE), "mime_type": "audio/ogg", "voice": true });
        self.writes(json!({ "type": "audio", "audio": voice })).await;
        let place = json!({ "latitude": 45.464, "longitude": 9.192, "name": "Duomo" });
        self.writes(json!({ "type": "location", "location": place })).await;
        for kind in ["text", "image", "voice", "location"] {
            let of_kind = format!("message WHERE direction = 'in' AND kind = '{kind}'");
            eventually(kind, async || self.count(&of_kind).await > 0).await;
        }
        eventually("both files are here", async || self.count("attachment WHERE state = 'stored'").await == 2).await;
        self.told().await;
        assert_eq!(self.count("message WHERE direction = 'in'").await, 4, "nothing is doubled");
        // Sinch is asked for the name, the others tell it.
        for named in [
            "interaction WHERE customer = 'Giulia Ferri' AND customer_words = 'giulia ferri'",
            "contact WHERE first_name = 'Giulia' AND last_name = 'Ferri'",
            "address WHERE profile_name = 'Giulia Ferri'",
        ] {
            eventually(named, async || self.count(named).await == 1).await;
        }
        let found = self.care.app.get(&self.care.app.admin, "/interactions?search=giulia").await.ok();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
        assert_eq!(self.count("message WHERE body = 'Buongiorno, è pronto?'").await, 1);
        let id = self.care.count("SELECT max(id) AS count FROM interaction").await;
        self.care.app.put(&self.care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        let path = format!("/interactions/{id}/messages");
        self.say(&path, json!({ "kind": "text", "text": "Subito!" })).await;
        eventually("the text is on the phone", async || self.heard("text").await.is_some()).await;
        assert_eq!(self.heard("text").await.expect("it")["body"], "Subito!");
        let file = self.upload(&self.care.ann).await;
        self.say(&path, json!({ "kind": "file", "upload_id": file, "text": "A lamp" })).await;
        eventually("the picture is on the phone", async || self.heard("image").await.is_some()).await;
        assert_eq!(self.heard("image").await.expect("it")["content"]["caption"], "A lamp");
        eventually("both were read", async || {
            self.control("POST", "phones/giulia/reads", json!({})).await;
            self.count("message WHERE direction = 'out' AND status = 'read'").await == 2
        })
        .await;
    }

    /// What is not signed rightly is refused and not kept.
    async fn is_not_fooled(&self) {
        self.told().await;
        let before = self.count("delivery").await;
        for signature in ["wrong", "none"] {
            let raw =
                json!({ "app": "other", "body": "From=whatsapp%3A%2B393335550142&Body=x", "signature": signature });
            assert_eq!(self.control("POST", "raw", raw).await["status"], 401, "{signature}");
        }
        assert_eq!(self.count("delivery").await, before);
    }
}

async fn through(bench: Bench, provider: Provider) {
    let line = Line::through(bench.0, provider).await;
    line.converse().await;
    line.is_not_fooled().await;
    line.end().await;
}

on_both! {
    async fn a_conversation_through_twilio(bench: Bench) {
        through(bench, Provider::Twilio).await;
    }

    async fn a_conversation_through_sinch(bench: Bench) {
        through(bench, Provider::Sinch).await;
    }

    async fn a_conversation_through_kaleyras_older_api(bench: Bench) {
        through(bench, Provider::KaleyraV1).await;
    }

    async fn a_conversation_through_kaleyras_newer_api(bench: Bench) {
        through(bench, Provider::KaleyraV2).await;
    }
}
