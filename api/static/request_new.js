// Logging a request: while one types, the kind and the units it looks like and the caller's earlier requests appear.

import { element } from "./elements.js";
import { go, quickForms, shortcuts } from "./shortcuts.js";

const WAIT = 400;
const form = document.querySelector("#new");
const fields = form.elements;
const units = document.querySelector("#units");
const earlier = document.querySelector("#earlier");
const byContent = fields.kind.options[0];
const labels = Object.fromEntries([...fields.kind.options].slice(1).map((option) => [option.value, option.textContent]));

document.querySelector("#propose").hidden = true;

async function ask(address, values) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ csrf: fields.csrf.value, ...values }),
  });
  return reply.ok ? reply.json() : null;
}

// do is called with the last state once nothing was typed for a while; an answer to an older state is dropped
function settled(names, act) {
  let timer = 0;
  let turn = 0;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn += 1;
      const mine = turn;
      act(() => mine === turn).catch(() => {});
    }, WAIT);
  };
  for (const name of names) fields[name].addEventListener("input", start);
}

function offer(proposal) {
  const chosen = units.querySelector("input:checked")?.value;
  const choice = element("input", "");
  Object.assign(choice, { type: "radio", name: "unit", value: proposal.unit, checked: chosen === proposal.unit });
  const label = element("label", "", choice, element("span", "", proposal.unit, element("span", "hint", proposal.reason)));
  label.dataset.proposal = "";
  return label;
}

settled(["content", "question", "region"], async (isLast) => {
  const { content, question, region } = fields;
  const found = await ask(form.dataset.proposals, { content: content.value, question: question.value, region: region.value });
  if (!found || !isLast()) return;
  byContent.textContent = `按内容判断：${labels[found.kind]}`;
  const chosen = units.querySelector("input:checked");
  const offered = found.units.map(offer);
  for (const old of units.querySelectorAll("[data-proposal]")) {
    // what was chosen stays, also where it is not proposed any more
    const isKept = old.contains(chosen) && !found.units.some((each) => each.unit === chosen.value);
    if (!isKept) old.remove();
  }
  const present = new Set([...units.querySelectorAll("input")].map((input) => input.value));
  units.append(...offered.filter((label) => !present.has(label.firstChild.value)));
});

settled(["phone"], async (isLast) => {
  const found = await ask(form.dataset.caller, { phone: fields.phone.value });
  if (!found || !isLast()) return;
  const lines = found.map((each) => {
    const link = element("a", "", each.no);
    link.href = form.dataset.requests + each.no;
    link.target = "_blank";
    return element("li", "", link, ` ${each.status} `, element("span", "soft", each.on), ` ${each.content.slice(0, 60)}`);
  });
  earlier.replaceChildren(...(lines.length ? [element("h3", "", "这个号码以前的诉求"), element("ul", "rq-brief", ...lines)] : []));
});

shortcuts({
  c: () => fields.content.focus(),
  p: () => fields.phone.focus(),
  u: () => units.querySelector("input:checked").focus(),
  q: () => go(".crumb a"),
});
quickForms();
