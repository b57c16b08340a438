// Make a rough picture of very many dots finer: each pushes those beside it away, each line pulls its ends together.
// Only what is near is looked at, so that it takes milliseconds where an exact reckoning takes seconds.

const ROUNDS = 150;
const NEAR = 95; // dots nearer than this push each other
const LENGTH = 85; // what a line wants to be

export function relax(cy, fixed) {
  const dots = cy.nodes().map((node) => ({ node, ...node.position(), free: !fixed.contains(node) }));
  const places = new Map(dots.map((dot, n) => [dot.node.id(), n]));
  const lines = cy.edges().map((edge) => [places.get(edge.source().id()), places.get(edge.target().id())]);
  scatter(dots);
  for (let round = 0; round < ROUNDS; round += 1) {
    const moves = dots.map(() => [0, 0]);
    push(dots, moves);
    pull(dots, lines, moves);
    const most = 60 * (1 - round / ROUNDS) + 2;
    dots.forEach((dot, n) => {
      if (!dot.free) return;
      const [x, y] = moves[n];
      const far = Math.hypot(x, y) || 1;
      dot.x += (x / far) * Math.min(far, most);
      dot.y += (y / far) * Math.min(far, most);
    });
  }
  cy.batch(() => dots.forEach(({ node, x, y }) => void node.position({ x, y })));
}

// Dots on one and the same place push in no direction.
function scatter(dots) {
  for (const dot of dots) {
    if (!dot.free) continue;
    dot.x += (Math.random() - 0.5) * 40;
    dot.y += (Math.random() - 0.5) * 40;
  }
}

function push(dots, moves) {
  const cells = new Map();
  const cell = (x, y) => `${Math.floor(x / NEAR)},${Math.floor(y / NEAR)}`;
  dots.forEach((dot, n) => {
    const key = cell(dot.x, dot.y);
    if (cells.has(key)) cells.get(key).push(n);
    else cells.set(key, [n]);
  });
  dots.forEach((dot, n) => {
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const m of cells.get(cell(dot.x + dx * NEAR, dot.y + dy * NEAR)) ?? []) {
          if (m === n) continue;
          const x = dot.x - dots[m].x;
          const y = dot.y - dots[m].y;
          const far = Math.hypot(x, y) || 0.1;
          if (far >= NEAR) continue;
          const force = (0.45 * (NEAR - far)) / far;
          moves[n][0] += x * force;
          moves[n][1] += y * force;
        }
      }
    }
  });
}

function pull(dots, lines, moves) {
  for (const [a, b] of lines) {
    if (a === b) continue;
    const x = dots[b].x - dots[a].x;
    const y = dots[b].y - dots[a].y;
    const far = Math.hypot(x, y) || 0.1;
    const force = (0.1 * (far - LENGTH)) / far;
    moves[a][0] += x * force;
    moves[a][1] += y * force;
    moves[b][0] -= x * force;
    moves[b][1] -= y * force;
  }
}
