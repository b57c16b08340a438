// The graph's drawing: a Streamlit component. Python says what is visible; where it stands is decided here, alone.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { Drawing } from "./drawing.js";

cytoscape.use(fcose);

const drawings = new WeakMap();

export default function graph({ parentElement, data, setTriggerValue }) {
  let drawing = drawings.get(parentElement);
  if (!drawing) {
    drawing = new Drawing(parentElement.querySelector(".kgc-graph"));
    drawings.set(parentElement, drawing);
  }
  drawing.tell = (event) => setTriggerValue("event", event);
  drawing.show(data);
  return () => {
    drawings.delete(parentElement);
    drawing.close();
  };
}
