// The page: who is there, and whose handsets lie on the table.

import { h } from "./dom.js";
import { Handset } from "./handset.js";
import { People } from "./people.js";
import { Scenarios } from "./scenarios.js";
import { store } from "./store.js";

const board = document.querySelector(".board");
const link = document.querySelector(".link");
const narrow = matchMedia("(max-width: 760px)");
const handsets = new Map();

function remembered() {
  try {
    return JSON.parse(localStorage.getItem("phones.shown")) ?? null;
  } catch {
    return null;
  }
}

let shown = remembered();
let current = null;

/** The handsets to show: one on a narrow screen, else those chosen, else as many as fit. */
function wanted() {
  const ids = store.phones.map((phone) => phone.id);
  const fitting = Math.max(1, Math.min(3, Math.floor(innerWidth / 430)));
  const chosen = (shown ?? ids.slice(0, fitting)).filter((id) => ids.includes(id));
  if (!narrow.matches) return chosen;
  if (!ids.includes(current)) current = chosen[0] ?? ids[0];
  return current ? [current] : [];
}

function draw() {
  const ids = wanted();
  for (const [id, handset] of handsets) {
    if (!ids.includes(id)) {
      handset.element.remove();
      handset.stop();
      handsets.delete(id);
    }
  }
  for (const id of store.phones.map((phone) => phone.id).filter((id) => ids.includes(id))) {
    if (!handsets.has(id)) handsets.set(id, new Handset(id));
    const { element } = handsets.get(id);
    // Moving an element would take its focus and its scroll away.
    const place = [...board.children].indexOf(element);
    if (place !== ids.indexOf(id)) board.insertBefore(element, board.children[ids.indexOf(id)] ?? null);
  }
  board.querySelector(".empty-board")?.remove();
  if (!ids.length) {
    board.append(h("p.empty-board", store.phones.length ? "Choose a person above to pick up their phone." : "Add a phone to begin."));
  }
  people.draw(ids);
}

const people = new People({
  element: document.querySelector(".people"),
  toggle(id) {
    if (narrow.matches) current = id;
    else {
      const ids = wanted();
      shown = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
      localStorage.setItem("phones.shown", JSON.stringify(shown));
    }
    draw();
    handsets.get(id)?.element.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  },
  added(id) {
    shown = [...wanted(), id];
    current = id;
    localStorage.setItem("phones.shown", JSON.stringify(shown));
    draw();
    handsets.get(id)?.element.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  },
});

new Scenarios({
  element: document.querySelector(".runs"),
  button: document.querySelector(".runs-open"),
  show(ids) {
    [current] = ids;
    shown = ids.slice(0, Math.max(1, Math.floor((innerWidth - 372) / 430)));
    localStorage.setItem("phones.shown", JSON.stringify(shown));
    draw();
    for (const id of shown) handsets.get(id)?.openOnly();
  },
});

store.addEventListener("phones", draw);
store.addEventListener("unread", () => people.draw(wanted()));
narrow.addEventListener("change", draw);

store.start((standing) => {
  link.textContent = standing ? "" : "Reconnecting…";
  link.classList.toggle("away", !standing);
});
store.load().catch((error) => {
  board.replaceChildren(h("p.empty-board", { role: "alert" }, `The phones could not be loaded: ${error.message}`));
});

// Beside a desk there is a way to it; alone there is none.
fetch("/readyz").then((response) => {
  document.querySelector(".desk").hidden = !response.ok;
}, () => {});
