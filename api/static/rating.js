// Thumbs under an answer: rate, say what was wrong, take it back.
import { button, element, thumb } from "./elements.js";

export function ratingOf(entry, actions) {
  const row = element("div", "rating");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "评价这个回答");
  draw(row, entry, actions);
  return row;
}

function draw(row, entry, actions) {
  const rated = entry.helpful === true || entry.helpful === false;
  row.replaceChildren(...(rated ? thanks(row, entry, actions) : thumbs(row, entry, actions)));
}

function thumbs(row, entry, actions) {
  return [
    labelled("up", "有帮助", () => rate(row, entry, actions, true)),
    labelled("down", "没帮助", () => rate(row, entry, actions, false)),
  ];
}

function labelled(direction, label, onClick) {
  const control = button(`thumb-${direction}`, label, onClick);
  control.prepend(thumb(direction));
  return control;
}

function thanks(row, entry, actions) {
  const said = element("span", "thanks", thumb(entry.helpful ? "up" : "down"), entry.helpful ? "谢谢您的评价" : "谢谢，我们会改进");
  said.setAttribute("role", "status");
  const undo = button("undo link", "撤回", () => rate(row, entry, actions, null));
  if (entry.helpful || entry.commented) return [said, undo];
  return [said, undo, commentForm(row, entry, actions)];
}

function commentForm(row, entry, actions) {
  const input = element("input", "");
  input.placeholder = "哪里不对？（选填）";
  input.setAttribute("aria-label", "哪里不对，选填");
  input.maxLength = 500;
  const submit = element("button", "", "提交");
  const form = element("form", "comment", input, submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) rate(row, entry, actions, false, input.value.trim());
  });
  return form;
}

async function rate(row, entry, actions, helpful, comment) {
  for (const control of row.querySelectorAll("button")) control.disabled = true;
  try {
    await actions.rate({ answer_id: entry.answer_id, helpful, comment: comment || null });
    entry.helpful = helpful;
    entry.commented = Boolean(comment);
    actions.remember();
    draw(row, entry, actions);
  } catch (problem) {
    draw(row, entry, actions);
    const failed = element("span", "", problem.message);
    failed.setAttribute("role", "alert");
    row.append(failed);
  }
}
