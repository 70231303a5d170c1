// Single keys that do something while nothing is being typed, and the table of them that ? opens.

const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]), textarea, select";

// keys maps what is pressed ("j", "F2") to what is done; Escape leaves a field, so that the keys work again
export function shortcuts(keys) {
  const help = document.querySelector("#keys-help");
  const open = document.querySelector("#open-keys");
  open.hidden = false;
  open.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) {
      if (help.open && event.key === "?") help.close();
      return;
    }
    const typing = event.target.matches(TYPED_INTO);
    if (typing && event.key === "Escape") event.target.blur();
    if (typing && !/^F\d+$/.test(event.key)) return;
    const act = event.key === "?" ? () => help.showModal() : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

// Ctrl+Enter in a text sends its form by the first button; a form sent is not sent again by a second click
export function quickForms() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.form) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button[type=submit]"));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.defaultPrevented) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  // a page that comes back from the browser's memory can be sent anew
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
}

export function go(link) {
  const target = document.querySelector(link);
  if (target) target.click();
}
