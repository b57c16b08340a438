// Elements of the page. Whatever came from Python goes in as a text node or an attribute, never as HTML.

export function element(parent, tag, name, attributes = {}, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.append(document.createTextNode(text));
  parent.append(made);
  return made;
}
