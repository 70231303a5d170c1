// The record that is open: script, text and source; and its place among those around it.
import { factsOf, marked, stateBadge } from "./desk_marks.js";
import { button, element } from "./elements.js";

export function showRecord(box, record, actions) {
  const link = element("a", "", "查看原文");
  link.href = `desk/records/${encodeURIComponent(record.record_id)}/original`;
  link.target = "_blank";
  const warning = record.state === "有效" ? null : element("p", "flash flash-bad", `这份文件${outOfForce(record)}`);
  box.replaceChildren(
    element("h2", "record-title", record.title),
    element("p", "record-facts", factsOf(record), " ", stateBadge(record.state), record.dates && ` ${record.dates}`),
    warning ?? "",
    element(
      "section",
      "script",
      element("div", "section-head", element("h3", "", "话术"), copyButton("copy-script", "复制话术", "C", actions.copyScript)),
      ...record.script.split("\n").map((line) => element("p", "script-line", line)),
    ),
    element(
      "section",
      "passage",
      element(
        "div",
        "section-head",
        element("h3", "", [record.kind, record.mark].filter(Boolean).join(" ")),
        copyButton("copy-passage", "复制条文和出处", "P", actions.copyPassage),
      ),
      record.head ? element("p", "passage-head", record.head) : null,
      element("p", "passage-text", ...marked(record.text, record.words)),
      factList(record.facts),
      element("p", "passage-source", link),
    ),
  );
  box.scrollTop = 0;
}

export function showPlace(box, record, actions) {
  if (record.rows.length < 2) return box.replaceChildren();
  const rest = record.before + record.after;
  box.replaceChildren(
    element(
      "div",
      "section-head",
      element("h3", "", "在文件中的位置"),
      rest ? button("quiet small", "显示更多", actions.whole) : null,
    ),
    record.before ? element("p", "more", `前面还有 ${record.before} 条`) : "",
    ...record.rows.flatMap((row) => [...headings(row), neighbour(row, record.words, actions)]),
    record.after ? element("p", "more", `后面还有 ${record.after} 条`) : "",
  );
  // In the middle of the pane, or below its heading where it is too tall for that. Only the pane is scrolled: on a narrow
  // screen the page itself must not jump.
  const here = box.querySelector(".here");
  const above = Math.max((box.clientHeight - here.clientHeight) / 2, box.firstElementChild.clientHeight + 8);
  box.scrollTop += here.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
}

function outOfForce({ state, successor }) {
  return state === "尚未生效" ? "还没有生效。" : `已经${state}${successor}。`;
}

function copyButton(className, label, key, onClick) {
  const node = button(`quiet small ${className}`, "", onClick);
  node.append(element("span", "label", label), " ", element("kbd", "", key));
  return node;
}

function headings({ headings }) {
  return headings.map((heading) => element("p", "place-heading", heading));
}

function neighbour(row, words, actions) {
  const title = [row.mark, row.title].filter(Boolean).join(" ");
  const node = element(
    "article",
    row.here ? "neighbour here" : "neighbour",
    title ? element("p", "neighbour-title", title) : null,
    element("p", "neighbour-text", ...(row.here ? marked(row.text, words) : [row.text])),
    factList(row.facts),
  );
  if (row.here) node.setAttribute("aria-current", "true");
  else node.addEventListener("click", () => actions.open(row.record_id));
  return node;
}

function factList(facts) {
  if (!facts.length) return null;
  return element("dl", "fact-list", ...facts.map(([name, value]) => element("div", "", element("dt", "", name), element("dd", "", value))));
}
