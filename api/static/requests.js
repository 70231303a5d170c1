// The list of requests by keyboard: j and k move, Enter opens (the link that has the focus).

import { go, quickForms, shortcuts } from "./shortcuts.js";

const rows = [...document.querySelectorAll(".rq-open")];
const filters = document.querySelector("#filters");
const caller = document.querySelector("#caller");

function move(step) {
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].closest("tr").scrollIntoView({ block: "nearest" });
}

const focus = (selector) => () => document.querySelector(selector)?.focus();

if (document.querySelector("#keys-help")) {
  shortcuts({ j: () => move(1), k: () => move(-1), "/": focus("#q"), p: focus("#phone"), F2: () => go("#new-request") });
}
quickForms();

// A telephone number must not stand in an address: looked for as a text, it is looked for as the caller's instead
filters?.addEventListener("submit", (event) => {
  const text = filters.elements.q.value;
  const isNumber = /^\d{8}-\d{4,9}$/.test(text.trim());
  const holdsPhone = /\d{7,}/.test(text.replace(/[\s()（）-]/g, "")) || text.includes("@");
  if (isNumber || !holdsPhone) {
    // blank conditions would only lengthen the address
    for (const field of filters.elements) if (field.name && field.value === "") field.disabled = true;
    return;
  }
  event.preventDefault();
  caller.elements.phone.value = text;
  filters.elements.q.value = "";
  caller.requestSubmit();
});
addEventListener("pageshow", () => {
  for (const field of filters?.elements ?? []) field.disabled = false;
});
