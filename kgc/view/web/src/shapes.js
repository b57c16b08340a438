// The shapes of kinds as polygons in a box from -1 to 1: for the legend and for pictures in SVG.

const SVG = "http://www.w3.org/2000/svg";

const POINTS = [
  null, // a circle
  [[-0.9, -0.75], [0.9, -0.75], [0.9, 0.75], [-0.9, 0.75]],
  [[0, -1], [1, 0], [0, 1], [-1, 0]],
  [[-0.5, -0.9], [0.5, -0.9], [1, 0], [0.5, 0.9], [-0.5, 0.9], [-1, 0]],
  [[0, -0.95], [1, 0.8], [-1, 0.8]],
  [[-0.42, -1], [0.42, -1], [1, -0.42], [1, 0.42], [0.42, 1], [-0.42, 1], [-1, 0.42], [-1, -0.42]],
];

export function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function shape(number, x, y, radius, attributes) {
  const points = POINTS[number];
  if (!points) return node("circle", { cx: x, cy: y, r: radius, ...attributes });
  const places = points.map(([a, b]) => `${(x + a * radius).toFixed(1)},${(y + b * radius).toFixed(1)}`).join(" ");
  return node("polygon", { points: places, "stroke-linejoin": "round", ...attributes });
}

export function shapePath(number, fill, stroke) {
  const picture = node("svg", { viewBox: "-1.3 -1.3 2.6 2.6", width: 13, height: 13, "aria-hidden": "true" });
  picture.append(shape(number, 0, 0, 1, { fill, stroke, "stroke-width": 0.3 }));
  return picture;
}
