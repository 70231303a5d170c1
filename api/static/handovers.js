// The desk's conversations with citizens, kept fresh: the queue, the lines of the one that is open, the count in the
// title. Everything works without this script too, after loading the page anew.
import { element } from "./elements.js";

const POLL_MS = 3000;
const LATE_MINUTES = 5;
const LONGEST_CONTENT = 2000;
const NO_WORDS = "（还没有说话）";

const desk = document.getElementById("handovers");
const queue = document.getElementById("queue");
const lines = document.getElementById("lines");
const say = document.getElementById("say");
const title = document.title;
let waitingBefore = queue.querySelectorAll('[data-group="waiting"] a').length;
let about = null;

async function look() {
  const query = new URLSearchParams();
  if (desk.dataset.talk) {
    query.set("talk", desk.dataset.talk);
    query.set("after", lines.lastElementChild?.dataset.id ?? "0");
  }
  const response = await fetch(`${desk.dataset.live}?${query}`, { headers: { Accept: "application/json" } });
  if (response.status === 401) location.reload(); // the log-in has run out: the page leads to the form
  if (!response.ok) return;
  const live = await response.json();
  for (const [name, items] of Object.entries(live.queue)) showGroup(name, items);
  showCount(live.queue.waiting.length);
  if (live.talk) showTalk(live.talk);
}

async function keepLooking() {
  try {
    await look();
  } catch {
    // The network is away for a moment; the next look will tell.
  }
  setTimeout(keepLooking, POLL_MS);
}

function showGroup(name, items) {
  const group = queue.querySelector(`[data-group="${name}"]`);
  const none = group.querySelector(".none");
  const focused = group.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  group.hidden = !items.length && !none;
  group.classList.toggle("some", items.length > 0);
  if (none) none.hidden = items.length > 0;
  group.querySelector(".count").textContent = items.length;
  group.querySelector("ul").replaceChildren(...items.map((item) => element("li", "", itemOf(name, item))));
  if (focused) group.querySelector(`a[data-id="${focused}"]`)?.focus();
}

function itemOf(name, item) {
  const link = element(
    "a",
    item.state === "waiting" && item.minutes >= LATE_MINUTES ? "late" : "",
    element("span", "glimpse", item.glimpse || NO_WORDS),
    element("span", "facts", factsOf(name, item)),
  );
  link.href = `${desk.dataset.page}/${item.id}`;
  link.dataset.id = item.id;
  if (String(item.id) === desk.dataset.talk) link.setAttribute("aria-current", "true");
  return link;
}

function factsOf(name, item) {
  let fact = item.created_at;
  if (item.state === "waiting") fact = waitOf(item);
  else if (name === "others") fact = `${item.taken_by} 接待`;
  return [item.channel, fact, item.request_no ? "已登记" : ""].filter(Boolean).join(" · ");
}

function waitOf(item) {
  return item.minutes ? `等了 ${item.minutes} 分钟` : "刚到";
}

function showCount(waiting) {
  const news = waiting > waitingBefore && document.hidden ? "新 · " : "";
  document.title = waiting ? `(${waiting}) ${news}${title}` : title;
  waitingBefore = document.hidden ? Math.min(waitingBefore, waiting) : waiting;
}

function showTalk(talk) {
  const changed = about && (about.state !== talk.about.state || about.is_mine !== talk.about.is_mine);
  const isKept = say && document.getElementById("text").value.trim();
  about = talk.about;
  document.getElementById("state").textContent = stateOf(about);
  const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
  for (const line of talk.lines) {
    lines.append(lineOf(line));
    if (line.sender === "citizen") addToRequest(line.text);
  }
  if (talk.lines.length && atEnd) lines.scrollTop = lines.scrollHeight;
  // The buttons follow from the state; what is being typed is not thrown away for them.
  if (changed && !isKept) location.reload();
}

// What is said after the page was loaded belongs to the request too.
function addToRequest(text) {
  const content = document.getElementById("log-request")?.elements.content;
  if (content) content.value = [content.value, text].filter(Boolean).join("\n").slice(0, LONGEST_CONTENT);
}

function stateOf(item) {
  const request = item.request_no ? `，已登记诉求 ${item.request_no}` : "";
  if (item.state === "waiting") return `${item.channel}，${waitOf(item)}${request}`;
  if (item.state === "ended") return `对话已结束${request}`;
  return (item.is_mine ? `${item.channel}，您在接待` : `${item.channel}，${item.taken_by} 在接待`) + request;
}

function lineOf(line) {
  const node = element(
    "li",
    `line line-${line.sender}`,
    element("span", "line-who", `${line.who} ${line.at}`),
    element("p", "line-text", line.text),
  );
  node.dataset.id = line.id;
  return node;
}

async function send() {
  const text = document.getElementById("text");
  const trouble = document.getElementById("trouble");
  if (!text.value.trim() || say.dataset.busy) return;
  say.dataset.busy = "yes";
  trouble.hidden = true;
  try {
    const response = await fetch(say.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": say.elements.csrf.value },
      body: new URLSearchParams({ text: text.value }),
    });
    if (!response.ok) throw new Error((await response.json()).error.message);
    text.value = "";
    await look();
  } catch (problem) {
    trouble.textContent = problem instanceof TypeError ? "网络连接不上，没有发送，请重试。" : problem.message;
    trouble.hidden = false;
  }
  delete say.dataset.busy;
  text.focus();
}

say?.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
say?.addEventListener("keydown", (event) => {
  // Enter that ends the choosing of a Chinese word belongs to the input method (229 is what Safari reports then).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  if (event.target.id !== "text") return;
  event.preventDefault();
  say.requestSubmit();
});

const move = (step) => {
  const links = [...queue.querySelectorAll("a[data-id]")];
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "F2") document.getElementById("log-request")?.requestSubmit();
  else if (event.key === "F4") document.getElementById("look-up")?.click();
  else if (event.key === "Escape" && typing) (queue.querySelector("a[aria-current]") || queue.querySelector("a"))?.focus();
  else if (!typing && event.key.toLowerCase() === "n") queue.querySelector('[data-group="waiting"] a')?.click();
  else if (!typing && event.target !== lines && event.key === "ArrowDown") move(1);
  else if (!typing && event.target !== lines && event.key === "ArrowUp") move(-1);
  else return;
  event.preventDefault();
});

if (lines) lines.scrollTop = lines.scrollHeight;
keepLooking();
