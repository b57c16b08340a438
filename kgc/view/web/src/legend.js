// The legend: each kind with its colour and shape. A press filters it out or back in.

import { shapePath } from "./shapes.js";
import { element } from "./words.js";

export class Legend {
  constructor(root, press) {
    this.press = press;
    this.box = element(root, "div", "legend", { role: "group", "aria-label": "Kinds; press one to show or hide it" });
  }

  show(kinds, now) {
    const word = JSON.stringify([kinds, now.dark]);
    if (word === this.shown) return;
    this.shown = word;
    const focused = this.box.getRootNode().activeElement?.dataset?.kind;
    this.box.replaceChildren();
    for (const [name, color, shape, count, shown, id] of kinds) {
      const chip = element(this.box, "button", "chip", {
        type: "button", "aria-pressed": String(Boolean(shown)),
        title: `${name}: ${shown ? "press to hide" : "press to show"}; with Alt, only this`,
      });
      chip.dataset.kind = id;
      chip.append(shapePath(shape, shown ? now.kinds[color] : "none", now.kinds[color]));
      element(chip, "span", "name", {}, name);
      element(chip, "span", "count", {}, shown ? count.toLocaleString("en") : "hidden");
      chip.addEventListener("click", (event) => this.press(id, event.altKey));
      if (id === focused) chip.focus();
    }
  }
}
