// Elements in one call, and the few things every part of the page needs.

import { icon } from "./icons.js";

/** Makes an element: `h("button.round", {onclick}, "text", child)`. */
export function h(selector, properties, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  if (properties && (properties instanceof Node || typeof properties !== "object" || Array.isArray(properties))) {
    children.unshift(properties);
    properties = null;
  }
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [name, text] of Object.entries(value)) element.style.setProperty(name, text);
    else if (key in element && typeof element[key] !== "object" && !key.includes("-") && key !== "role") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that shows an icon only. */
export function iconButton(name, label, onclick, selector = "button.round") {
  return h(selector, { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, "").trim().split(/\s+/);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

/** A colour of their own for everybody. */
export function hue(text) {
  let sum = 7;
  for (const character of text) sum = (sum * 33 + character.codePointAt(0)) % 9973;
  return (sum * 137) % 360;
}

export function avatar(name, kind = "person") {
  return h(`span.avatar.${kind}`, { "aria-hidden": "true", style: { "--hue": String(hue(name)) } }, initials(name));
}

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const shortDayFormat = new Intl.DateTimeFormat(undefined, { day: "2-digit", month: "2-digit", year: "2-digit" });

export const clock = (at) => clockFormat.format(at);

export function day(at) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  return days === 0 ? "Today" : days === 1 ? "Yesterday" : dayFormat.format(at);
}

export function briefly(at) {
  const name = day(at);
  return name === "Today" ? clock(at) : name === "Yesterday" ? name : shortDayFormat.format(at);
}

export function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** Says something for a few seconds inside a handset. */
export function toast(screen, text) {
  screen.querySelector(".toast")?.remove();
  const element = h("div.toast", { role: "status" }, text);
  screen.append(element);
  setTimeout(() => element.remove(), 4000);
}
