// What the page knows. Handsets listen to their phone; nobody else changes it.

import { api, follow } from "./api.js";

/** Statuses in which a message of a business has reached the phone. */
const ARRIVED = new Set(["delivered", "read", "played"]);

class Store extends EventTarget {
  phones = [];
  numbers = [];
  /** Phone to message id to message. */
  #messages = new Map();
  /** Phone and number to the time until which the business is typing. */
  #typing = new Map();
  #loading = 0;
  #backlog = [];

  phone(id) {
    return this.phones.find((phone) => phone.id === id);
  }

  number(id) {
    return this.numbers.find((number) => number.id === id);
  }

  async load() {
    this.#loading += 1;
    try {
      await this.#fetchAll();
    } finally {
      this.#loading -= 1;
      // News that came meanwhile are newer than what was fetched.
      if (!this.#loading) for (const news of this.#backlog.splice(0)) this.#hear(news);
    }
    this.dispatchEvent(new Event("phones"));
    for (const phone of this.phones) this.#changed(phone.id);
  }

  async #fetchAll() {
    [this.phones, this.numbers] = await Promise.all([api.phones(), api.numbers()]);
    await Promise.all(this.phones.map((phone) => this.#fetch(phone.id)));
  }

  async #fetch(phone) {
    const messages = await api.messages(phone);
    this.#messages.set(phone, new Map(messages.map((message) => [message.id, message])));
  }

  start(onState) {
    let opened = false;
    follow(
      (news) => this.#hear(news),
      (standing) => {
        onState(standing);
        // What happened while the connection was away is only known by asking again.
        if (standing && opened) this.load().catch(() => {});
        opened ||= standing;
      },
    );
  }

  #hear(news) {
    if (news.type === "resync") {
      this.load().catch(() => {});
      return;
    }
    if (news.type === "run") {
      this.dispatchEvent(new CustomEvent("run", { detail: news.run }));
      return;
    }
    if (this.#loading) {
      this.#backlog.push(news);
      return;
    }
    if (news.type === "phone") {
      const at = this.phones.findIndex((phone) => phone.id === news.phone.id);
      if (at < 0) return;
      this.phones[at] = news.phone;
      this.dispatchEvent(new Event("phones"));
      this.#changed(news.phone.id);
    }
    if (news.type === "message" && this.#messages.has(news.phone)) {
      const known = this.#messages.get(news.phone);
      const before = known.get(news.message.id);
      known.set(news.message.id, news.message);
      const arrived = this.#visible(news.message) && !(before && this.#visible(before));
      if (arrived && news.message.from === "business") this.#typing.delete(`${news.phone} ${news.message.number}`);
      this.#changed(news.phone, news.message);
    }
    if (news.type === "typing") {
      const key = `${news.phone} ${news.number}`;
      this.#typing.set(key, Date.now() + news.seconds * 1000);
      setTimeout(() => this.#changed(news.phone), news.seconds * 1000 + 50);
      this.#changed(news.phone);
    }
  }

  #changed(phone, message) {
    this.dispatchEvent(new CustomEvent(`phone:${phone}`, { detail: message }));
    this.dispatchEvent(new CustomEvent("unread"));
  }

  #visible(message) {
    return message.from === "phone" || ARRIVED.has(message.status);
  }

  isTyping(phone, number) {
    return (this.#typing.get(`${phone} ${number}`) ?? 0) > Date.now();
  }

  message(phone, id) {
    return this.#messages.get(phone)?.get(id);
  }

  /** What the phone shows of a chat, oldest first; reactions sit on their messages. */
  thread(phone, number) {
    const all = [...(this.#messages.get(phone)?.values() ?? [])];
    return all
      .filter((message) => message.number === number && message.type !== "reaction" && this.#visible(message))
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || one.seq - other.seq);
  }

  /** The phone's chats, latest first. */
  chats(phone) {
    return this.numbers
      .map((number) => {
        const thread = this.thread(phone, number.id);
        const unread = thread.filter((message) => message.from === "business" && message.status === "delivered").length;
        return { number, last: thread.at(-1), unread };
      })
      .filter((chat) => chat.last)
      .sort((one, other) => Date.parse(other.last.at) - Date.parse(one.last.at));
  }

  unread(phone) {
    return this.chats(phone).reduce((sum, chat) => sum + chat.unread, 0);
  }
}

export const store = new Store();
