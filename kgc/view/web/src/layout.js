// Where things stand: all anew by fcose, or newcomers around what stays exactly where it is.

import { relax } from "./relax.js";

const SEED = 20261;
const MANY = 250; // above so many fcose's fine work takes seconds: its first draft is made finer by `relax`

// fcose begins with random places; the same numbers each time give the same picture of the same neighbourhood.
function seeded(run) {
  const chance = Math.random;
  let state = SEED;
  Math.random = () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 4294967296;
  };
  try {
    return run();
  } finally {
    Math.random = chance;
  }
}

function options(count) {
  return {
    name: "fcose", animate: false, fit: false, quality: count > MANY ? "draft" : "default", nodeDimensionsIncludeLabels: count <= MANY,
    nodeRepulsion: 3000, idealEdgeLength: 28, edgeElasticity: 0.45, gravity: 0.3, nodeSeparation: 75,
    numIter: 2500, packComponents: true, tilingPaddingVertical: 18, tilingPaddingHorizontal: 18,
  };
}

export function arrange(cy, stage) {
  const pinned = cy.nodes().filter((n) => n.data("pinned"));
  const fixed = pinned.map((n) => ({ nodeId: n.id(), position: { ...n.position() } }));
  const some = fixed.length && fixed.length < cy.nodes().length;
  seeded(() =>
    cy.layout({
      ...options(cy.nodes().length), randomize: !some, ...(some ? { fixedNodeConstraint: fixed } : {}),
    }).run(),
  );
  if (cy.nodes().length > MANY) seeded(() => relax(cy, pinned));
  if (!some) turn(cy, stage);
  apart(cy, new Set(cy.nodes().filter((n) => !pinned.contains(n)).map((n) => n.id())));
}

// A tall picture in a wide window is laid on its side.
function turn(cy, stage) {
  const box = cy.nodes().boundingBox();
  if ((box.w > box.h) === (stage.clientWidth > stage.clientHeight)) return;
  cy.batch(() => cy.nodes().forEach((n) => void n.position({ x: n.position("y"), y: n.position("x") })));
}

export function place(cy, newcomers) {
  const fresh = new Set(newcomers.map((n) => n.id()));
  const old = cy.nodes().filter((n) => !fresh.has(n.id()));
  const where = new Map(old.map((n) => [n.id(), { ...n.position() }]));
  beside(cy, newcomers, fresh, where);
  settle(cy, newcomers, fresh, where);
  cy.batch(() => where.forEach((position, id) => void cy.getElementById(id).position(position)));
  apart(cy, fresh);
}

// Only newcomers and what they are joined with take part: that costs the same however much stands around.
function settle(cy, newcomers, fresh, where) {
  const near = cy.collection(newcomers).closedNeighborhood();
  const part = near.nodes().union(near.nodes().edgesWith(near.nodes()));
  const fixed = part.nodes().filter((n) => !fresh.has(n.id()));
  const fixedNodeConstraint = fixed.map((n) => ({ nodeId: n.id(), position: where.get(n.id()) }));
  if (!fixed.length || part.nodes().length < 2) return;
  const manner = { ...options(part.nodes().length), randomize: false, packComponents: false, numIter: 400 };
  seeded(() => part.layout({ ...manner, fixedNodeConstraint }).run());
}

// Newcomers that came to lie over something are pushed off it; what stood there stays.
function apart(cy, fresh, gap = 6) {
  const boxes = cy.nodes().map((node) => {
    const { w, h, x1, y1 } = node.boundingBox({ includeLabels: true, includeOverlays: false });
    const { x, y } = node.position();
    return { node, w: w + gap, h: h + gap, x, y, dx: x1 + w / 2 - x, dy: y1 + h / 2 - y, free: fresh.has(node.id()) };
  });
  const moving = boxes.filter((box) => box.free);
  if (moving.length * boxes.length > 100_000) return;
  for (let round = 0; round < 40; round += 1) {
    let moved = false;
    for (const one of moving) {
      for (const other of boxes) {
        if (one === other) continue;
        const x = one.x + one.dx - other.x - other.dx;
        const y = one.y + one.dy - other.y - other.dy;
        const over = { x: (one.w + other.w) / 2 - Math.abs(x), y: (one.h + other.h) / 2 - Math.abs(y) };
        if (over.x <= 0 || over.y <= 0) continue;
        moved = true;
        const share = other.free ? 0.5 : 1;
        if (over.x < over.y) one.x += Math.sign(x || 1) * over.x * share;
        else one.y += Math.sign(y || 1) * over.y * share;
      }
    }
    if (!moved) break;
  }
  cy.batch(() => moving.forEach((box) => void box.node.position({ x: box.x, y: box.y })));
}

// Newcomers begin around the neighbour that is drawn, on the side where there is room.
function beside(cy, newcomers, fresh, where) {
  const centre = middle([...where.values()]);
  const groups = new Map();
  for (const node of newcomers) {
    const anchor = node.neighborhood("node").filter((n) => !fresh.has(n.id())).first();
    const id = anchor.nonempty() ? anchor.id() : "";
    groups.set(id, [...(groups.get(id) ?? []), node]);
  }
  for (const [id, nodes] of groups) {
    const from = id ? where.get(id) : { x: centre.x, y: centre.y + 200 };
    const outward = Math.atan2(from.y - centre.y, from.x - centre.x) || 0;
    const wide = where.size < 2 ? 2 * Math.PI : Math.min(2 * Math.PI, 0.9 + nodes.length * 0.22);
    nodes.forEach((node, n) => {
      const ring = 105 + 50 * Math.floor(n / 14);
      const angle = outward - wide / 2 + (wide * (n + 0.5)) / nodes.length;
      node.position({ x: from.x + ring * Math.cos(angle), y: from.y + ring * Math.sin(angle) });
    });
  }
}

function middle(points) {
  if (!points.length) return { x: 0, y: 0 };
  const sum = points.reduce((a, p) => ({ x: a.x + p.x, y: a.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
