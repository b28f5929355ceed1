//! How an account's number is reached at its provider: what its columns mean there. docs/providers has them in a table.

use pronto_domain::provider::{Provider, Version};
use pronto_provider::{Endpoint, kaleyra, meta, sinch, twilio};
use pronto_store::account::Account;

use crate::Result;
use crate::config::Secret;

/// The endpoint of an account; `open` unseals a credential, and answers nothing where it was sealed under another key.
pub(crate) fn endpoint(row: &Account, open: &dyn Fn(&Option<Vec<u8>>) -> Option<Secret>) -> Result<Endpoint> {
    let secret = open(&row.access_token).as_ref().map_or("", Secret::expose).to_owned().into();
    let base_url = row.base_url.trim_end_matches('/').to_owned();
    let (number, business) = (row.phone_number_id.clone(), row.business_account_id.clone());
    let connection = &row.connection.0;
    let media_hosts = connection.media_hosts.clone();
    let webhook = connection.public_url.as_ref().map(|url| format!("{url}/webhooks/{}/{}", row.provider, row.key));
    Ok(match row.provider.parse()? {
        Provider::Meta => Endpoint::Meta(meta::Endpoint {
            base_url,
            phone_number_id: number,
            business_account_id: Some(business).filter(|id| !id.is_empty()),
            app_id: row.app_id.clone().filter(|id| !id.is_empty()),
            access_token: secret,
        }),
        Provider::Twilio => Endpoint::Twilio(twilio::Endpoint {
            base_url,
            account_sid: business,
            key_sid: row.app_id.clone(),
            secret,
            sender: number,
            status_callback: webhook,
            media_hosts,
        }),
        Provider::Sinch => Endpoint::Sinch(sinch::Endpoint {
            base_url,
            project_id: business,
            app_id: number,
            key_id: row.app_id.clone().unwrap_or_default(),
            key_secret: secret,
            media_hosts,
        }),
        Provider::Kaleyra => {
            // A callback that is asked for with the message brings no name and password.
            let path = open(&row.verify_token).filter(|_| row.app_secret.is_none());
            Endpoint::Kaleyra(kaleyra::Endpoint {
                base_url,
                sid: business,
                number,
                api_key: secret,
                version: connection.version.unwrap_or(Version::V2),
                waba_id: connection.waba_id.clone(),
                status_callback: webhook.zip(path).map(|(url, path)| format!("{url}/{}", path.expose())),
                media_hosts,
            })
        }
    })
}
