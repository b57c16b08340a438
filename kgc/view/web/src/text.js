// A piece of a document with what it says beside it: marks and rows light up each other, a press chooses a fact.
// Everything from documents goes in as text nodes.

import { element } from "./words.js";

const pages = new WeakMap();

export default function text({ parentElement, data, setTriggerValue }) {
  let page = pages.get(parentElement);
  if (!page) {
    page = new Page(parentElement.querySelector(".kgc-text"));
    pages.set(parentElement, page);
  }
  page.tell = (id) => setTriggerValue("chosen", { id, at: (page.count += 1) });
  page.show(data);
  return () => {
    pages.delete(parentElement);
    page.root.replaceChildren();
  };
}

class Page {
  constructor(root) {
    this.root = root;
    this.count = 0;
    this.tell = () => {};
    this.shown = "";
    this.body = element(root, "article", "body", { tabindex: "0", dir: "auto" });
    this.list = element(root, "ol", "said", { role: "listbox" });
    root.kgc = this;
  }

  show(data) {
    const key = JSON.stringify([data.cuts, data.said]);
    this.body.setAttribute("aria-label", data.label);
    this.list.setAttribute("aria-label", `Facts of ${data.label}`);
    if (key !== this.shown) {
      this.shown = key;
      this.draw(data);
    }
    this.choose(data.chosen);
  }

  draw(data) {
    this.body.replaceChildren();
    this.list.replaceChildren();
    this.marks = data.said.map(() => []);
    for (const [words, said] of data.cuts) {
      if (!said.length) {
        this.body.append(document.createTextNode(words));
        continue;
      }
      const mark = element(this.body, "mark", "quote", {}, words);
      mark.dataset.said = said.join(" ");
      said.forEach((n) => this.marks[n].push(mark));
      mark.addEventListener("mouseenter", () => this.light(said, true));
      mark.addEventListener("mouseleave", () => this.light(said, false));
      mark.addEventListener("click", () => this.tell(data.said[said[0]][0]));
    }
    this.rows = data.said.map(([id, label, state, confidence, note], n) => {
      const row = element(this.list, "li", `row ${state}`, { role: "option", tabindex: "0" });
      row.dataset.fact = id;
      element(row, "span", "label", { dir: "auto" }, label);
      element(row, "span", "note", {}, [state === "proposed" ? "" : state, confidence.toFixed(2), note].filter(Boolean).join(" · "));
      row.addEventListener("mouseenter", () => this.light([n], true));
      row.addEventListener("mouseleave", () => this.light([n], false));
      row.addEventListener("click", () => this.tell(id));
      row.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) this.rows[(n + step + this.rows.length) % this.rows.length].focus();
        else if (event.key === "Enter") this.tell(id);
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      row.addEventListener("focus", () => this.light([n], true));
      row.addEventListener("blur", () => this.light([n], false));
      return row;
    });
  }

  light(said, on) {
    for (const n of said) {
      this.rows[n].classList.toggle("lit", on);
      this.marks[n].forEach((mark) => mark.classList.toggle("lit", on));
      if (on && said.length === 1) this.near(this.rows[n], this.list);
    }
  }

  // Into sight within its own box; the page itself stays where it is.
  near(inner, outer) {
    const low = inner.offsetTop; // both boxes are positioned
    if (low < outer.scrollTop || low + inner.offsetHeight > outer.scrollTop + outer.clientHeight) {
      outer.scrollTop = Math.max(0, low - outer.clientHeight / 3);
    }
  }

  choose(id) {
    this.marks.flat().forEach((mark) => mark.classList.remove("chosen"));
    this.rows.forEach((row, n) => {
      const chosen = row.dataset.fact === id;
      row.setAttribute("aria-selected", String(chosen));
      if (!chosen) return;
      this.marks[n].forEach((mark) => mark.classList.add("chosen"));
      this.near(row, this.list);
      if (this.marks[n][0] && this.at !== id) this.near(this.marks[n][0], this.body);
    });
    this.at = id;
  }
}
