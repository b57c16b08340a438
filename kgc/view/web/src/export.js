// What is seen, as a file: PNG by the renderer, SVG drawn here from the same places.

import { node, shape } from "./shapes.js";

const MARGIN = 30;
const LARGEST = 8000; // pixels a side of a PNG

export function save(cy, kind, now, title) {
  if (cy.elements().empty()) return;
  const blob = kind === "png" ? png(cy, now) : new Blob([svg(cy, now)], { type: "image/svg+xml" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "graph"}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function png(cy, now) {
  return cy.png({ output: "blob", full: true, scale: 2, bg: now.background, maxWidth: LARGEST, maxHeight: LARGEST });
}

export function svg(cy, now) {
  const box = cy.elements().boundingBox();
  const view = [box.x1 - MARGIN, box.y1 - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN].map((n) => n.toFixed(1));
  const root = node("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: view.join(" "), width: view[2], height: view[3], "font-family": "sans-serif" });
  root.append(node("rect", { x: view[0], y: view[1], width: view[2], height: view[3], fill: now.background }));
  cy.edges().forEach((edge) => void line(root, edge, now));
  cy.nodes().forEach((dot) => void mark(root, dot, now));
  return new XMLSerializer().serializeToString(root);
}

function line(root, edge, now) {
  const [a, b] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const bends = edge.controlPoints() ?? [];
  const colour = edge.data("marked") ? now.primary : now.states[edge.data("state")];
  const through = bends.length === 1 ? ` Q ${at(bends[0])} ${at(b)}` : bends.length > 1 ? ` C ${at(bends[0])} ${at(bends.at(-1))} ${at(b)}` : ` L ${at(b)}`;
  const dashes = now.dashes[edge.data("state")].join(" ");
  root.append(node("path", {
    d: `M ${at(a)}${through}`, fill: "none", stroke: colour, "stroke-width": edge.data("width"), ...(dashes ? { "stroke-dasharray": dashes } : {}),
  }));
  const from = bends.at(-1) ?? a;
  const angle = Math.atan2(b.y - from.y, b.x - from.x);
  const wing = (turn) => at({ x: b.x - 9 * Math.cos(angle + turn), y: b.y - 9 * Math.sin(angle + turn) });
  root.append(node("polygon", { points: `${at(b)} ${wing(0.4)} ${wing(-0.4)}`, fill: colour }));
  if (!edge.hasClass("quiet")) words(root, edge.data("name"), edge.midpoint(), 9, now);
}

function mark(root, dot, now) {
  const { x, y } = dot.position();
  const radius = dot.width() / 2;
  root.append(shape(dot.data("shape"), x, y, radius, { fill: now.kinds[dot.data("color")], stroke: now.background, "stroke-width": 1.5 }));
  dot.data("label").split("\n").forEach((text, n) => words(root, text, { x, y: y + radius + 13 + 13 * n }, 11, now));
}

function words(root, text, { x, y }, size, now) {
  const made = node("text", {
    x: x.toFixed(1), y: y.toFixed(1), "font-size": size, "text-anchor": "middle", fill: now.text, stroke: now.background, "stroke-width": 2.5, "paint-order": "stroke",
  });
  made.append(document.createTextNode(text));
  root.append(made);
}

function at({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
