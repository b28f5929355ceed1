// One handset: the case, the status bar, and whichever screen its person looks at.

import { api } from "./api.js";
import { ChatList } from "./chats.js";
import { clock, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { settings } from "./people.js";
import { store } from "./store.js";
import { Thread } from "./thread.js";

export class Handset {
  #id;
  #screen = h("div.screen");
  #time = h("span.time");
  #view = null;
  #stopping = new AbortController();
  #ticking;

  constructor(id) {
    this.#id = id;
    this.name = h("h2.owner");
    this.detail = h("p.owner-number");
    this.power = h("button.switch", { type: "button", role: "switch", onclick: () => this.#switch() }, h("span.knob"));
    this.element = h("section.handset", { "data-phone": id },
      h("div.plate", h("div.plate-words", this.name, this.detail), this.power, iconButton("settings", "Settings of this phone", () => settings(id))),
      h("div.case",
        h("span.side.side-power", { "aria-hidden": "true" }), h("span.side.side-up", { "aria-hidden": "true" }), h("span.side.side-down", { "aria-hidden": "true" }),
        h("div.glass",
          h("div.status", { "aria-hidden": "true" }, this.#time, h("span.island"), statusIcons()),
          this.#screen,
          h("span.home", { "aria-hidden": "true" }))));
    const { signal } = this.#stopping;
    store.addEventListener(`phone:${id}`, (event) => this.#changed(event.detail), { signal });
    document.addEventListener("visibilitychange", () => this.#view?.seen?.(), { signal });
    this.#tick();
    this.#ticking = setInterval(() => this.#tick(), 5000);
    this.#dress();
    this.open();
  }

  stop() {
    this.#stopping.abort();
    clearInterval(this.#ticking);
  }

  get phone() {
    return store.phone(this.#id);
  }

  /** Shows a chat, or the list of chats. */
  open(number = null, focus = false) {
    this.#view?.close?.();
    if (!this.phone?.online) {
      this.#view = null;
      this.#screen.replaceChildren(this.#dark());
      return;
    }
    this.#view = number
      ? new Thread(this.#id, number, { back: () => this.open(null, true), screen: this.#screen })
      : new ChatList(this.#id, { open: (chosen) => this.open(chosen, true), screen: this.#screen });
    this.#screen.replaceChildren(this.#view.element);
    this.#view.shown?.(focus);
  }

  /** Shows the one chat there can be, to somebody who watches. */
  openOnly() {
    const [number, ...others] = store.numbers;
    if (number && !others.length) this.open(number.id);
  }

  #changed(message) {
    if (!this.phone) return;
    const dark = this.#view === null;
    this.#dress();
    if (this.phone.online === dark) this.open();
    else this.#view?.changed(message);
  }

  #dress() {
    const { phone } = this;
    this.element.setAttribute("aria-label", `${phone.name}’s phone`);
    this.element.classList.toggle("off", !phone.online);
    this.name.textContent = phone.name;
    this.detail.replaceChildren(
      phone.hidden_number ? h("span.hidden-number", { title: "Businesses do not see this number" }, icon("eyeOff"), h("span.quiet", "Hidden number: ")) : "",
      phone.username && phone.hidden_number ? phone.username : phone.display_number,
      phone.blocked ? h("span.blocked", " · blocks businesses") : "",
    );
    this.power.setAttribute("aria-checked", String(phone.online));
    this.power.setAttribute("aria-label", `${phone.name}’s phone is on`);
    this.power.title = phone.online ? "Switch off" : "Switch on";
  }

  #dark() {
    return h("div.dark", h("p", "The phone is off"), h("p.dark-more", "Messages wait until it is on again."),
      h("button.wake", { type: "button", onclick: () => this.#switch() }, icon("power"), "Switch on"));
  }

  async #switch() {
    await api.changePhone(this.#id, { online: !this.phone.online });
  }

  #tick() {
    this.#time.textContent = clock(Date.now());
  }
}

function statusIcons() {
  const span = h("span.status-icons");
  span.innerHTML = `<svg viewBox="0 0 62 14" width="62" height="14"><g fill="currentColor">
    <rect x="0" y="8" width="3" height="5" rx="1"/><rect x="4.600" y="5.500" width="3" height="7.500" rx="1"/><rect x="9.200" y="3" width="3" height="10" rx="1"/><rect x="13.800" y="1" width="3" height="12" rx="1"/>
    <path d="M28 12.800l2.100-2.600a3.400 3.400 0 0 0-4.200 0zM22.600 6.200l1.400 1.700a6.400 6.400 0 0 1 8 0l1.400-1.700a8.700 8.700 0 0 0-10.800 0z"/></g>
    <rect x="38.500" y="1.500" width="19" height="11" rx="3.400" fill="none" stroke="currentColor" opacity=".5"/><rect x="40.300" y="3.300" width="13" height="7.400" rx="1.900" fill="currentColor"/><path d="M59.200 5v4c1-.3 1.700-1.100 1.700-2s-.7-1.700-1.700-2z" fill="currentColor" opacity=".5"/></svg>`;
  return span;
}
