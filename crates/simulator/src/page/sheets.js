// What slides up over a chat: menus, lists and small forms.

import { api } from "./api.js";
import { avatar, h, iconButton, toast } from "./dom.js";
import { REACTIONS } from "./emoji.js";
import { icon } from "./icons.js";
import { settings } from "./people.js";
import { store } from "./store.js";

const EDITABLE = 15 * 60_000;
let made = 0;

/** Shows something over a handset's screen; the rest of that screen waits until it is closed. */
export function sheet(screen, label, content, kind = "bottom") {
  const before = document.activeElement;
  const below = [...screen.children];
  const close = () => {
    veil.remove();
    for (const element of below) element.inert = false;
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const panel = h(`div.sheet.${kind}`, { role: "dialog", "aria-modal": "true", "aria-label": label, tabIndex: -1 }, content(close));
  const veil = h("div.veil", {
    onclick: (event) => event.target === veil && close(),
    onkeydown: (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    },
  }, panel);
  for (const element of below) element.inert = true;
  screen.append(veil);
  (panel.querySelector("button, input, a") ?? panel).focus({ preventScroll: true });
  return close;
}

/** What can be done with a message. */
export function menu(screen, thread, message) {
  const mine = message.from === "phone";
  const words = message.type === "text" || (["image", "video", "document"].includes(message.type) && message.content.caption);
  const editable = mine && words && Date.now() - Date.parse(message.at) < EDITABLE;
  sheet(screen, "Message options", (close) => {
    const item = (name, text, act, kind = "") => h(`button.item${kind}`, { type: "button", onclick: () => { close(); act(); } }, icon(name), text);
    return [
      h("div.react", { role: "group", "aria-label": "React" }, REACTIONS.map(([emoji, name]) => h("button", {
        type: "button", "aria-label": name, "aria-pressed": String(message.reactions.phone === emoji), onclick: () => { close(); thread.react(message, emoji); },
      }, emoji))),
      item("reply", "Reply", () => thread.reply(message)),
      message.body ? item("copy", "Copy", () => navigator.clipboard?.writeText(message.body)) : null,
      editable ? item("edit", "Edit", () => thread.edit(message)) : null,
      mine ? item("trash", "Delete for everyone", () => thread.remove(message), ".danger") : null,
    ];
  });
}

/** What can be done in a chat as a whole. */
export function chatMenu(screen, id) {
  const phone = store.phone(id);
  sheet(screen, "Chat options", (close) => {
    const item = (name, text, act, kind = "") => h(`button.item${kind}`, { type: "button", onclick: () => { close(); act(); } }, icon(name), text);
    const change = (what) => api.changePhone(id, what).catch((error) => toast(screen, error.message));
    return [
      phone.blocked ? item("blocked", "Unblock businesses", () => change({ blocked: false })) : item("blocked", "Block businesses", () => change({ blocked: true }), ".danger"),
      item("person", "Change my number…", () => settings(id)),
      item("power", "Switch the phone off", () => change({ online: false })),
    ];
  });
}

/** The rows of a list message. */
export function listSheet(screen, action, choose) {
  const name = `list-${(made += 1)}`;
  sheet(screen, action.button, (close) => {
    const send = h("button.primary", { type: "submit", disabled: true }, "Send");
    const row = (entry) => h("label.choice", h("span.choice-words", h("span", entry.title), entry.description ? h("small", entry.description) : null),
      h("input", { type: "radio", name, value: entry.id, onchange: () => { send.disabled = false; } }));
    return h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const id = new FormData(event.target).get(name);
        const chosen = action.sections.flatMap((section) => section.rows).find((entry) => entry.id === id);
        close();
        if (chosen) choose({ id: chosen.id, title: chosen.title, ...(chosen.description ? { description: chosen.description } : {}) });
      },
    },
    head(action.button, close),
    h("div.scroll", action.sections.map((section) => h("fieldset", h("legend", section.title || action.button), section.rows.map(row)))),
    h("div.sheet-end", send));
  });
}

function head(title, close) {
  return h("div.sheet-head", h("h3", title), iconButton("close", "Close", close, "button.round.small"));
}

/** The kinds of things that can be attached. */
export function attachSheet(screen, phone, { file, send }) {
  sheet(screen, "Attach", (close) => {
    const picker = (accept, asDocument) => {
      const input = h("input", { type: "file", accept, onchange: () => input.files[0] && file(input.files[0], asDocument) });
      input.click();
    };
    const way = (name, text, act) => h(`button.way.way-${name}`, { type: "button", onclick: () => { close(); act(); } }, h("span.way-icon", icon(name)), text);
    return h("div.ways",
      way("image", "Photo, video", () => picker("image/*,video/*", false)),
      way("sparkle", "Sample photo", async () => file(await samplePhoto(), false)),
      way("document", "Document", () => picker("", true)),
      way("pin", "Location", () => locationForm(screen, (location) => send({ type: "location", location }))),
      way("person", "Contact", () => contactForm(screen, phone, (contacts) => send({ type: "contacts", contacts }))),
      way("list", "Sample PDF", () => file(samplePaper(), true)),
      way("mic", "Audio file", () => picker("audio/*", false)),
      way("smile", "Sample sticker", async () => send({ type: "sticker", sticker: { id: (await api.upload(phone, await sampleSticker(), "sticker.webp")).id } })));
  });
}

const PLACES = [
  { name: "Piazza del Duomo", address: "20122 Milano", latitude: 45.46416, longitude: 9.19197 },
  { name: "Alexanderplatz", address: "10178 Berlin", latitude: 52.52191, longitude: 13.41321 },
  { name: "Puerta del Sol", address: "28013 Madrid", latitude: 40.41694, longitude: -3.70353 },
  { name: "Covent Garden", address: "London WC2E", latitude: 51.51174, longitude: -0.12402 },
];

export function locationForm(screen, send) {
  sheet(screen, "Send a location", (close) => {
    const finish = (location) => {
      close();
      send(location);
    };
    const input = (label, name, more) => h("label.small-field", label, h("input", { name, autocomplete: "off", ...more }));
    return h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const form = new FormData(event.target);
        const location = { latitude: Number(form.get("latitude")), longitude: Number(form.get("longitude")) };
        if (form.get("name")) location.name = form.get("name");
        finish(location);
      },
    },
    head("Send a location", close),
    h("div.scroll",
      PLACES.map((place) => h("button.item", { type: "button", onclick: () => finish(place) }, icon("pin"), h("span.choice-words", h("span", place.name), h("small", place.address)))),
      h("p.section", "Somewhere else"),
      h("div.pair", input("Latitude", "latitude", { type: "number", step: "any", min: -90, max: 90, required: true }), input("Longitude", "longitude", { type: "number", step: "any", min: -180, max: 180, required: true })),
      input("Name", "name", { maxLength: 100 })),
    h("div.sheet-end", h("button.primary", { type: "submit" }, "Send")));
  });
}

export function contactForm(screen, phone, send) {
  sheet(screen, "Send a contact", (close) => {
    const finish = (name, number) => {
      close();
      const [first, ...rest] = name.split(" ");
      const digits = number.replace(/\D/g, "");
      send([{ name: { formatted_name: name, first_name: first, ...(rest.length ? { last_name: rest.join(" ") } : {}) }, phones: [{ phone: number, wa_id: digits, type: "CELL" }] }]);
    };
    const others = store.phones.filter((other) => other.id !== phone && !other.hidden_number);
    return h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const form = new FormData(event.target);
        finish(form.get("name"), form.get("number"));
      },
    },
    head("Send a contact", close),
    h("div.scroll",
      others.map((other) => h("button.item", { type: "button", onclick: () => finish(other.name, other.display_number) }, avatar(other.name), h("span.choice-words", h("span", other.name), h("small", other.display_number)))),
      h("p.section", "Somebody else"),
      h("label.small-field", "Name", h("input", { name: "name", required: true, maxLength: 100, autocomplete: "off" })),
      h("label.small-field", "Number", h("input", { name: "number", type: "tel", required: true, maxLength: 24, autocomplete: "off" }))),
    h("div.sheet-end", h("button.primary", { type: "submit" }, "Send")));
  });
}

/** A sticker as WhatsApp takes it: 512 pixels square, on nothing. */
function sampleSticker() {
  const canvas = h("canvas", { width: 512, height: 512 });
  const paint = canvas.getContext("2d");
  paint.fillStyle = `hsl(${Math.floor(Math.random() * 360)} 80% 62%)`;
  paint.beginPath();
  paint.arc(256, 256, 230, 0, Math.PI * 2);
  paint.fill();
  paint.strokeStyle = "#fff";
  paint.fillStyle = "#fff";
  paint.lineWidth = 24;
  paint.stroke();
  for (const x of [176, 336]) {
    paint.beginPath();
    paint.arc(x, 210, 30, 0, Math.PI * 2);
    paint.fill();
  }
  paint.beginPath();
  paint.arc(256, 270, 110, 0.2, Math.PI - 0.2);
  paint.stroke();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.8));
}

/** A picture for those who have none at hand: a lamp by a window, never twice the same. */
function samplePhoto() {
  const canvas = h("canvas", { width: 960, height: 720 });
  const paint = canvas.getContext("2d");
  const tone = Math.floor(Math.random() * 360);
  const wall = paint.createLinearGradient(0, 0, 960, 720);
  wall.addColorStop(0, `hsl(${tone} 38% 84%)`);
  wall.addColorStop(1, `hsl(${tone + 30} 32% 66%)`);
  paint.fillStyle = wall;
  paint.fillRect(0, 0, 960, 720);
  paint.fillStyle = `hsl(${tone + 200} 55% 90%)`;
  paint.fillRect(90, 80, 300, 330);
  paint.fillStyle = `hsl(${tone + 190} 50% 74%)`;
  paint.beginPath();
  paint.moveTo(90, 410);
  paint.quadraticCurveTo(200, 250, 290, 330);
  paint.quadraticCurveTo(340, 370, 390, 300);
  paint.lineTo(390, 410);
  paint.fill();
  paint.strokeStyle = "#fffdf8";
  paint.lineWidth = 14;
  paint.strokeRect(90, 80, 300, 330);
  paint.fillStyle = `hsl(${tone + 20} 30% 42%)`;
  paint.fillRect(0, 560, 960, 160);
  paint.fillStyle = `hsl(${tone + 25} 32% 50%)`;
  paint.fillRect(0, 560, 960, 18);
  const glow = paint.createRadialGradient(660, 300, 20, 660, 320, 330);
  glow.addColorStop(0, "rgb(255 240 200 / .95)");
  glow.addColorStop(1, "rgb(255 240 200 / 0)");
  paint.fillStyle = glow;
  paint.fillRect(330, 0, 630, 660);
  paint.fillStyle = "#3a3430";
  paint.fillRect(652, 300, 16, 250);
  paint.fillRect(590, 545, 140, 20);
  paint.fillStyle = `hsl(${tone + 150} 46% 46%)`;
  paint.beginPath();
  paint.moveTo(590, 170);
  paint.lineTo(730, 170);
  paint.lineTo(790, 320);
  paint.lineTo(530, 320);
  paint.fill();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(new File([blob], "photo.jpg", { type: "image/jpeg" })), "image/jpeg", 0.9));
}

/** One page that says it is a sample. */
function samplePaper() {
  const stream = "BT /F1 28 Tf 72 720 Td (Order confirmation A-1042) Tj 0 -40 Td /F1 14 Tf (A sample document, made by a phone.) Tj ET";
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")}`;
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF`;
  return new File([text], "order-A-1042.pdf", { type: "application/pdf" });
}
