//! Why something could not be sent, in the words that are stored and shown.

use pronto_domain::inbound::ProviderError;
use pronto_domain::outbound::Next;
use pronto_domain::provider::Provider;
use pronto_store::message::Failure;

/// The provider's own error.
pub fn of_provider(provider: Provider, error: &ProviderError) -> Failure {
    let meaning = pronto_provider::meaning(provider, &error.code);
    let detail = match &error.detail {
        Some(detail) if *detail != error.title => format!("{}: {detail}", error.title),
        _ => error.title.clone(),
    };
    Failure {
        code: pronto_provider::message_code(provider, &error.code),
        title: meaning.title.into_owned(),
        next: meaning.next.as_str().to_owned(),
        detail: Some(detail),
        retryable: !matches!(meaning.next, Next::Template | Next::ChangeMessage | Next::None),
    }
}

/// Nothing reached the provider.
pub fn network(detail: String) -> Failure {
    ours("network", "The provider could not be reached", Next::Retry, Some(detail))
}

/// The desk could not read what it was to send.
pub fn ours_to_mend(detail: String) -> Failure {
    ours("storage", "The desk could not read its own file or database", Next::CallAdmin, Some(detail))
}

/// The connection broke when the message may have left.
pub fn unknown(detail: String) -> Failure {
    ours("unknown_outcome", "It may or may not have been sent: the connection broke", Next::Retry, Some(detail))
}

/// Whoever was sending it stopped without a word.
pub fn interrupted() -> Failure {
    ours("unknown_outcome", "It may or may not have been sent: the server stopped meanwhile", Next::Retry, None)
}

/// Time ran out; `last` is what went wrong until then.
pub fn lane_timeout(last: Option<&Failure>) -> Failure {
    let detail = last.map(|last| {
        last.detail.as_ref().map_or_else(|| last.title.clone(), |detail| format!("{}: {detail}", last.title))
    });
    ours("lane_timeout", "The provider did not take it within ten minutes", Next::Retry, detail)
}

/// It cannot be put into the provider's words.
pub fn unsendable(detail: String) -> Failure {
    Failure {
        retryable: false,
        ..ours("unsendable", "The message cannot be sent as it is", Next::ChangeMessage, Some(detail))
    }
}

/// Its account is no longer there.
pub fn no_account() -> Failure {
    ours("no_account", "The account it was to be sent from has been removed", Next::CallAdmin, None)
}

/// The provider told that a message failed, and not why.
pub fn unexplained() -> Failure {
    ours("unexplained", "WhatsApp could not deliver it and gave no reason", Next::Retry, None)
}

/// Whether the provider says that the service window is shut: only a template helps.
pub fn shuts_window(failure: &Failure) -> bool {
    failure.next == Next::Template.as_str()
}

fn ours(code: &str, title: &str, next: Next, detail: Option<String>) -> Failure {
    Failure { code: code.to_owned(), title: title.to_owned(), next: next.as_str().to_owned(), detail, retryable: true }
}
