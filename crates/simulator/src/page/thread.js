// A chat with a business: what was said, and the place to say more.

import { api } from "./api.js";
import { Bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, day, h, iconButton, toast } from "./dom.js";
import { icon } from "./icons.js";
import { chatMenu, menu } from "./sheets.js";
import { store } from "./store.js";

export class Thread {
  #phone;
  #number;
  #options;
  #log;
  #rows;
  #below;
  #bubbles = new Map();
  #state = h("span.bar-state");
  #note = h("div.shut", { hidden: true, role: "status" });
  #composer;
  #atEnd = true;
  // Pictures that load and panels that open do not push the latest message out of sight.
  #sizes = new ResizeObserver(() => this.#atEnd && this.#toEnd("instant"));

  constructor(phone, number, options) {
    this.#phone = phone;
    this.#number = number;
    this.#options = options;
    const business = store.number(number);
    this.#rows = h("ol.rows");
    this.#log = h("div.log", { role: "log", "aria-label": `${store.phone(phone).name}’s messages with ${business.verified_name}`, tabIndex: 0, onscroll: () => this.#scrolled() }, this.#rows);
    this.#below = h("button.below", { type: "button", "aria-label": "To the latest message", hidden: true, onclick: () => this.#toEnd("smooth") }, icon("down"));
    this.#composer = new Composer(phone, number, { screen: options.screen, thread: this });
    this.element = h("div.app.thread", { onkeydown: (event) => event.key === "Escape" && !event.defaultPrevented && options.back() },
      h("div.app-bar",
        iconButton("back", "Back to the chats", options.back),
        avatar(business.verified_name, "business"),
        h("div.bar-words", h("h3", business.verified_name, verified()), this.#state),
        iconButton("more", "Chat options", () => chatMenu(options.screen, this.#phone), "button.round.small")),
      h("div.wall", this.#log, this.#below),
      this.#note,
      this.#composer.element);
    this.#sizes.observe(this.#log);
    this.#sizes.observe(this.#rows);
    this.changed();
  }

  shown(focus) {
    this.#toEnd("instant");
    if (focus) this.#composer.focus();
    this.seen();
  }

  close() {
    this.#sizes.disconnect();
    this.#composer.close();
  }

  /** Tells the network that what was delivered has been read, when somebody looks. */
  seen() {
    if (document.visibilityState !== "visible") return;
    const unread = store.thread(this.#phone, this.#number).some((message) => message.from === "business" && message.status === "delivered");
    if (unread) api.read(this.#phone, this.#number);
  }

  changed() {
    const messages = store.thread(this.#phone, this.#number);
    const typing = store.isTyping(this.#phone, this.#number);
    this.#state.textContent = typing ? "typing…" : "Business account";
    this.#state.classList.toggle("is-typing", typing);
    this.#dressNote();
    const rows = [];
    let lastDay = "";
    let previous = null;
    for (const message of messages) {
      const name = day(Date.parse(message.at));
      if (name !== lastDay) {
        rows.push(this.#divider(name));
        previous = null;
      }
      lastDay = name;
      rows.push(this.#bubble(message, previous?.from !== message.from));
      previous = message;
    }
    if (!messages.length) rows.push(this.#welcome());
    if (typing) rows.push(this.#dots());
    this.#place(rows);
    if (this.#atEnd) this.#toEnd("instant");
    this.seen();
  }

  /** Who of the two does not want to hear of the other. */
  #dressNote() {
    const phone = store.phone(this.#phone);
    const shut = phone.blocked ? "own" : phone.blocked_by.includes(this.#number) ? "theirs" : "";
    if (this.#note.dataset.shut === shut) return;
    this.#note.dataset.shut = shut;
    this.#note.hidden = !shut;
    if (shut === "own") {
      const unblock = () => api.changePhone(this.#phone, { blocked: false }).catch((error) => this.say(error.message));
      this.#note.replaceChildren(icon("blocked"), h("span", "You have blocked this business."), h("button", { type: "button", onclick: unblock }, "Unblock"));
    } else if (shut) {
      this.#note.replaceChildren(icon("blocked"), h("span", "This business has blocked you: nothing you write reaches it.", h("small", "A real phone would not tell.")));
    }
  }

  /** Puts the rows in their order without touching those that stand right. */
  #place(rows) {
    const keep = new Set(rows);
    for (const child of [...this.#rows.children]) if (!keep.has(child)) child.remove();
    rows.forEach((row, at) => {
      if (this.#rows.children[at] !== row) this.#rows.insertBefore(row, this.#rows.children[at] ?? null);
    });
  }

  #divider(name) {
    const key = `day ${name}`;
    if (!this.#bubbles.has(key)) this.#bubbles.set(key, { element: h("li.day", h("span", name)) });
    return this.#bubbles.get(key).element;
  }

  #welcome() {
    if (!this.#bubbles.has("welcome")) {
      const text = "Say hello. Your message goes to the business the way WhatsApp would bring it.";
      this.#bubbles.set("welcome", { element: h("li.day.welcome", h("span", text)) });
    }
    return this.#bubbles.get("welcome").element;
  }

  #dots() {
    if (!this.#bubbles.has("dots")) {
      this.#bubbles.set("dots", { element: h("li.row.in.first", h("div.bubble.dots", h("span.quiet", "The business is typing"), h("i"), h("i"), h("i"))) });
    }
    return this.#bubbles.get("dots").element;
  }

  #bubble(message, first) {
    let bubble = this.#bubbles.get(message.id);
    if (!bubble) {
      bubble = new Bubble(this.#phone, {
        menu: (shown, anchor) => menu(this.#options.screen, this, shown, anchor),
        reply: (shown) => this.reply(shown),
        quote: (id) => this.#flash(id),
        send: (reply) => this.send(reply),
        composer: this.#composer,
        screen: this.#options.screen,
      });
      this.#bubbles.set(message.id, bubble);
    }
    bubble.draw(message, first);
    return bubble.element;
  }

  #flash(id) {
    const bubble = this.#bubbles.get(id);
    if (!bubble) return;
    bubble.element.scrollIntoView({ block: "center", behavior: "smooth" });
    bubble.element.classList.remove("flash");
    requestAnimationFrame(() => bubble.element.classList.add("flash"));
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < 60;
    this.#below.hidden = this.#atEnd;
  }

  #toEnd(behavior) {
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior });
  }

  /** Sends something to the business. */
  async send(message) {
    this.#atEnd = true;
    try {
      await api.write(this.#phone, { to: this.#number, ...message });
    } catch (error) {
      this.say(error.message);
      throw error;
    }
  }

  say(text) {
    toast(this.#options.screen, text);
  }

  reply(message) {
    this.#composer.reply(message);
  }

  edit(message) {
    this.#composer.edit(message);
  }

  async react(message, emoji) {
    const mine = message.reactions.phone;
    await api.react(this.#phone, message.id, mine === emoji ? "" : emoji).catch((error) => this.say(error.message));
  }

  async remove(message) {
    await api.remove(this.#phone, message.id).catch((error) => this.say(error.message));
  }

  /** The latest message of one's own that can be edited. */
  lastOwn() {
    return store.thread(this.#phone, this.#number).findLast((message) => message.from === "phone" && message.type === "text" && !message.deleted);
  }
}

function verified() {
  const mark = h("span.verified", { role: "img", "aria-label": "Verified business", title: "Verified business" });
  mark.innerHTML = `<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path fill="currentColor" d="M8 .8l1.800 1.400 2.300-.200.800 2.100 1.900 1.200-.600 2.200.600 2.200-1.900 1.200-.800 2.100-2.300-.200L8 14.200l-1.800-1.400-2.300.200-.800-2.100-1.900-1.200.600-2.200-.600-2.200 1.900-1.200.800-2.100 2.300.200z"/><path d="M5.200 7.700l2 2 3.700-4" fill="none" stroke="var(--on-verified)" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return mark;
}
