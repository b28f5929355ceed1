//! How long reading takes, a message and a status. `cargo run --release -p pronto-provider --example speed`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use std::hint::black_box;
use std::time::Instant;

use pronto_provider::meta;

fn main() {
    let message = |n: usize| {
        format!(
            r#"{{"from":"39333111{n:04}","from_user_id":"IT.13491208655302{n:06}","id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMT{n:04}","timestamp":"1749416383","type":"text","text":{{"body":"Perch\u00e9 non \u00e8 ancora arrivato? Ordine {n} \ud83d\ude15"}}}}"#
        )
    };
    let contact = |n: usize| {
        format!(
            r#"{{"profile":{{"name":"Zo\u00eb {n}"}},"wa_id":"39333111{n:04}","user_id":"IT.13491208655302{n:06}"}}"#
        )
    };
    let status = |n: usize| {
        format!(
            r#"{{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMT{n:04}","status":"delivered","timestamp":"1749416383","recipient_id":"39333111{n:04}","biz_opaque_callback_data":"{n}","pricing":{{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}}}"#
        )
    };
    let list = |made: &dyn Fn(usize) -> String, count: usize| (0..count).map(made).collect::<Vec<_>>().join(",");
    let envelope = |inner: String| {
        format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},{inner}}},"field":"messages"}}]}}]}}"#
        )
    };
    for count in [1, 1000] {
        let messages =
            envelope(format!(r#""contacts":[{}],"messages":[{}]"#, list(&contact, count), list(&message, count)));
        let statuses = envelope(format!(r#""statuses":[{}]"#, list(&status, count)));
        for (name, body) in [("text message", messages), ("status", statuses)] {
            let rounds = 200_000 / count;
            let begun = Instant::now();
            for _ in 0..rounds {
                let _ = black_box(meta::read(black_box(body.as_bytes())));
            }
            let each = begun.elapsed().as_secs_f64() * 1e6 / (rounds * count) as f64;
            println!("{name}, {count} in a delivery ({} bytes): {each:.2} µs each", body.len());
        }
    }
}
