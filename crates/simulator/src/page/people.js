// The people in the bar, and the dialogs in which a phone is bought or changed.

import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

export class People {
  #options;
  #drawn = "";

  constructor(options) {
    this.#options = options;
  }

  /** Draws the chips; those whose handset is shown are pressed. */
  draw(shown) {
    const state = JSON.stringify(store.phones.map((phone) => [phone, store.unread(phone.id), shown.includes(phone.id)]));
    if (state === this.#drawn) return;
    this.#drawn = state;
    const { element } = this.#options;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    element.replaceChildren(
      h("ul", { role: "list" }, store.phones.map((phone) => h("li", this.#chip(phone, shown.includes(phone.id)))),
        h("li", h("button.chip.add", { type: "button", "data-key": "+", onclick: () => this.#add() }, icon("plus"), h("span", "Add a phone")))),
    );
    if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #chip(phone, pressed) {
    const unread = store.unread(phone.id);
    const first = phone.name.split(" ")[0];
    return h("button.chip", {
      type: "button", "aria-pressed": String(pressed), "data-key": phone.id, title: phone.name,
      onclick: () => this.#options.toggle(phone.id),
    },
    avatar(phone.name), h("span.chip-name", first),
    unread && !pressed ? h("span.badge", String(unread), h("span.quiet", " unread")) : null,
    phone.online ? null : h("span.off-dot", { title: "Off" }, h("span.quiet", "off")));
  }

  #add() {
    const name = h("input", { id: "new-name", required: true, maxLength: 60, autocomplete: "off", placeholder: "Marta Conti" });
    const number = h("input", { id: "new-number", type: "tel", maxLength: 24, autocomplete: "off", placeholder: "+39 348 555 0117" });
    const hidden = h("input", { id: "new-hidden", type: "checkbox" });
    ask("Add a phone", [
      field("Name", name),
      field("Number", number, "With the country. Left empty, a free one is found."),
      h("label.check", { htmlFor: "new-hidden" }, hidden, h("span", "Hide the number", h("small", "Businesses see a user id only, as with people who have a username."))),
    ], "Add", async () => {
      const phone = { name: name.value, hidden_number: hidden.checked };
      if (number.value.trim()) phone.number = number.value;
      const made = await api.addPhone(phone);
      await store.load();
      this.#options.added(made.id);
    });
  }
}

/** The dialog behind a handset's settings. */
export function settings(id) {
  const phone = store.phone(id);
  const name = h("input", { id: "phone-name", required: true, maxLength: 60, value: phone.name });
  const number = h("input", { id: "phone-number", type: "tel", maxLength: 24, value: phone.display_number });
  const hidden = h("input", { id: "phone-hidden", type: "checkbox", checked: phone.hidden_number });
  const blocked = h("input", { id: "phone-blocked", type: "checkbox", checked: phone.blocked });
  ask(`${phone.name}’s phone`, [
    field("Name", name),
    field("Number", number, "Businesses this person has written to hear of a new number."),
    h("label.check", { htmlFor: "phone-hidden" }, hidden, h("span", "Hide the number", h("small", "Businesses see a user id only."))),
    h("label.check", { htmlFor: "phone-blocked" }, blocked, h("span", "Block businesses", h("small", "Their messages stay at one tick."))),
  ], "Save", async () => {
    const change = { name: name.value, hidden_number: hidden.checked, blocked: blocked.checked };
    if (number.value.replace(/\D/g, "") !== phone.number) change.number = number.value;
    await api.changePhone(id, change);
  }, { label: "Remove the phone", act: () => api.removePhone(id) });
}

function field(label, input, help) {
  const helpId = help && `${input.id}-help`;
  if (help) input.setAttribute("aria-describedby", helpId);
  return h("div.field", h("label", { htmlFor: input.id }, label), input, help ? h("small", { id: helpId }, help) : null);
}

function ask(title, fields, verb, act, other) {
  const problem = h("p.problem", { role: "alert" });
  const attempt = async (event, work) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      await work();
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const dialog = h("dialog.ask", { "aria-labelledby": "ask-title" },
    h("form", { method: "dialog", onsubmit: (event) => attempt(event, act) },
      h("h2", { id: "ask-title" }, title), fields, problem,
      h("div.ask-end",
        other ? h("button.danger", { type: "button", onclick: (event) => attempt(event, other.act) }, other.label) : null,
        h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
        h("button.primary", { type: "submit" }, verb))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
