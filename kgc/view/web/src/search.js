// A search field with suggestions as one types: a combobox. What is found comes from Python.

import { shapePath } from "./shapes.js";
import { colours } from "./style.js";
import { element } from "./words.js";

const PAUSE = 40; // milliseconds without a key before Python is asked
const fields = new WeakMap();

export default function search({ parentElement, data, setTriggerValue }) {
  let field = fields.get(parentElement);
  if (!field) {
    field = new Field(parentElement.querySelector(".kgc-search"));
    fields.set(parentElement, field);
  }
  field.tell = (what, value) => setTriggerValue(what, value);
  field.show(data);
  return () => {
    fields.delete(parentElement);
    field.root.replaceChildren();
  };
}

class Field {
  constructor(root) {
    this.root = root;
    this.rows = [];
    this.at = -1;
    this.tell = () => {};
    this.input = element(root, "input", "field", {
      type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "200",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "kgc-found", dir: "auto",
    });
    this.list = element(root, "ul", "found", { id: "kgc-found", role: "listbox", "aria-label": "Suggestions" });
    this.live = element(root, "div", "live", { "aria-live": "polite", role: "status" });
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("focus", () => this.open(this.rows.length > 0));
    this.input.addEventListener("blur", () => setTimeout(() => this.open(false), 150));
    root.kgc = this;
  }

  show(data) {
    this.input.placeholder = data.placeholder;
    this.input.setAttribute("aria-label", data.label);
    if (data.clear && data.clear !== this.cleared) {
      this.cleared = data.clear;
      this.input.value = "";
      this.rows = [];
    }
    if (data.text !== this.input.value.trim()) return; // the answer to what was typed before
    this.rows = this.input.value.trim() ? data.rows : [];
    this.at = this.rows.length ? 0 : -1;
    this.draw(data);
  }

  draw(data) {
    const now = colours(this.root);
    this.list.replaceChildren();
    this.rows.forEach(([id, name, kind, note, color, shape], n) => {
      const row = element(this.list, "li", "row", { role: "option", id: `kgc-found-${n}` });
      row.dataset.entity = id;
      row.append(shapePath(shape, now.kinds[color], now.kinds[color]));
      element(row, "span", "name", { dir: "auto" }, name);
      element(row, "span", "note", {}, [kind, note].filter(Boolean).join(" · "));
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.choose(n);
      });
      row.addEventListener("mousemove", () => this.mark(n));
    });
    const nothing = this.input.value.trim() && !this.rows.length;
    if (nothing) element(this.list, "li", "nothing", {}, data.nothing);
    this.live.textContent = this.input.value.trim() ? (nothing ? data.nothing : `${this.rows.length} suggestions`) : "";
    this.list.dataset.text = data.text;
    this.open(Boolean(this.input.value.trim()) && this.focused());
    this.mark(this.at);
  }

  focused() {
    return this.root.getRootNode().activeElement === this.input;
  }

  open(shown) {
    this.list.classList.toggle("shown", shown);
    this.input.setAttribute("aria-expanded", String(shown));
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell("typed", this.input.value.trim()), PAUSE);
  }

  press(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key] && this.rows.length) this.mark((this.at + steps[event.key] + this.rows.length) % this.rows.length);
    else if (event.key === "Enter") this.choose(this.at);
    else if (event.key === "Escape" && this.list.classList.contains("shown")) this.open(false);
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  mark(at) {
    this.at = at;
    [...this.list.querySelectorAll("[role=option]")].forEach((row, n) => {
      row.setAttribute("aria-selected", String(n === at));
      if (n === at) row.scrollIntoView({ block: "nearest" });
    });
    if (at >= 0) this.input.setAttribute("aria-activedescendant", `kgc-found-${at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(at) {
    const row = this.rows[at];
    if (!row) return;
    clearTimeout(this.timer);
    this.input.value = "";
    this.rows = [];
    this.list.replaceChildren();
    this.open(false);
    this.input.blur(); // the keys of the page work again; Tab goes on from here
    this.tell("chosen", row[0]);
  }
}
