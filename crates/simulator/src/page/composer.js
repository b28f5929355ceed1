// The place at the foot of a chat where one writes.

import { api } from "./api.js";
import { outline } from "./bubble.js";
import { h, iconButton } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { icon } from "./icons.js";
import { attachSheet } from "./sheets.js";
import { store } from "./store.js";
import { record } from "./voice.js";

const LARGEST_SIDE = 1600;

/** Drafts outlive the chat's being closed. */
const drafts = new Map();

export class Composer {
  #phone;
  #number;
  #options;
  #quoted = null;
  #edited = null;
  #recording = null;

  constructor(phone, number, options) {
    this.#phone = phone;
    this.#number = number;
    this.#options = options;
    const business = store.number(number).verified_name;
    this.text = h("textarea.write", { rows: 1, placeholder: "Message", "aria-label": `Message to ${business}`, maxLength: 65536, value: drafts.get(this.#key) ?? "", oninput: () => this.#typed(), onkeydown: (event) => this.#key_(event), onpaste: (event) => this.#paste(event) });
    this.above = h("div.above", { hidden: true });
    this.emoji = h("div.emoji-panel", { hidden: true, role: "group", "aria-label": "Emoji" }, EMOJI.map(([emoji, name]) => h("button", { type: "button", "aria-label": name, title: name, onclick: () => this.#insert(emoji) }, emoji)));
    this.emojiButton = iconButton("smile", "Emoji", () => this.#toggleEmoji(), "button.round.small");
    this.emojiButton.setAttribute("aria-expanded", "false");
    this.camera = h("input.quiet", { type: "file", accept: "image/*", capture: "environment", tabIndex: -1, "aria-label": "Take a photo", onchange: () => this.#files(this.camera) });
    this.go = h("button.go", { type: "submit" });
    this.line = h("div.line",
      h("div.pill", this.emojiButton, this.text, iconButton("clip", "Attach", () => this.#attach(), "button.round.small"), iconButton("camera", "Camera", () => this.camera.click(), "button.round.small"), this.camera),
      this.go);
    this.element = h("form.composer", { "aria-label": `${store.phone(phone).name} writes to ${business}`, onsubmit: (event) => this.#submit(event) }, this.above, this.line, this.emoji);
    this.#dress();
    queueMicrotask(() => this.#grow());
  }

  get #key() {
    return `${this.#phone} ${this.#number}`;
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  close() {
    this.#recording?.cancel();
  }

  reply(message) {
    this.#quoted = message;
    this.#edited = null;
    this.#show("Reply to", message);
  }

  edit(message) {
    this.#edited = message;
    this.#quoted = null;
    this.text.value = message.body;
    this.#typed();
    this.#show("Edit", message);
  }

  #show(what, message) {
    const name = message.from === "phone" ? (what === "Edit" ? "Edit message" : "You") : store.number(this.#number).verified_name;
    this.above.replaceChildren(h("div.quote", h("span.quote-name", name), h("span.quote-words", outline(message))), iconButton("close", what === "Edit" ? "Stop editing" : "Do not reply to this", () => this.#plain(), "button.round.small"));
    this.above.hidden = false;
    this.focus();
  }

  #plain() {
    if (this.#edited) this.text.value = "";
    this.#quoted = null;
    this.#edited = null;
    this.above.hidden = true;
    this.above.replaceChildren();
    this.#typed();
    this.focus();
  }

  #typed() {
    if (!this.#edited) drafts.set(this.#key, this.text.value);
    this.#grow();
    this.#dress();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 118)}px`;
  }

  /** The round button sends when there is something to send, and records when there is not. */
  #dress() {
    const writing = this.text.value.trim() !== "";
    const name = writing ? "send" : "mic";
    if (this.go.dataset.name === name) return;
    this.go.dataset.name = name;
    this.go.setAttribute("aria-label", writing ? "Send" : "Record a voice message");
    this.go.title = writing ? "Send" : "Record a voice message";
    this.go.replaceChildren(icon(name));
  }

  #key_(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (this.text.value.trim()) this.element.requestSubmit();
    }
    if (event.key === "Escape" && (!this.above.hidden || !this.emoji.hidden)) {
      event.preventDefault();
      if (!this.emoji.hidden) this.#toggleEmoji();
      else this.#plain();
    }
    if (event.key === "ArrowUp" && this.text.value === "") {
      const last = this.#options.thread.lastOwn();
      if (last) {
        event.preventDefault();
        this.edit(last);
      }
    }
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return this.#record();
    const [quoted, edited] = [this.#quoted, this.#edited];
    this.text.value = "";
    this.#plain();
    drafts.delete(this.#key);
    try {
      if (edited) await api.edit(this.#phone, edited.id, text);
      else await this.#options.thread.send({ type: "text", text: { body: text }, reply_to: quoted?.id });
    } catch (error) {
      if (edited) this.#options.thread.say(error.message);
      // What was not taken is not lost.
      if (!this.text.value) this.text.value = text;
      this.#typed();
    }
  }

  #insert(emoji) {
    this.text.setRangeText(emoji, this.text.selectionStart, this.text.selectionEnd, "end");
    this.#typed();
  }

  #toggleEmoji() {
    this.emoji.hidden = !this.emoji.hidden;
    this.emojiButton.setAttribute("aria-expanded", String(!this.emoji.hidden));
    if (this.emoji.hidden) this.focus();
    else this.emoji.querySelector("button").focus({ preventScroll: true });
  }

  #paste(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.#sendFile(file);
  }

  #files(input) {
    const [file] = input.files;
    if (file) this.#sendFile(file);
    input.value = "";
  }

  #attach() {
    attachSheet(this.#options.screen, this.#phone, {
      file: (file, asDocument) => this.#sendFile(file, asDocument),
      send: (message) => this.#send(message),
    });
  }

  #send(message) {
    const quoted = this.#quoted;
    if (quoted) this.#plain();
    return this.#options.thread.send({ ...message, reply_to: quoted?.id }).catch(() => {});
  }

  /** Sends a file; what is written goes along as its caption. */
  async #sendFile(file, asDocument = false) {
    const kind = asDocument ? "document" : /^image\/(jpeg|png|webp|gif|heic|avif)/.test(file.type) ? "image" : /^video\//.test(file.type) ? "video" : /^audio\//.test(file.type) ? "audio" : "document";
    try {
      const blob = kind === "image" ? await shrunk(file) : file;
      const { id } = await api.upload(this.#phone, blob, file.name);
      const content = { id };
      const caption = this.text.value.trim();
      // Sound carries no words.
      if (caption && !this.#edited && kind !== "audio") {
        content.caption = caption;
        this.text.value = "";
        drafts.delete(this.#key);
        this.#typed();
      }
      if (kind === "document" && file.name) content.filename = file.name;
      await this.#send({ type: kind, [kind]: content });
    } catch (error) {
      this.#options.thread.say(`The file could not be sent: ${error.message}`);
    }
  }

  async #record() {
    const bar = h("div.line.recording");
    try {
      this.#recording = await record(bar);
    } catch (error) {
      this.#options.thread.say(error.message);
      return;
    }
    this.line.replaceWith(bar);
    bar.querySelector(".go").focus({ preventScroll: true });
    const blob = await this.#recording.done;
    this.#recording = null;
    bar.replaceWith(this.line);
    this.go.focus({ preventScroll: true });
    if (!blob) return;
    try {
      const { id } = await api.upload(this.#phone, blob, "voice");
      await this.#send({ type: "audio", audio: { id, voice: true } });
    } catch (error) {
      this.#options.thread.say(`The recording could not be sent: ${error.message}`);
    }
  }
}

/** A picture as a phone would send it: JPEG, and not larger than needed. */
async function shrunk(file) {
  if (file.type === "image/gif") return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && /jpeg|png/.test(file.type)) return file;
  const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.88));
}
