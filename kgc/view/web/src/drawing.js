// One drawing on the page: its elements, what people do with them, and the words that are said of it.

import cytoscape from "cytoscape";
import { save, svg } from "./export.js";
import { Keys } from "./keys.js";
import { arrange, place } from "./layout.js";
import { Legend } from "./legend.js";
import { colours, style } from "./style.js";
import { Toolbar } from "./toolbar.js";
import { element } from "./words.js";

const LABELLED_EDGES = 40; // above so many only those of the chosen or hovered dot keep their name
const FADING = 700; // above so many elements hovering does not fade the rest
const spaces = new Map(); // where things stand, by space: back after a change of page

export class Drawing {
  constructor(root) {
    this.root = root;
    this.count = 0;
    this.tell = () => {};
    this.stage = element(root, "div", "stage", {
      tabindex: "0", role: "application", "aria-roledescription": "graph",
    });
    this.hint = element(root, "div", "hint");
    this.live = element(root, "div", "live", { "aria-live": "polite", role: "status" });
    this.legend = new Legend(root, (kind, alone) => this.send(alone ? "kind_only" : "kind", kind));
    this.toolbar = new Toolbar(root, this);
    this.cy = cytoscape({
      container: element(this.stage, "div", "canvas", { "aria-hidden": "true" }),
      minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: false, selectionType: "single",
      hideEdgesOnViewport: false, textureOnViewport: false, style: style(colours(root)),
    });
    this.keys = new Keys(this);
    this.listen();
    root.kgc = this; // for tests and for people with a console
  }

  // What Python said last

  show(data) {
    this.data = data;
    this.root.style.height = data.height;
    this.space = spaces.get(data.space) ?? spaces.set(data.space, new Map()).get(data.space);
    this.remember();
    this.restyle();
    const fresh = this.compare(data);
    this.legend.show(data.kinds, colours(this.root));
    this.cy.resize();
    if (fresh.length) this.position(fresh);
    this.choose(data.chosen);
    this.label();
    this.describe(data);
  }

  // Add what is new, take away what went, change what changed: by id, so that nothing that stays is touched.
  compare(data) {
    const { cy } = this;
    const dots = new Map(data.dots.map((d) => [d[0], d]));
    const lines = new Map(data.lines.map((l) => [l[0], l]));
    const fresh = [];
    cy.batch(() => {
      cy.elements().filter((e) => !(e.isNode() ? dots : lines).has(e.id())).remove();
      for (const dot of data.dots) {
        const there = cy.getElementById(dot[0]);
        if (there.nonempty()) there.data(dotData(dot, data.kinds));
        else fresh.push(cy.add({ group: "nodes", data: dotData(dot, data.kinds) }));
      }
      for (const line of data.lines) {
        const there = cy.getElementById(line[0]);
        if (there.nonempty()) there.data(lineData(line));
        else cy.add({ group: "edges", data: lineData(line) });
      }
    });
    return fresh;
  }

  position(fresh) {
    const known = fresh.filter((node) => this.space.has(node.id()));
    for (const node of known) node.position({ ...this.space.get(node.id()) });
    const newcomers = fresh.filter((node) => !this.space.has(node.id()));
    const first = fresh.length === this.cy.nodes().length;
    if (newcomers.length) {
      if (newcomers.length === this.cy.nodes().length) arrange(this.cy, this.stage);
      else place(this.cy, newcomers);
      this.enter(newcomers);
    }
    this.remember();
    if (first) this.fit(false);
    else this.reveal(fresh);
  }

  enter(newcomers) {
    if (still() || newcomers.length > 120) return;
    for (const node of newcomers) {
      node.style("opacity", 0);
      node.animate({ style: { opacity: 1 } }, { duration: 220, complete: () => node.removeStyle("opacity") });
    }
  }

  remember() {
    this.cy?.nodes().forEach((node) => void this.space?.set(node.id(), { ...node.position() }));
  }

  restyle() {
    const now = colours(this.root);
    const size = this.letters();
    const word = JSON.stringify([now, size]);
    if (word === this.worn) return;
    this.worn = word;
    this.cy.style(style(now, size));
    if (this.data) this.legend.show(this.data.kinds, now);
  }

  // The size of names in the drawing: in the window they stay readable while it shrinks, until there are too many.
  letters() {
    if (this.cy.nodes().length > 300) return 13;
    return Math.round(Math.min(20, Math.max(13, 11.5 / this.cy.zoom())));
  }

  // What is chosen and what is pointed at

  choose(id) {
    this.cy.batch(() => {
      this.cy.elements(".chosen").removeClass("chosen");
      this.cy.elements(".beside").removeClass("beside");
      const chosen = id ? this.cy.getElementById(id) : this.cy.collection();
      chosen.addClass("chosen");
      if (chosen.isNode?.()) chosen.connectedEdges().addClass("beside");
    });
    const there = id ? this.cy.getElementById(id) : this.cy.collection();
    if (there.empty()) return;
    if (there.isNode()) this.keys.at = id;
    if (id !== this.sent) this.reveal(there.isNode() ? [there] : [there.source(), there.target()]);
    this.sent = id;
  }

  label() {
    const many = this.cy.edges().length > LABELLED_EDGES;
    this.cy.batch(() => this.cy.edges().toggleClass("quiet", many));
  }

  hover(target) {
    const fades = this.cy.elements().length <= FADING;
    this.cy.batch(() => {
      this.cy.elements(".faded").removeClass("faded");
      this.cy.elements(".near").removeClass("near");
      if (!target) return;
      const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
      near.addClass("near");
      if (fades) this.cy.elements().difference(near).addClass("faded");
    });
    this.hint.textContent = target ? told(target) : "";
    this.hint.classList.toggle("shown", Boolean(target));
  }

  listen() {
    const { cy } = this;
    cy.on("tap", (event) => {
      this.stage.focus({ preventScroll: true });
      if (event.target === cy) this.send("choose", "");
      else this.send("choose", event.target.id());
    });
    cy.on("dbltap", "node", (event) => this.send("expand", event.target.id()));
    cy.on("mouseover", "node, edge", (event) => this.hover(event.target));
    cy.on("mouseout", "node, edge", () => this.hover(null));
    cy.on("dragfree", "node", () => this.remember());
    this.stage.addEventListener("transitionend", () => this.restyle()); // the page's theme changed its colours
    cy.on("zoom", () => {
      clearTimeout(this.zooming);
      this.zooming = setTimeout(() => this.restyle(), 120);
    });
    this.sizes = new ResizeObserver(() => cy.resize());
    this.sizes.observe(this.stage);
  }

  send(what, id) {
    if (what === "choose") {
      if (id === (this.data.chosen ?? "") && !id) return;
      this.data.chosen = id;
      this.sent = id; // who points at something sees it already
      this.choose(id);
    } else if (!this.data.keys.includes(what)) return;
    this.count += 1;
    this.tell({ what, id, at: `${Date.now()}.${this.count}` });
  }

  say(words) {
    this.live.textContent = words;
  }

  describe(data) {
    const words = `${data.title}: ${data.dots.length} shown, ${data.lines.length} lines`;
    this.stage.setAttribute("aria-label", `${words}. ${this.keys.help()}`);
    this.root.dataset.dots = data.dots.length;
    this.root.dataset.lines = data.lines.length;
    this.root.dataset.marked = data.dots.filter((dot) => dot[7]).length;
    this.root.dataset.chosen = data.chosen;
  }

  // What the toolbar and the keys do

  fit(gently = true, elements = undefined) {
    const what = elements ?? this.cy.elements();
    if (what.empty()) return;
    const box = what.boundingBox();
    const room = this.room();
    const zoom = Math.max(this.cy.minZoom(), Math.min(room.w / box.w, room.h / box.h, 1.35));
    const pan = {
      x: room.x + (room.w - box.w * zoom) / 2 - box.x1 * zoom,
      y: room.y + (room.h - box.h * zoom) / 2 - box.y1 * zoom,
    };
    if (gently && !still()) this.cy.animate({ zoom, pan }, { duration: 250 });
    else this.cy.viewport({ zoom, pan });
  }

  // The part of the window that neither the legend nor the buttons lie over.
  room() {
    const below = this.legend.box.offsetHeight + 24;
    return { x: 24, y: 40, w: Math.max(80, this.cy.width() - 84), h: Math.max(80, this.cy.height() - 40 - below) };
  }

  // Move the window, never the dots, where some of these are out of sight.
  reveal(nodes) {
    const room = this.room();
    const outside = nodes.some((n) => {
      const { x, y } = n.renderedPosition();
      return x < room.x || x > room.x + room.w || y < room.y || y > room.y + room.h;
    });
    if (outside) this.fit(true);
  }

  zoom(factor) {
    const { cy } = this;
    const level = Math.min(cy.maxZoom(), Math.max(cy.minZoom(), cy.zoom() * factor));
    cy.zoom({ level, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  rearrange() {
    arrange(this.cy, this.stage);
    this.remember();
    this.fit(true);
  }

  save(kind) {
    save(this.cy, kind, colours(this.root), this.data.title);
  }

  picture() {
    return svg(this.cy, colours(this.root));
  }

  // For tests: where things stand in the drawing, and where to point at one in the window.

  positions() {
    return Object.fromEntries(this.cy.nodes().map((n) => [n.id(), { x: n.position("x"), y: n.position("y") }]));
  }

  point(id) {
    const found = this.cy.getElementById(id);
    const box = this.stage.getBoundingClientRect();
    const { x, y } = found.isNode() ? found.renderedPosition() : found.renderedMidpoint();
    return { x: box.x + x, y: box.y + y };
  }

  close() {
    this.remember();
    this.sizes.disconnect();
    clearTimeout(this.zooming);
    this.cy.destroy();
    this.root.replaceChildren();
  }
}

function dotData([id, name, kind, note, more, weight, pinned, marked, whole], kinds) {
  const { 1: color, 2: shape } = kinds[kind] ?? [];
  return {
    id, name, note, more, whole, kind: kinds[kind]?.[0] ?? "", color: color ?? 0, shape: shape ?? 0,
    label: more ? `${name}\n+${more.toLocaleString("en")}` : name,
    size: 22 + 22 * weight, pinned, marked,
  };
}

function lineData([id, source, target, name, state, strength, marked, note]) {
  return { id, source, target, name, state, width: 1 + 2 * strength, marked, note };
}

export function told(target) {
  if (target.isNode()) {
    return [target.data("whole") || target.data("name"), target.data("kind"), target.data("note")].filter(Boolean).join(" · ");
  }
  const ends = `${target.source().data("name")} → ${target.data("name")} → ${target.target().data("name")}`;
  return [ends, target.data("note")].filter(Boolean).join(" · ");
}

function still() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
