// The list of results: groups of one document each. The cursor stays in the search box, which says which one is selected.
import { factsOf, marked, stateBadge } from "./desk_marks.js";
import { element } from "./elements.js";

export class Results {
  #box;
  #input;
  #options = []; // {id, unit, region, node}
  #at = -1;

  constructor(box, input, open) {
    this.#box = box;
    this.#input = input;
    box.addEventListener("click", (event) => {
      const node = event.target.closest("[role=option]");
      if (node) open(node.dataset.id);
    });
  }

  get selected() {
    return this.#options[this.#at] ?? null;
  }

  show(groups) {
    this.#options = [];
    this.#box.replaceChildren(...groups.map((group, at) => this.#group(group, at)));
    this.#box.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", String(this.#options.length > 0));
    this.#goTo(this.#options.length ? 0 : -1);
  }

  move(step) {
    if (this.#options.length) this.#goTo(Math.min(Math.max(this.#at + step, 0), this.#options.length - 1));
  }

  select(id) {
    this.#goTo(this.#options.findIndex((option) => option.id === id));
  }

  #goTo(at) {
    this.selected?.node.setAttribute("aria-selected", "false");
    this.#at = at;
    const node = this.selected?.node;
    if (!node) return this.#input.removeAttribute("aria-activedescendant");
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", node.id);
  }

  #group(group, at) {
    const title = element("h2", "group-title", group.title);
    title.id = `group-${at}`;
    const facts = element("p", "group-facts", factsOf(group), " ", stateBadge(group.state), group.successor && ` ${group.successor.slice(1)}`);
    const more = group.more ? element("p", "more", `这份文件还有 ${group.more} 条，可以加字或按地区、年份筛选`) : null;
    const rows = group.rows.map((row) => this.#row(row, group));
    const node = element("div", group.state === "有效" ? "group" : "group out-of-force", title, facts, ...rows, more);
    node.setAttribute("role", "group");
    node.setAttribute("aria-labelledby", title.id);
    return node;
  }

  #row(row, group) {
    const node = element(
      "div",
      "row-found",
      element("p", "row-head", element("span", "kind", row.kind), row.title),
      element("p", "row-text", ...marked(row.text, row.words)),
      row.who ? element("p", "row-who", row.who) : null,
    );
    node.id = `result-${this.#options.length}`;
    node.dataset.id = row.record_id;
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    this.#options.push({ id: row.record_id, unit: row.unit, region: group.region, node });
    return node;
  }
}
