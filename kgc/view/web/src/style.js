// How things look, in the colours of the page's theme. Kind by colour and shape, verdict by colour and dashes.

export const SHAPES = ["ellipse", "round-rectangle", "diamond", "hexagon", "round-triangle", "octagon"];

// Dark on light and light on dark, each at least 3:1 against its background and told apart by colour-blind eyes as far
// as eight can be; the shape tells the rest.
const LIGHT = ["#1b6ca8", "#b3541e", "#2e7d32", "#7b1fa2", "#a8742a", "#00797a", "#b0306a", "#56616d"];
const DARK = ["#62aee6", "#f0935c", "#74c47a", "#c792ea", "#e0b463", "#4fc4c4", "#f27fb2", "#a9b4c0"];

const STATES = {
  light: { proposed: "#7c8894", accepted: "#2e7d32", rejected: "#b3261e", conflict: "#a35c00", denied: "#6a1b9a" },
  dark: { proposed: "#8d99a6", accepted: "#74c47a", rejected: "#ff8a80", conflict: "#f0b45c", denied: "#d0a4f0" },
};
const DASHES = { proposed: [], accepted: [], rejected: [3, 4], conflict: [9, 4], denied: [2, 3] };

export function colours(root) {
  const worn = getComputedStyle(root);
  const read = (name, otherwise) => worn.getPropertyValue(name).trim() || otherwise;
  const background = read("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.4;
  return {
    background, dark,
    text: read("--st-text-color", "#17202b"),
    primary: dark ? "#8ec2f7" : "#0b5cad",
    font: read("--st-font", "sans-serif"),
    kinds: dark ? DARK : LIGHT,
    states: dark ? STATES.dark : STATES.light,
    dashes: DASHES,
  };
}

function luminance(colour) {
  const numbers = colour.startsWith("#")
    ? [1, 3, 5].map((n) => parseInt(colour.slice(n, n + 2), 16))
    : (colour.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
  const [r, g, b] = numbers;
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

export function style(now, size = 13) {
  const label = {
    color: now.text, "font-family": now.font, "text-outline-color": now.background, "text-outline-width": 3, "text-outline-opacity": 0.9,
  };
  return [
    {
      selector: "node",
      style: {
        ...label, label: "data(label)", "font-size": size, "text-wrap": "wrap", "text-max-width": 10 * size, "text-valign": "bottom",
        "text-margin-y": 4, "min-zoomed-font-size": 5.5, width: "data(size)", height: "data(size)",
        shape: (n) => SHAPES[n.data("shape")], "background-color": (n) => now.kinds[n.data("color")],
        "border-width": 1.5, "border-color": now.background,
      },
    },
    { selector: "node[?pinned]", style: { "border-color": now.text, "border-width": 2.5, "border-style": "double" } },
    { selector: "node[?marked]", style: { "border-color": now.primary, "border-width": 4 } },
    {
      selector: "edge",
      style: {
        ...label, label: "data(name)", "font-size": size - 2, width: "data(width)", "curve-style": "bezier",
        "control-point-step-size": 34, "target-arrow-shape": "triangle", "arrow-scale": 0.9, "min-zoomed-font-size": 5.5,
        "line-color": (e) => now.states[e.data("state")], "target-arrow-color": (e) => now.states[e.data("state")],
        "line-style": (e) => (DASHES[e.data("state")].length ? "dashed" : "solid"),
        "line-dash-pattern": (e) => (DASHES[e.data("state")].length ? DASHES[e.data("state")] : [6, 3]),
        "text-rotation": "autorotate", opacity: 0.85, "loop-direction": "-45deg",
      },
    },
    { selector: "edge.quiet", style: { label: "" } },
    { selector: "edge[?marked]", style: { "line-color": now.primary, "target-arrow-color": now.primary, width: 4, opacity: 1, label: "data(name)" } },
    { selector: "edge.beside, edge.near", style: { label: "data(name)", opacity: 1, "z-index": 5 } },
    { selector: ".faded", style: { opacity: 0.28 } },
    { selector: "node.near", style: { "z-index": 6 } },
    { selector: "node.chosen", style: { "border-color": now.primary, "border-width": 4, "font-weight": 700, "z-index": 9 } },
    { selector: "edge.chosen", style: { "line-color": now.primary, "target-arrow-color": now.primary, width: 4, opacity: 1, "z-index": 9 } },
    { selector: "node.here", style: { "outline-color": now.text, "outline-width": 2, "outline-offset": 5, "outline-style": "dashed" } },
    { selector: ":active", style: { "overlay-opacity": 0.08 } },
  ];
}
