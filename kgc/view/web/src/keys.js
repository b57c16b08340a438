// The drawing by keyboard: one tab stop; arrows walk from dot to dot, Enter opens, letters act on where one is.

import { told } from "./drawing.js";

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { e: "expand", h: "hide", p: "pin", o: "only", Delete: "hide" };
const WORDS = { expand: "E expands", hide: "H hides", pin: "P pins", only: "O shows only this" };

export class Keys {
  constructor(drawing) {
    this.drawing = drawing;
    this.at = "";
    drawing.stage.addEventListener("keydown", (event) => this.press(event));
    drawing.stage.addEventListener("focus", () => this.mark());
    drawing.stage.addEventListener("blur", () => drawing.cy.nodes(".here").removeClass("here"));
  }

  help() {
    const able = Object.keys(WORDS).filter((what) => this.drawing.data.keys.includes(what)).map((what) => WORDS[what]);
    return ["Arrows walk", "Enter opens", ...able, "F fits", "plus and minus zoom"].join(", ");
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { drawing } = this;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (STEPS[key]) this.walk(...STEPS[key]);
    else if (key === "Enter") drawing.send("choose", this.here()?.id() ?? "");
    else if (LETTERS[key] && this.here()) drawing.send(LETTERS[key], this.at);
    else if (key === "f") drawing.fit();
    else if (key === "+" || key === "=") drawing.zoom(1.25);
    else if (key === "-") drawing.zoom(1 / 1.25);
    else if (key === "Escape") drawing.send("choose", "");
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has keys of its own
  }

  here() {
    const found = this.at ? this.drawing.cy.getElementById(this.at) : null;
    return found?.nonempty() && found.isNode() ? found : null;
  }

  // To the nearest dot in that direction; a neighbour counts as nearer.
  walk(dx, dy) {
    const { cy } = this.drawing;
    const from = this.here();
    if (!from) {
      this.at = cy.nodes().first().id() ?? "";
      return this.mark();
    }
    const near = from.neighborhood("node");
    const start = from.position();
    let best = null;
    cy.nodes().forEach((n) => {
      const x = n.position("x") - start.x;
      const y = n.position("y") - start.y;
      const ahead = x * dx + y * dy;
      if (n.same(from) || ahead <= 1) return;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      const cost = (ahead + 2.5 * aside) * (near.contains(n) ? 0.6 : 1);
      if (!best || cost < best.cost) best = { cost, n };
    });
    if (best) this.at = best.n.id();
    this.mark();
  }

  mark() {
    const { cy } = this.drawing;
    cy.nodes(".here").removeClass("here");
    if (!this.here()) this.at = cy.nodes(".chosen").id() ?? cy.nodes().first().id() ?? "";
    const node = this.here();
    if (!node) return;
    node.addClass("here");
    const { x, y } = node.renderedPosition();
    if (x < 0 || y < 0 || x > cy.width() || y > cy.height()) cy.center(node);
    this.drawing.say(told(node));
  }
}
