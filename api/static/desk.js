// The search page of the hotline desk: everything can be done from the keyboard while a caller is talking.
import { showAnswer } from "./desk_answer.js";
import { Chips } from "./desk_chips.js";
import { copy } from "./desk_copy.js";
import { Latest, LoginOver } from "./desk_latest.js";
import { showPlace, showRecord } from "./desk_record.js";
import { Results } from "./desk_results.js";
import { element } from "./elements.js";

const SEARCH_AFTER_MS = 30; // after the last key: results are to be on screen within 100 ms of it
const ANSWER_AFTER_MS = 150; // after the results: an answer takes the server longer, and half a question has none
const SETTLED_AFTER_MS = 1500; // a question that has stood that long is asked, and logged
const SHORTEST = 2;

const page = Object.fromEntries(
  ["desk", "ask", "q", "count", "chips", "answer", "told", "results", "record", "place", "said", "request", "help"].map((id) => [
    id,
    document.getElementById(id),
  ]),
);
const csrf = page.desk.dataset.csrf;
const searching = new Latest();
const answering = new Latest();
const opening = new Latest();
const chips = new Chips(page.chips, () => search());
const results = new Results(page.results, page.q, (id) => open(id));
const logged = new Set();
let timers = { search: 0, answer: 0, settled: 0 };
let composing = false;
let shownFor = null; // what the results on screen were found with
let openWhenFound = false;
let opened = null; // the record in the side panes, and the question it was opened for

// asking

function asked() {
  return page.q.value.trim();
}

function query() {
  const parameters = chips.parameters();
  parameters.set("q", asked());
  return parameters;
}

function onInput() {
  if (composing) return;
  clearTimeout(timers.search);
  timers.search = setTimeout(search, SEARCH_AFTER_MS);
}

async function search() {
  for (const timer of Object.values(timers)) clearTimeout(timer);
  answering.abandon();
  const wanted = query();
  if (asked().length < SHORTEST) return forget();
  page.results.setAttribute("aria-busy", "true");
  try {
    const found = await searching.fetch(`desk/search?${wanted}`);
    if (found) show(found, wanted);
  } catch (error) {
    forget(error);
  }
}

function show(found, wanted) {
  shownFor = wanted.toString();
  page.results.removeAttribute("aria-busy");
  results.show(found.groups);
  chips.show(found.chips);
  page.count.textContent = found.total ? `共 ${found.total} 条，${found.groups.length} 份文件` : "";
  page.told.hidden = found.total > 0;
  page.told.textContent = chips.areOn ? "按现在的筛选没有查到，可以取消几项筛选。" : "没有查到。换个说法再试，或按 F2 登记诉求。";
  if (!chips.areOn && !found.total) page.answer.hidden = true;
  timers.answer = setTimeout(answer, ANSWER_AFTER_MS);
  timers.settled = setTimeout(settle, SETTLED_AFTER_MS);
  if (openWhenFound) openSelected();
}

// Nothing to show: too few letters, or the search has failed.
function forget(error = null) {
  searching.abandon();
  answering.abandon();
  shownFor = null;
  openWhenFound = false;
  results.show([]);
  chips.show(null);
  page.results.removeAttribute("aria-busy");
  page.answer.hidden = true;
  page.count.textContent = "";
  page.told.hidden = false;
  page.told.replaceChildren(...toldOf(error));
}

function toldOf(error) {
  if (error instanceof LoginOver) {
    const link = element("a", "", "重新登录");
    link.href = "admin/login?next=/desk";
    return ["登录已过期，请", link, "。"];
  }
  if (error) return [error.message];
  return [asked() ? "再输入一个字就开始查。" : "边输入边查，不用按回车。"];
}

// answering

async function answer() {
  try {
    const reply = await answering.fetch(`desk/answer?${answerParameters()}`);
    if (reply) showAnswer(page.answer, reply, { open, ask: askInstead, request: newRequest });
  } catch {
    page.answer.hidden = true; // the results tell what failed
  }
}

function answerParameters() {
  const parameters = new URLSearchParams({ q: asked() });
  for (const facet of ["region", "year"]) {
    const value = chips.only(facet);
    if (value) parameters.set(facet, value);
  }
  return parameters;
}

// The question counts as asked, once however often it is looked at.
function settle() {
  clearTimeout(timers.settled);
  const parameters = answerParameters();
  if (asked().length < SHORTEST || logged.has(parameters.toString())) return;
  logged.add(parameters.toString());
  const body = { question: parameters.get("q"), region: parameters.get("region"), year: Number(parameters.get("year")) || null };
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf };
  fetch("desk/answers", { method: "POST", headers, body: JSON.stringify(body), keepalive: true }).catch(() => {});
}

function askInstead(question) {
  page.q.value = question;
  page.q.focus();
  search();
}

// opening

function openSelected() {
  openWhenFound = false;
  if (shownFor !== query().toString()) {
    openWhenFound = true; // what is on screen was found with other words: wait for those typed
    clearTimeout(timers.search);
    search();
    return;
  }
  if (results.selected) open(results.selected.id);
}

async function open(id, { whole = false, focus = true } = {}) {
  settle();
  results.select(id);
  const parameters = new URLSearchParams({ q: asked() });
  if (whole) parameters.set("whole", "true");
  try {
    const found = await opening.fetch(`desk/records/${encodeURIComponent(id)}?${parameters}`);
    if (!found) return;
    opened = { ...found, question: parameters.get("q") };
    showRecord(page.record, found, { copyScript, copyPassage });
    showPlace(page.place, found, { open, whole: () => open(id, { whole: true }) });
    if (focus) page.record.focus({ preventScroll: window.innerWidth >= 900 });
  } catch (error) {
    opened = null;
    page.record.replaceChildren(element("p", "told", ...toldOf(error)));
    page.place.replaceChildren();
  }
}

function openBeside(step) {
  results.move(step);
  if (results.selected) open(results.selected.id);
}

const copyScript = () => copy(opened?.script, page.record.querySelector(".copy-script"), page.said);
const copyPassage = () => copy(opened?.written, page.record.querySelector(".copy-passage"), page.said);

// a request, by POST: what a caller says belongs in no address

function newRequest() {
  if (asked().length >= SHORTEST) settle();
  // the first result of a question without an answer is selected, and is about something else
  const nothingFound = !page.answer.hidden && page.answer.classList.contains("answer-not_found");
  const about = opened?.question === asked() ? opened : nothingFound ? null : results.selected;
  const region = chips.only("region") || about?.region || "";
  page.request.elements.question.value = asked();
  page.request.elements.region.value = region === page.desk.dataset.nationwide ? "" : region;
  page.request.elements.unit.value = about?.unit ?? "";
  page.request.submit();
}

// keys

function back() {
  if (document.activeElement !== page.q) {
    page.q.focus();
    page.q.select();
    return;
  }
  page.q.value = "";
  chips.clear();
  opened = null;
  page.record.replaceChildren();
  page.place.replaceChildren();
  search();
}

const inBox = {
  ArrowDown: () => results.move(1),
  ArrowUp: () => results.move(-1),
  Enter: openSelected,
};
const outside = {
  n: newRequest,
  c: copyScript,
  p: copyPassage,
  j: () => openBeside(1),
  k: () => openBeside(-1),
  "?": toggleHelp,
  "？": toggleHelp,
};
const anywhere = { F2: newRequest, F1: toggleHelp, Escape: back };

function toggleHelp() {
  if (page.help.open) page.help.close();
  else page.help.showModal();
}

function actionFor(event) {
  if (page.help.open) return event.key === "F1" || "?？".includes(event.key) ? toggleHelp : null;
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (event.key in anywhere) return anywhere[event.key];
  if (event.target === page.q) return inBox[event.key];
  return outside[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

// 229: a key that an input method has taken, in browsers that do not say isComposing.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || composing || event.keyCode === 229) return;
  const action = actionFor(event);
  if (!action) return;
  event.preventDefault();
  action();
});

page.q.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(timers.search);
});
page.q.addEventListener("compositionend", () => {
  composing = false;
  onInput();
});
page.q.addEventListener("input", onInput);
page.ask.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("new-request").addEventListener("click", newRequest);
document.getElementById("open-help").addEventListener("click", toggleHelp);
page.help.addEventListener("close", () => page.q.focus());
if (asked()) search(); // the browser may have kept what was typed
