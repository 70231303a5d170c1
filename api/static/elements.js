// Make elements. Text becomes text nodes, never HTML.

// element("p", "text", "…") or element("p", "text", child, child); empty parts are left out
export function element(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content.filter((part) => part !== null && part !== undefined && part !== ""));
  return node;
}

// Drawn here: not every machine has a font with 👍. The path is a thumb that points up.
const THUMB =
  "M2 10h3.5v10H2zM7.5 19.2V10.4l4-7.9c1.5 0 2.5 1 2.5 2.5 0 1.3-.5 2.7-1 4h6.2c1.2 0 2.1 1 1.8 2.3l-1.5 6.9c-.3 1.1-1.2 1.8-2.3 1.8H10c-.9 0-1.7-.3-2.5-.8z";
const SVG = "http://www.w3.org/2000/svg";

export function thumb(direction) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("class", `thumb thumb-${direction}-icon`);
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", THUMB);
  icon.append(path);
  return icon;
}

export function button(className, label, onClick) {
  const node = element("button", className, label);
  node.type = "button";
  if (onClick) node.addEventListener("click", onClick);
  return node;
}
