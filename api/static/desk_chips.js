// The filters: a chip for each value, with the number of hits it holds. One Tab stop; arrows move between chips.
import { button, element } from "./elements.js";

const FACETS = { region: "地区", year: "年份", unit: "单位", status: "状态" };
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Chips {
  #box;
  #changed;
  #on = new Map(Object.keys(FACETS).map((facet) => [facet, new Set()]));
  #current = ""; // the chip that Tab leads to

  constructor(box, changed) {
    this.#box = box;
    this.#changed = changed;
    box.addEventListener("keydown", (event) => this.#move(event));
  }

  get areOn() {
    return [...this.#on.values()].some((values) => values.size);
  }

  // The value that is on, where it is the only one of its facet.
  only(facet) {
    const values = this.#on.get(facet);
    return values.size === 1 ? [...values][0] : "";
  }

  parameters() {
    return new URLSearchParams([...this.#on].flatMap(([facet, values]) => [...values].sort().map((value) => [facet, value])));
  }

  clear() {
    for (const values of this.#on.values()) values.clear();
  }

  // null: nothing is asked, and there is nothing to filter.
  show(chips) {
    const focused = this.#box.contains(document.activeElement);
    const groups = Object.entries(FACETS).filter(([facet]) => chips?.[facet].length);
    this.#box.replaceChildren(...groups.map(([facet, label]) => this.#group(facet, label, chips[facet])));
    this.#box.hidden = !groups.length;
    const current = this.#buttons().find((node) => node.dataset.key === this.#current) ?? this.#buttons()[0];
    if (current) this.#makeCurrent(current, focused);
  }

  #group(facet, label, chips) {
    const group = element("div", "chip-group", element("span", "chip-label", label), ...chips.map((chip) => this.#chip(facet, chip)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    return group;
  }

  #chip(facet, { value, count, on }) {
    const node = button("chip", "", () => this.#toggle(facet, value, node));
    node.append(element("span", "chip-value", facet === "year" ? `${value}年` : value), element("span", "chip-count", String(count)));
    node.dataset.key = `${facet}:${value}`;
    node.tabIndex = -1;
    node.setAttribute("aria-pressed", String(on));
    return node;
  }

  #toggle(facet, value, node) {
    const values = this.#on.get(facet);
    if (!values.delete(value)) values.add(value);
    node.setAttribute("aria-pressed", String(values.has(value)));
    this.#makeCurrent(node, false);
    this.#changed();
  }

  #move(event) {
    const step = STEPS[event.key];
    const at = this.#buttons().indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = this.#buttons()[at + step];
    if (next) this.#makeCurrent(next, true);
  }

  #makeCurrent(node, focus) {
    for (const other of this.#buttons()) other.tabIndex = other === node ? 0 : -1;
    this.#current = node.dataset.key;
    if (focus) node.focus();
  }

  #buttons() {
    return [...this.#box.querySelectorAll(".chip")];
  }
}
