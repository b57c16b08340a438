// Buttons over the drawing, for what is about the picture and not about the graph.

import { node } from "./shapes.js";
import { element } from "./words.js";

const PICTURES = {
  in: "M8 3v10M3 8h10",
  out: "M3 8h10",
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  arrange: "M13.5 6A6 6 0 1 0 14 9.5M14 2v4h-4",
};

export class Toolbar {
  constructor(root, drawing) {
    const box = element(root, "div", "tools", { role: "group", "aria-label": "The picture" });
    button(box, "Zoom in", "in", () => drawing.zoom(1.3));
    button(box, "Zoom out", "out", () => drawing.zoom(1 / 1.3));
    button(box, "Fit all into the window (F)", "fit", () => drawing.fit());
    button(box, "Arrange anew; pinned ones stay", "arrange", () => drawing.rearrange());
    button(box, "Save as PNG", "PNG", () => drawing.save("png"));
    button(box, "Save as SVG", "SVG", () => drawing.save("svg"));
  }
}

function button(box, title, picture, act) {
  const made = element(box, "button", "tool", { type: "button", title, "aria-label": title });
  if (PICTURES[picture]) {
    const drawn = node("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    drawn.append(node("path", { d: PICTURES[picture], fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
    made.append(drawn);
  } else made.append(document.createTextNode(picture));
  made.addEventListener("click", act);
}
