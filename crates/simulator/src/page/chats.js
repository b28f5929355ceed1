// The first screen: one's chats, and the businesses one can write to.

import { avatar, briefly, h, iconButton } from "./dom.js";
import { icon, tick } from "./icons.js";
import { store } from "./store.js";
import { outline } from "./bubble.js";

/** Whose API a business is reached by, in words. */
const PROVIDERS = { meta: "Meta", twilio: "Twilio", sinch: "Sinch", kaleyra_v1: "Kaleyra V1", kaleyra_v2: "Kaleyra V2" };

export class ChatList {
  #phone;
  #options;
  #list = h("div.chat-rows");

  constructor(phone, options) {
    this.#phone = phone;
    this.#options = options;
    this.element = h("div.app.chat-list",
      h("div.app-bar.large", h("h3", "Chats")),
      this.#list,
      h("button.fab", { type: "button", "aria-label": "New chat", title: "New chat", onclick: () => this.#choose() }, icon("chat")));
    this.changed();
  }

  shown(focus) {
    if (focus) this.#list.querySelector("button")?.focus({ preventScroll: true });
  }

  changed() {
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.number : null;
    const chats = store.chats(this.#phone);
    this.#list.replaceChildren(chats.length ? h("ul", { role: "list" }, chats.map((chat) => h("li", this.#row(chat)))) : this.#empty());
    if (focused) this.#list.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #row({ number, last, unread }) {
    const typing = store.isTyping(this.#phone, number.id);
    return h("button.chat-row", { type: "button", "data-number": number.id, onclick: () => this.#options.open(number.id) },
      avatar(number.verified_name, "business"),
      h("span.chat-words",
        h("span.chat-top", h("span.chat-name", number.verified_name), h(`span.chat-time${unread ? ".fresh" : ""}`, briefly(Date.parse(last.at)))),
        h("span.chat-top",
          h("span.chat-last", typing ? h("span.is-typing", "typing…") : [last.from === "phone" && !last.deleted ? tick(last.status) : null, h("span", outline(last))]),
          unread ? h("span.badge", String(unread), h("span.quiet", " unread")) : null)));
  }

  #empty() {
    return h("div.no-chats",
      h("span.no-chats-art", { "aria-hidden": "true" }, icon("chat")),
      h("p.no-chats-title", "No chats yet"),
      h("p", "Write to a business and see the message arrive at its desk."),
      h("div.no-chats-list", store.numbers.slice(0, 4).map((number) => this.#business(number))));
  }

  #business(number, onclick = () => this.#options.open(number.id)) {
    return h("button.chat-row", { type: "button", onclick }, avatar(number.verified_name, "business"),
      h("span.chat-words", h("span.chat-name", number.verified_name), h("span.chat-last", h("span", `${number.display_phone_number} · ${PROVIDERS[number.provider]}`))));
  }

  /** The businesses one can write to. */
  #choose() {
    const close = () => {
      view.remove();
      this.element.inert = false;
      this.element.querySelector(".fab").focus({ preventScroll: true });
    };
    const view = h("div.app.choose", { onkeydown: (event) => event.key === "Escape" && close() },
      h("div.app-bar", iconButton("back", "Back", close), h("h3", "New chat")),
      h("p.section", "Businesses"),
      h("ul", { role: "list" }, store.numbers.map((number) => h("li", this.#business(number)))));
    this.element.inert = true;
    this.#options.screen.append(view);
    view.querySelector("button").focus({ preventScroll: true });
  }
}
