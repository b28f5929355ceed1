// A message as it stands in a chat.

import { api } from "./api.js";
import { avatar, clock, h, hue, iconButton } from "./dom.js";
import { icon, tick } from "./icons.js";
import { contactForm, listSheet, locationForm, sheet } from "./sheets.js";
import { store } from "./store.js";
import { player } from "./voice.js";

const NAMES = {
  image: ["camera", "Photo"], video: ["video", "Video"], audio: ["mic", "Voice message"], document: ["document", "Document"], sticker: ["smile", "Sticker"],
  location: ["pin", "Location"], contacts: ["person", "Contact"], order: ["list", "Order"], unsupported: ["more", "Message"],
};

/** A message in a few words, for the list of chats and for quotes. */
export function outline(message) {
  if (message.deleted) return [icon("blocked"), "Deleted"];
  const [name, word] = NAMES[message.type] ?? [];
  if (!name) return [plain(message.body) || "Message"];
  return [icon(name), plain(message.body) || word];
}

/** Text without WhatsApp's marks. */
function plain(text) {
  return (text ?? "").replace(/(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu, "$2");
}

export class Bubble {
  #phone;
  #actions;
  #drawn = "";

  constructor(phone, actions) {
    this.#phone = phone;
    this.#actions = actions;
    this.element = h("li.row");
    this.#swipe();
  }

  draw(message, first) {
    const quoted = message.reply_to ? store.message(this.#phone, message.reply_to) : null;
    const state = JSON.stringify([message.body, message.content, message.status, message.reactions, message.edited, message.deleted, first, quoted?.deleted, quoted?.body]);
    this.message = message;
    if (state === this.#drawn) return;
    this.#drawn = state;
    const mine = message.from === "phone";
    this.element.className = `row ${mine ? "out" : "in"}${first ? " first" : ""}`;
    const reactions = Object.values(message.reactions);
    const focused = this.element.contains(document.activeElement) && document.activeElement.matches(".bubble-menu");
    this.element.replaceChildren(
      h(`div.bubble.kind-${message.deleted ? "deleted" : message.type}`, { oncontextmenu: (event) => this.#menu(event) },
        h("span.quiet", mine ? "You: " : `${store.number(message.number)?.verified_name ?? "Business"}: `),
        message.deleted ? this.#gone() : [this.#quote(quoted), this.#inside()],
        this.#meta(mine),
        iconButton("down", "Message options", (event) => this.#menu(event), "button.bubble-menu")),
      message.deleted ? [] : this.#taps(),
      reactions.length ? h("div.reactions", { role: "img", "aria-label": `Reactions: ${reactions.join(" ")}` }, [...new Set(reactions)].map((emoji) => h("span", emoji)), reactions.length > 1 ? h("small", String(reactions.length)) : null) : [],
    );
    this.element.classList.toggle("reacted", reactions.length > 0);
    if (focused) this.element.querySelector(".bubble-menu").focus({ preventScroll: true });
  }

  #menu(event) {
    event.preventDefault();
    if (!this.message.deleted) this.#actions.menu(this.message, this.element.querySelector(".bubble-menu"));
  }

  #meta(mine) {
    const { message } = this;
    return h("span.meta", message.edited ? "Edited " : "", clock(Date.parse(message.at)), mine && !message.deleted ? tick(message.status) : null);
  }

  #gone() {
    return h("p.words.gone", icon("blocked"), this.message.from === "phone" ? "You deleted this message" : "This message was deleted");
  }

  #quote(quoted) {
    if (!this.message.reply_to) return null;
    const name = quoted?.from === "phone" ? "You" : store.number(this.message.number)?.verified_name;
    return h(`button.quote${quoted?.from === "phone" ? ".own" : ""}`, { type: "button", onclick: () => this.#actions.quote(this.message.reply_to) },
      h("span.quote-name", name), h("span.quote-words", quoted ? outline(quoted) : "Message"));
  }

  #inside() {
    const { message } = this;
    const { content } = message;
    switch (message.type) {
      case "text": return words(content.body, isBig(content.body));
      case "image":
      case "sticker":
      case "video":
      case "document":
      case "audio": return [this.#file(message.type, content), content.caption ? words(content.caption) : null];
      case "location": return place(content);
      case "contacts": return content.map(card);
      case "interactive": return message.from === "phone" ? words(message.body || "Answer") : this.#parts(content);
      case "template": return this.#parts({ ...content.rendered, body: { text: content.rendered?.body }, footer: content.rendered?.footer && { text: content.rendered.footer } });
      case "button": return words(content.text);
      case "order": return words(`Order of ${content?.product_items?.length ?? 0} items`);
      default: return words(message.body || "This message cannot be shown here.");
    }
  }

  #parts({ header, body, footer }) {
    return [
      header?.type === "text" ? h("p.part-header", header.text) : null,
      header && ["image", "video", "document"].includes(header.type) ? this.#file(header.type, header[header.type] ?? {}) : null,
      header?.type === "location" ? place(header.location ?? {}) : null,
      body?.text ? words(body.text) : null,
      footer?.text ? h("p.part-footer", footer.text) : null,
    ];
  }

  #file(type, content) {
    const source = content.id ? api.file(content.id) : content.link;
    if (type === "image" || type === "sticker") {
      const text = content.caption || (type === "sticker" ? "Sticker" : "Photo");
      return h(`button.${type === "image" ? "photo" : "sticker"}`, { type: "button", "aria-label": `Open: ${text}`, onclick: () => this.#view(source, text) }, h("img", { src: source, alt: text, loading: "lazy" }));
    }
    if (type === "video") return h("video.film", { src: source, controls: true, preload: "metadata", "aria-label": "Video" });
    if (type === "audio") return player(source, this.message, () => this.message.from === "business" && api.play(this.#phone, this.message.id));
    const name = content.filename || "Document";
    const ending = name.includes(".") ? name.split(".").at(-1) : "file";
    return h("a.paper", { href: source, download: name }, h("span.paper-icon", ending.slice(0, 4).toUpperCase()), h("span.paper-words", h("span.paper-name", name), h("small", `${ending.toUpperCase()} · Download`)));
  }

  #view(source, text) {
    sheet(this.#actions.screen, text, (close) => [h("img.full", { src: source, alt: text }), iconButton("close", "Close", close, "button.round.full-close")], "viewer");
  }

  /** What can be tapped below a message of a business. */
  #taps() {
    const { message } = this;
    if (message.from !== "business") return [];
    const buttons = message.type === "template" ? this.#templateTaps(message.content.rendered?.buttons ?? []) : message.type === "interactive" ? this.#interactiveTaps(message.content) : [];
    return buttons.length ? h("div.taps", buttons) : [];
  }

  #templateTaps(buttons) {
    return buttons.map((button) => {
      switch (button.type) {
        case "URL": return tapLink(button.url, button.text);
        case "PHONE_NUMBER": return tapLink(`tel:${button.phone_number}`, button.text, "call");
        case "COPY_CODE":
        case "OTP": return tap("copy", button.text || "Copy code", () => navigator.clipboard?.writeText(button.code));
        default: return tap("reply", button.text, () => this.#actions.send({ type: "button", button: { payload: button.payload ?? button.text, text: button.text }, reply_to: this.message.id }));
      }
    });
  }

  #interactiveTaps(content) {
    const { action } = content;
    const answer = (kind, value) => this.#actions.send({ type: "interactive", interactive: { type: kind, [kind]: value }, reply_to: this.message.id });
    switch (content.type) {
      case "button": return action.buttons.map(({ reply }) => tap("reply", reply.title, () => answer("button_reply", { id: reply.id, title: reply.title })));
      case "list": return [tap("list", action.button, () => listSheet(this.#actions.screen, action, (row) => answer("list_reply", row)))];
      case "cta_url": return [tapLink(action.parameters.url, action.parameters.display_text)];
      case "location_request_message": return [tap("pin", "Send location", () => locationForm(this.#actions.screen, (location) => this.#actions.send({ type: "location", location, reply_to: this.message.id })))];
      case "request_contact_info": return [tap("person", "Share contact", () => contactForm(this.#actions.screen, this.#phone, (contacts) => this.#actions.send({ type: "contacts", contacts, reply_to: this.message.id })))];
      default: return [];
    }
  }

  /** Dragged to the right under a finger, a message is answered. */
  #swipe() {
    let start = null;
    const { element } = this;
    const end = () => {
      if (start?.far) this.#actions.reply(this.message);
      start = null;
      element.style.translate = "";
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" && !this.message?.deleted) start = { x: event.clientX, y: event.clientY };
    });
    element.addEventListener("pointermove", (event) => {
      if (!start) return;
      const way = event.clientX - start.x;
      if (Math.abs(event.clientY - start.y) > 24) return end();
      element.style.translate = `${Math.max(0, Math.min(72, way))}px`;
      start.far = way > 56;
    });
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", () => {
      start = null;
      element.style.translate = "";
    });
  }
}

function tap(name, text, act) {
  return h("button.tap", { type: "button", onclick: act }, icon(name), h("span", text));
}

function tapLink(url, text, name = "link") {
  const safe = /^(https?:|tel:)/.test(url ?? "") ? url : "#";
  return h("a.tap", { href: safe, target: "_blank", rel: "noreferrer" }, icon(name), h("span", text));
}

function isBig(text) {
  return [...new Intl.Segmenter().segment(text)].length <= 3 && /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f\s]+$/u.test(text);
}

function words(text, big = false) {
  return h(`p.words${big ? ".big" : ""}`, formatted(text ?? ""));
}

const MARKS = /```([\s\S]+?)```|(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])|(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*\S)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*\S)~(?![\p{L}\p{N}~])/gu;

/** Text with WhatsApp's marks and links, as nodes. */
export function formatted(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARKS)) {
    nodes.push(text.slice(from, found.index));
    const [whole, code, link, bold, italic, struck] = found;
    if (code) nodes.push(h("code", code));
    else if (link) nodes.push(h("a", { href: link, target: "_blank", rel: "noreferrer" }, link));
    else nodes.push(h(bold ? "strong" : italic ? "em" : "s", formatted(bold ?? italic ?? struck)));
    from = found.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function place(location) {
  const { latitude = 0, longitude = 0 } = location;
  const turn = Math.round((Number(latitude) * 7 + Number(longitude) * 13) % 50);
  const map = h("span.map", { "aria-hidden": "true", style: { "--turn": `${turn}deg` } }, h("span.map-pin", icon("pin")));
  const href = `https://www.openstreetmap.org/?mlat=${encodeURIComponent(latitude)}&mlon=${encodeURIComponent(longitude)}#map=16/${encodeURIComponent(latitude)}/${encodeURIComponent(longitude)}`;
  return h("a.place", { href, target: "_blank", rel: "noreferrer" }, map,
    h("span.place-words", h("span.place-name", location.name || "Location"), h("small", location.address || `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`)));
}

function card(contact) {
  const name = contact?.name?.formatted_name ?? "Contact";
  return h("div.card", { style: { "--hue": String(hue(name)) } }, avatar(name), h("span.card-words", h("span.card-name", name), h("small", contact?.phones?.[0]?.phone ?? "")));
}
