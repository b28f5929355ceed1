//! Meta's error codes, with the words that come with them.

/// What is known of a code: the HTTP status it is answered with, its title and what it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) details: &'static str,
}

const fn known_as(status: u16, title: &'static str, details: &'static str) -> Known {
    Known { status, title, details }
}

pub(crate) fn known(code: u32) -> Known {
    match code {
        0 | 190 => known_as(401, "Error validating access token", "The access token is not valid or has expired."),
        2 | 131_016 => {
            known_as(503, "Service temporarily unavailable", "The service is temporarily unavailable. Try again later.")
        }
        3 => known_as(
            500,
            "Application does not have the capability to make this API call",
            "The app may not use this call.",
        ),
        4 => known_as(400, "Application request limit reached", "The app has made too many calls. Try again later."),
        10 | 131_005 => known_as(403, "Permission denied", "The permission is not granted or was removed."),
        33 => known_as(400, "Parameter value is not valid", "The business phone number has been deleted."),
        100 => known_as(400, "Invalid parameter", "The request has a parameter that is not known or not valid."),
        368 => known_as(
            403,
            "Temporarily blocked for policies violations",
            "The account is restricted for a violation of a policy.",
        ),
        80_007 => known_as(400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
        80_008 => known_as(
            400,
            "There have been too many calls to this WhatsApp Business account. Wait a bit and try again.",
            "The account has reached its limit of calls of this kind.",
        ),
        130_429 => known_as(
            400,
            "Rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number in a short period of time.",
        ),
        130_472 => known_as(
            400,
            "User's number is part of an experiment",
            "The message was not sent because the user is part of an experiment.",
        ),
        130_497 => known_as(
            403,
            "Business account is restricted from messaging users in this country",
            "The business may not write to users in this country.",
        ),
        131_000 => known_as(500, "Something went wrong", "Message failed to send because of an unknown error."),
        131_008 => known_as(400, "Required parameter is missing", "The request lacks a parameter that is required."),
        131_009 => known_as(400, "Parameter value is not valid", "One or more parameter values are not valid."),
        131_021 => known_as(400, "Recipient cannot be sender", "Sender and recipient phone number are the same."),
        131_026 => known_as(400, "Message undeliverable", "Message undeliverable."),
        131_030 => known_as(
            400,
            "Recipient phone number not in allowed list",
            "Add the recipient phone number to the recipient list and try again.",
        ),
        131_031 => known_as(403, "Account has been locked", "The business account has been locked."),
        131_037 => known_as(
            400,
            "Display name approval needed",
            "The number needs a display name that is approved before it can write.",
        ),
        131_042 => known_as(
            400,
            "Business eligibility payment issue",
            "Message failed to send because of a problem with the payment method.",
        ),
        131_045 => known_as(
            500,
            "Incorrect certificate",
            "Message failed to send because of a phone number registration error.",
        ),
        131_047 => known_as(
            400,
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        ),
        131_048 => known_as(
            400,
            "Spam rate limit hit",
            "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
        ),
        131_049 => known_as(
            400,
            "This message was not delivered to maintain healthy ecosystem engagement",
            "The user has received enough marketing messages for now.",
        ),
        131_050 => known_as(
            400,
            "User has stopped marketing messages",
            "The user has stopped marketing messages from this business.",
        ),
        131_051 => known_as(400, "Unsupported message type", "Message type is currently not supported."),
        131_052 => known_as(400, "Media download error", "The file the user sent could not be downloaded."),
        131_053 => known_as(
            400,
            "Media upload error",
            "The file of the message could not be uploaded: its type, size or address is not valid.",
        ),
        131_056 => known_as(
            400,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
        ),
        131_057 => {
            known_as(500, "Account in maintenance mode", "The account is in maintenance mode. Try again in a minute.")
        }
        131_062 => known_as(
            400,
            "Business-scoped user id not allowed",
            "Authentication templates of this kind need a phone number.",
        ),
        132_000 => known_as(
            400,
            "Number of parameters does not match the expected number of params",
            "The number of parameter values differs from what the template expects.",
        ),
        132_001 => known_as(
            404,
            "Template name does not exist in the translation",
            "The template does not exist in this language, or it has not been approved.",
        ),
        132_005 => known_as(400, "Translated text too long", "The text of the template with its values is too long."),
        132_007 => known_as(
            400,
            "Template format character policy violated",
            "The template's content violates a WhatsApp policy.",
        ),
        132_012 => known_as(
            400,
            "Parameter format does not match format in the created template",
            "A parameter has another format than the template has.",
        ),
        132_015 => known_as(400, "Template is paused", "The template is paused because of low quality."),
        132_016 => known_as(400, "Template is disabled", "The template has been paused too often and is disabled."),
        133_010 => known_as(
            400,
            "Account not registered",
            "The phone number is not registered on the WhatsApp Business Platform.",
        ),
        133_016 => known_as(
            400,
            "Account register/deregister rate limit exceeded",
            "Too many attempts to register or deregister the number.",
        ),
        135_000 => {
            known_as(400, "Generic user error", "Message failed to send because of an unknown error with the request.")
        }
        _ => known_as(400, "An error occurred", "The simulator was asked to fail with this code."),
    }
}
