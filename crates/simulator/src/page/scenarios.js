// The scenarios: chosen, changed, played, watched and stopped, beside the phones on which they happen.

import { api } from "./api.js";
import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

const SPEEDS = [1, 2, 5, 20];
const OWN = "phones.script";
const SAMPLE = `title: My scenario
about: What it is for.

person ada: Ada Neri, +39 348 555 0177

ada: Hello
ada waits for an answer up to 2m: Is anybody there?
ada reacts 👍
`;

export class Scenarios {
  #element;
  #button;
  #show;
  #all = [];
  /** The name of the one chosen; nothing stands for one's own. */
  #chosen = null;
  #speed = 1;
  #run = null;
  #script = "";
  #playing = new Set();

  /** `show` picks up the phones of those who take part. */
  constructor({ element, button, show }) {
    this.#element = element;
    this.#button = button;
    this.#show = show;
    button.addEventListener("click", () => this.toggle());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
    store.addEventListener("run", ({ detail }) => this.#hear(detail));
    this.#name();
    api.runs().then((runs) => {
      for (const run of runs.filter((one) => one.state === "running")) this.#playing.add(run.id);
      this.#name();
    }, () => {});
  }

  async toggle() {
    const opening = this.#element.hidden;
    this.#element.hidden = !opening;
    this.#button.setAttribute("aria-expanded", String(opening));
    if (!opening) {
      this.#button.focus();
      return;
    }
    try {
      if (!this.#all.length) this.#all = await api.scenarios();
      const running = (await api.runs()).find((run) => run.state === "running");
      if (running && this.#run?.state !== "running") await this.#watch(running.id);
      else this.#draw();
    } catch (error) {
      this.#fail(error.message);
    }
    (this.#element.querySelector("[aria-pressed=true]") ?? this.#element.querySelector("button"))?.focus();
  }

  #name() {
    const count = this.#playing.size;
    this.#button.replaceChildren(icon("play"), h("span", "Scenarios"), count ? h("span.badge", String(count), h("span.quiet", " playing")) : "");
  }

  #hear(run) {
    if (run.state === "running") this.#playing.add(run.id);
    else this.#playing.delete(run.id);
    this.#name();
    if (this.#run?.id !== run.id || run.revision < this.#run.revision) return;
    this.#run = run;
    if (!this.#element.hidden) this.#drawRun();
  }

  async #watch(id) {
    this.#run = await api.run(id);
    this.#script = this.#run.script;
    this.#show(this.#run.people.map((person) => person.phone));
    this.#draw();
  }

  #fail(text) {
    this.#element.replaceChildren(this.#head("Scenarios"), h("p.problem", { role: "alert" }, text));
  }

  #draw() {
    if (this.#run) this.#drawRun();
    else this.#drawChoice();
  }

  #head(title, back) {
    return h("div.runs-head", back ? iconButton("back", "All scenarios", back) : null, h("h2", title), iconButton("close", "Close", () => this.toggle()));
  }

  #textOf(name) {
    return this.#all.find((one) => one.name === name)?.script ?? localStorage.getItem(OWN) ?? SAMPLE;
  }

  #drawChoice() {
    this.#chosen ??= this.#all[0]?.name ?? "";
    const problem = h("p.problem", { role: "alert" });
    const text = h("textarea.runs-text", { "aria-label": "Script", spellcheck: false, value: this.#textOf(this.#chosen), oninput: () => this.#changed(text.value) });
    const row = (name, title, about) => h("button.runs-row", {
      type: "button", "aria-pressed": String(name === this.#chosen), "data-name": name,
      onclick: () => this.#choose(name),
    }, h("span.runs-title", title), h("small", about));
    const speed = h("select", { "aria-label": "Speed", onchange: () => { this.#speed = Number(speed.value); } },
      SPEEDS.map((times) => h("option", { value: String(times), selected: times === this.#speed }, times === 1 ? "As written" : `${times} times faster`)));
    this.#element.replaceChildren(
      this.#head("Scenarios"),
      h("div.runs-list", this.#all.map((one) => row(one.name, one.title, one.about)), row("", "Your own", "Written here, and kept in this browser.")),
      text, problem,
      h("div.runs-foot", speed, h("button.primary", { type: "button", onclick: () => this.#play(text, problem) }, icon("play"), "Play")));
  }

  #choose(name) {
    this.#chosen = name;
    this.#drawChoice();
    this.#element.querySelector(`[data-name="${CSS.escape(name)}"]`)?.focus();
  }

  /** One that comes with the simulator is not changed: it becomes one's own. */
  #changed(text) {
    localStorage.setItem(OWN, text);
    if (this.#chosen === "") return;
    this.#chosen = "";
    for (const row of this.#element.querySelectorAll(".runs-row")) row.setAttribute("aria-pressed", String(row.dataset.name === ""));
  }

  async #play(text, problem) {
    problem.textContent = "";
    try {
      const run = await api.play(this.#chosen ? { scenario: this.#chosen } : { script: text.value }, this.#speed);
      this.#run = run;
      this.#script = run.script;
      await store.load();
      // What happened before it was listened to.
      this.#hear(await api.run(run.id));
      this.#show(run.people.map((person) => person.phone));
      this.#drawRun();
      this.#element.querySelector("button")?.focus();
    } catch (error) {
      problem.textContent = error.message;
      if (error.line) select(text, error.line);
    }
  }

  #drawRun() {
    const run = this.#run;
    if (this.#element.dataset.run !== String(run.id) || !this.#element.querySelector(".runs-script")) {
      this.#element.dataset.run = String(run.id);
      this.#element.replaceChildren(
        this.#head(run.title, () => this.#leave()),
        h("p.runs-state", { role: "status" }),
        h("ol.runs-script", { tabIndex: 0, "aria-label": "Script" }, this.#script.split("\n").map((line) => h(`li.${kind(line)}`, line || " "))),
        h("div.runs-foot"));
    }
    const [state, lines, foot] = [".runs-state", ".runs-script", ".runs-foot"].map((name) => this.#element.querySelector(name));
    state.textContent = words(run);
    state.classList.toggle("problem", run.state === "failed");
    const at = new Map(run.doing.map((one) => [one.line, one]));
    [...lines.children].forEach((line, place) => {
      const here = at.get(place + 1);
      if (here) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
      line.classList.toggle("waits", Boolean(here?.waits));
      line.classList.toggle("wrong", run.problem?.line === place + 1);
    });
    const [first] = run.doing;
    const shown = lines.children[(run.problem?.line ?? first?.line ?? 0) - 1];
    if (shown) lines.scrollTop = shown.offsetTop - lines.clientHeight / 3;
    const verb = run.state === "running" ? "Stop" : "All scenarios";
    if (foot.textContent !== verb) {
      const focused = foot.contains(document.activeElement);
      foot.replaceChildren(run.state === "running"
        ? h("button.stop", { type: "button", onclick: () => api.stop(run.id).catch((error) => { state.textContent = error.message; }) }, verb)
        : h("button.primary", { type: "button", onclick: () => this.#leave() }, verb));
      if (focused) foot.querySelector("button").focus();
    }
  }

  #leave() {
    this.#run = null;
    this.#drawChoice();
    this.#element.querySelector("[aria-pressed=true]")?.focus();
  }
}

function kind(line) {
  return line.startsWith("#") ? "remark" : /^(title|about|business|pace|person)\b/.test(line) ? "heading" : "step";
}

function words(run) {
  switch (run.state) {
    case "running": {
      const waits = run.doing.some((one) => one.waits && one.phone);
      return `Playing, ${run.done} of ${run.steps} lines${waits ? ". Waiting for the desk." : ""}`;
    }
    case "done": return "Played to the end.";
    case "stopped": return `Stopped after ${run.done} of ${run.steps} lines.`;
    default: return `Line ${run.problem.line}: ${run.problem.detail}`;
  }
}

/** Puts the cursor where the mistake is. */
function select(text, line) {
  const lines = text.value.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
}
