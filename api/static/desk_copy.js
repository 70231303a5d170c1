// Copies a text and says so on its button. Browsers lend the clipboard only to pages from https or this machine; from
// elsewhere the old command does it.

const SAID_MS = 1500;

export async function copy(text, button, status) {
  if (!text) return;
  const done = (await byClipboard(text)) || byCommand(text);
  const label = button.querySelector(".label");
  const before = (button.dataset.label ??= label.textContent);
  label.textContent = status.textContent = done ? "已复制" : "没有复制成，请选中后按 Ctrl+C";
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => {
    label.textContent = before;
    status.textContent = "";
  }, SAID_MS);
}

async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function byCommand(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
