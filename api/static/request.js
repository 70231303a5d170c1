// One request by keyboard: the key of an action opens its section and goes to its first field.

import { go, quickForms, shortcuts } from "./shortcuts.js";

const FIELD = "textarea, input:not([type=hidden]), select, button";
const keys = { q: () => go("#back"), d: () => document.querySelector("#file")?.focus() };

function enter(section) {
  section.open = true;
  section.scrollIntoView({ block: "nearest" });
  section.querySelector(FIELD).focus();
}

for (const section of document.querySelectorAll("details[data-key]")) keys[section.dataset.key] = () => enter(section);

const templates = document.querySelector(".rq-templates");
keys.m = () => {
  if (!templates) return;
  enter(document.querySelector("#act-reply"));
  templates.open = true;
  templates.querySelector("a").focus();
};

templates?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-insert]");
  if (!link) return;
  event.preventDefault();
  const text = document.querySelector("#reply-text");
  text.setRangeText(link.dataset.insert, text.selectionStart, text.selectionEnd, "end");
  templates.open = false;
  text.focus();
});

// The contact in full, put into the page without leaving it
const reveal = document.querySelector("#show-contact");
keys.i = () => reveal?.querySelector("button").focus();

async function show() {
  const reply = await fetch(reveal.action, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRF-Token": reveal.elements.csrf.value },
  });
  if (!reply.ok) throw new Error();
  const person = await reply.json();
  for (const [name, value] of Object.entries(person)) {
    if (value) document.querySelector(`#person [data-field=${name}]`).textContent = value;
  }
  reveal.replaceChildren("这次查看已记入日志。");
}

reveal?.addEventListener("submit", (event) => {
  event.preventDefault();
  // where that fails, the form is sent as without script, and the page tells why
  show().catch(() => reveal.submit());
});

shortcuts(keys);
quickForms();
