// The chat page: keeps the conversation of this tab and shows it. Words from the server and from people are only ever
// set as text, never as HTML.
import { personIn } from "./handover.js";
import { showError, showMessage, showUser } from "./messages.js";

const STORE = "policydesk.chat";
const KEPT_MESSAGES = 200;
const WAIT_MS = 20000;
const COUNTER_FROM = 0.8;
const MARGIN = 14;
const ASK_PERSON = "转人工";
const LOG_REQUEST = "登记诉求"; // opens the form in the conversation; without conversations there is a page for it

const page = Object.fromEntries(
  ["form", "text", "send", "messages", "typing", "scroll", "counter", "degraded", "new-chat", "ask-person", "log-request"].map((id) => [
    id,
    document.getElementById(id),
  ]),
);
const limit = Number(page.form.dataset.limit);
const hotline = page.form.dataset.hotline;
let waiting = false;
let lastNotice = "";
let chat = load();

function begun() {
  return { session: null, entries: [], seen: 0, seenNotice: 0 };
}

function load() {
  try {
    return { ...begun(), ...JSON.parse(sessionStorage.getItem(STORE) || "{}") };
  } catch {
    return begun();
  }
}

function save() {
  chat.entries = chat.entries.slice(-KEPT_MESSAGES);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(chat));
  } catch {
    // Private windows may refuse storage; the conversation then lasts as long as the page.
  }
}

const actions = {
  ask: (question) => send(question),
  rate: (rating) => post("v1/feedback", rating),
  remember: save,
};

const person = personIn({
  banner: document.getElementById("handover"),
  chat: () => chat,
  show: add,
  resized: () => page.messages.lastElementChild && scrollTo(page.messages.lastElementChild),
});

// A notice of a request comes again until the page has said that it was shown; others that repeat the last one are left out.
function add(entry) {
  if (entry.notice_id) {
    if (entry.notice_id <= chat.seenNotice) return;
    chat.seenNotice = entry.notice_id;
  } else if (entry.kind === "notice" && entry.text === lastNotice) return;
  if (entry.kind !== "user") lastNotice = entry.kind === "notice" ? entry.text : lastNotice;
  chat.entries.push(entry);
  save();
  scrollTo(show(entry));
}

function show(entry) {
  const item = entry.kind === "user" ? showUser(entry) : showMessage(entry, actions);
  page.messages.append(item);
  return item;
}

// A long answer is read from its beginning; anything else belongs at the bottom. scrollIntoView would also move the
// page itself under its header.
function scrollTo(item) {
  const box = item.getBoundingClientRect();
  const view = page.scroll.getBoundingClientRect();
  const fits = box.height < view.height - 2 * MARGIN;
  page.scroll.scrollTop += fits ? box.bottom - view.bottom + MARGIN : box.top - view.top - MARGIN;
}

function setWaiting(value) {
  waiting = value;
  page.typing.hidden = !value;
  page.messages.setAttribute("aria-busy", String(value));
  for (const button of document.querySelectorAll("[data-question], #ask-person, #log-request, #new-chat")) button.disabled = value;
  updateComposer();
  if (value) scrollTo(page.typing);
}

function updateComposer() {
  const length = page.text.value.trim().length;
  page.counter.hidden = length < limit * COUNTER_FROM;
  page.counter.textContent = `${length}/${limit}` + (length > limit ? ` 超出 ${length - limit} 字` : "");
  page.counter.classList.toggle("counter-over", length > limit);
  page.send.disabled = waiting || length === 0 || length > limit;
  page.text.style.height = "auto";
  page.text.style.height = `${page.text.scrollHeight + 2}px`;
}

async function send(question) {
  const text = question.trim();
  if (waiting || !text) return;
  if (text === LOG_REQUEST && !page.degraded.hidden) {
    location.href = "request-form";
    return;
  }
  page.messages.querySelector(".message-error")?.remove();
  add({ kind: "user", text });
  await deliver(text);
}

async function deliver(text) {
  setWaiting(true);
  try {
    const reply = await post("v1/chat", { session_id: chat.session, text, channel: "web", seen_notice: chat.seenNotice });
    chat.session = reply.session_id;
    page.degraded.hidden = !reply.degraded;
    if (!reply.degraded) lastNotice = "";
    setWaiting(false);
    reply.messages.forEach(add);
    save(); // the number of the conversation, where no message came
    person.told(reply);
  } catch (problem) {
    setWaiting(false);
    fail(text, problem);
  }
  page.text.focus({ preventScroll: true });
}

function fail(text, problem) {
  const retry = problem.permanent ? null : () => deliver(text);
  const item = showError(problem.message, retry);
  page.messages.append(item);
  scrollTo(item);
  if (problem.permanent && !page.text.value) {
    page.text.value = text;
    updateComposer();
  }
}

// Resolves with the JSON body; rejects with {message, permanent}: permanent means that trying again cannot help.
async function post(url, body) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(WAIT_MS),
    });
  } catch (error) {
    const late = error.name === "TimeoutError";
    throw { message: late ? "等待时间太长，请重试。" : "网络连接不上，请检查网络后重试。", permanent: false };
  }
  const reply = await response.json().catch(() => null);
  if (response.ok && reply) return reply;
  const message = reply?.error?.message || `服务暂时不可用，请稍后重试，或拨打 ${hotline}。`;
  throw { message, permanent: response.status >= 400 && response.status < 500 && response.status !== 429 };
}

page.form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (page.send.disabled) return;
  const text = page.text.value;
  page.text.value = "";
  updateComposer();
  send(text);
});

page.text.addEventListener("input", updateComposer);
page.text.addEventListener("keydown", (event) => {
  // Enter that ends the choosing of a Chinese word belongs to the input method (229 is what Safari reports then).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  page.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-question]");
  if (!button) return;
  button.setAttribute("aria-pressed", "true");
  send(button.dataset.question);
});
page["ask-person"].addEventListener("click", () => send(ASK_PERSON));
page["log-request"].addEventListener("click", () => send(LOG_REQUEST));
page["new-chat"].addEventListener("click", () => {
  person.forget();
  chat = begun();
  lastNotice = "";
  save();
  page.messages.replaceChildren();
  page.degraded.hidden = true;
  page.scroll.scrollTop = 0;
  page.text.focus();
});

chat.entries.forEach(show);
if (chat.entries.length) scrollTo(page.messages.lastElementChild);
person.look();
updateComposer();
