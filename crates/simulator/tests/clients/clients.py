"""The providers' own clients against the simulator: what they send is taken, what it signs they believe.

Reads one JSON object: `provider`, `base` (the network's address), `to` (a phone's digits) and `came`, a delivery of the
simulator's with its `url`, `headers` and `body`. Prints what it saw as JSON; an assertion that fails ends it.
"""

import json
import sys
import time
from urllib.parse import parse_qsl, urlsplit

TEXT = "Hello from the official client"


def twilio(told):
    from twilio.http.http_client import TwilioHttpClient
    from twilio.request_validator import RequestValidator
    from twilio.rest import Client

    class Here(TwilioHttpClient):
        """Sends to the simulator what is for Twilio."""

        def request(self, method, url, **rest):
            return super().request(method, f"{told['base']}/simulator/twilio{urlsplit(url).path}", **rest)

    client = Client("AC1", "auth-token", http_client=Here())
    content(client, told)
    made = client.messages.create(from_="whatsapp:+390255509999", to=f"whatsapp:+{told['to']}", body=TEXT)
    assert made.status == "queued" and made.sid.startswith("SM"), made.status
    came = told["came"]
    form = dict(parse_qsl(came["body"], keep_blank_values=True))
    signature = came["headers"]["x-twilio-signature"]
    assert RequestValidator("auth-token").validate(came["url"], form, signature)
    assert not RequestValidator("another-token").validate(came["url"], form, signature)
    assert not RequestValidator("auth-token").validate(came["url"], {**form, "Body": "forged"}, signature)
    return made.sid


def content(client, told):
    from twilio.rest.content.v1.content import ContentList
    from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

    body = "Hello {{1}}, your order {{2}} is ready for you now."
    form = ContentList.ContentCreateRequest({
        "friendly_name": "Order ready",
        "language": "en",
        "variables": {"1": "Ada", "2": "A-1"},
        "types": ContentList.Types({"twilio/text": {"body": body}}),
    })
    made = client.content.v1.contents.create(content_create_request=form)
    assert made.sid.startswith("HX") and made.types["twilio/text"]["body"] == body, made.types
    asked = ApprovalCreateList.ContentApprovalRequest({"name": "made_by_the_client", "category": "UTILITY"})
    judged = client.content.v1.contents(made.sid).approval_create.create(content_approval_request=asked)
    assert judged.status == "pending", judged.status
    listed = client.content.v1.content_and_approvals.list(limit=5)
    assert [one.approval_requests["name"] for one in listed] == ["made_by_the_client"], listed
    assert client.content.v1.contents(made.sid).approval_fetch().fetch().whatsapp["category"] == "UTILITY"
    for _ in range(100):
        if client.content.v1.contents(made.sid).approval_fetch().fetch().whatsapp["status"] == "approved":
            break
        time.sleep(0.05)
    client.messages.create(
        from_="whatsapp:+390255509999",
        to=f"whatsapp:+{told['to']}",
        content_sid=made.sid,
        content_variables=json.dumps({"1": "Giulia", "2": "B-7"}),
    )


def sinch(told):
    from sinch import SinchClient

    client = SinchClient(key_id="key1", key_secret="key-secret", project_id="P1", conversation_region="eu")
    here = f"{told['base']}/simulator/sinch"
    client.configuration.auth_origin = here
    client.configuration.conversation_origin = here
    recipient = [{"channel": "WHATSAPP", "identity": told["to"]}]
    made = client.conversation.messages.send_text_message(app_id="01APP", text=TEXT, recipient_identities=recipient)
    assert made.message_id, made
    came = told["came"]
    believe = client.conversation.sinch_events("hook-secret").validate_authentication_header
    assert believe(came["headers"], came["body"])
    assert not believe(came["headers"], came["body"] + " ")
    assert not client.conversation.sinch_events("another").validate_authentication_header(came["headers"], came["body"])
    return made.message_id


def meta(told):
    from pywa import WhatsApp
    from pywa.types import templates
    from pywa.utils import webhook_updates_validator

    client = WhatsApp(phone_id="100000000000001", token="demo-access-token", waba_id="200000000000001")
    client.api._session.base_url = f"{told['base']}/simulator/meta/v23.0"
    sent = client.send_message(to=told["to"], text=TEXT)
    assert sent.id.startswith("wamid."), sent
    made = client.create_template(
        templates.Template(
            name="made_by_the_client",
            language=templates.TemplateLanguage.ENGLISH,
            category=templates.TemplateCategory.UTILITY,
            parameter_format=templates.ParamFormat.NAMED,
            components=[
                templates.HeaderText("Parcel {{parcel}}", parcel="A-1"),
                templates.BodyText("Hello {{name}}, your parcel is ready now.", name="Maria"),
                templates.FooterText(text="Aurora Living"),
                templates.Buttons(
                    buttons=[
                        templates.URLButton(text="Track", url="https://a.example/{{1}}", example="A-1"),
                        templates.QuickReplyButton(text="Thanks"),
                    ]
                ),
            ],
        )
    )
    assert made.id, made
    came = told["came"]
    signature = came["headers"]["x-hub-signature-256"]
    assert webhook_updates_validator("demo-app-secret", came["body"].encode(), signature)
    assert not webhook_updates_validator("another-secret", came["body"].encode(), signature)
    return sent.id


if __name__ == "__main__":
    told = json.load(sys.stdin)
    print(json.dumps({"id": {"twilio": twilio, "sinch": sinch, "meta": meta}[told["provider"]](told)}))
