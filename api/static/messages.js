// One message as elements. Text goes in through textContent only.
import { button, element } from "./elements.js";
import { ratingOf } from "./rating.js";

const QUOTE_SHOWN = 160;

export function showUser(entry) {
  return bubble("user", "您说：", [element("p", "text", entry.text)]);
}

export function showMessage(entry, actions) {
  const parts = entry.parts?.length ? partsOf(entry) : [...textOf(entry), linkOf(entry.link), sourcesOf(entry.citations || [])];
  parts.push(formLinkOf(entry.text), receiptOf(entry.request));
  parts.push(optionsOf(entry.options || []), relatedOf(entry.related || []));
  const isAgent = entry.kind === "agent";
  if (isAgent) parts.unshift(element("p", "person-tag", "人工"));
  const item = bubble(entry.kind, isAgent ? "坐席：" : "回答：", parts);
  if (entry.answer_id && entry.kind !== "clarify") item.append(ratingOf(entry, actions));
  return item;
}

export function showError(message, onRetry) {
  const parts = [element("p", "text", message)];
  const item = bubble("error", "出错：", parts);
  item.setAttribute("role", "alert");
  if (onRetry) {
    item.firstElementChild.append(
      button("retry", "重试", () => {
        item.remove();
        onRetry();
      }),
    );
  }
  return item;
}

// The line in brackets that names the source is set apart, so that the answer itself stands out.
function paragraphsOf(text) {
  const isOrigin = (line) => line.startsWith("（") && line.endsWith("）");
  return text.split("\n").map((line) => element("p", isOrigin(line) ? "text origin" : "text", line));
}

// A comparison field by field is shown as a table in place of its paragraphs; where one field was asked, the sentences
// say it and the table can be opened.
function textOf(entry) {
  if (!entry.table) return paragraphsOf(entry.text);
  const rest = entry.text.replace(/^【[^]*?\n（.*）$/gm, "").replace(/\n{2,}/g, "\n").trim();
  if (rest !== entry.text) return [tableOf(entry.table), ...(rest ? paragraphsOf(rest) : [])];
  const summary = element("summary", "", `并排对比（${entry.table.columns.join("、")}）`);
  return [...paragraphsOf(entry.text), element("details", "sources", summary, tableOf(entry.table))];
}

function tableOf(table) {
  const head = element("tr", "", element("th", ""), ...table.columns.map((name) => headed("col", name)));
  const rows = table.rows.map((row) => element("tr", "", headed("row", row.name), ...row.cells.map(cellOf)));
  const box = element("div", "table-box", element("table", "side-by-side", element("thead", "", head), element("tbody", "", ...rows)));
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "并排对比");
  return box;
}

function cellOf(text) {
  return element("td", text.startsWith("没有") ? "silent" : "", text);
}

function headed(scope, name) {
  const cell = element("th", "", name);
  cell.scope = scope;
  return cell;
}

// The address is relative to the root of the service, where this page is.
function linkOf(link) {
  if (!link) return null;
  const node = element("a", "page-link", link.label);
  node.href = link.url;
  return node;
}

// The questions of one message, each under its heading and with its own sources. What stands in the text behind the
// last of them is about all.
function partsOf(entry) {
  const told = entry.parts.map((part) => `${part.head}\n${part.text}`).join("\n");
  return [...entry.parts.map((part) => partOf(part, entry.citations || [])), ...paragraphsOf(entry.text.slice(told.length).trim())];
}

function partOf(part, citations) {
  const sources = sourcesOf(part.cited.map((at) => citations[at]).filter(Boolean));
  return element("section", "part", element("h2", "part-head", part.head), ...textOf(part), linkOf(part.link), sources);
}

// Without the dialogue layer a notice names the page where a request can be logged or looked up.
const PAGES = { "/request-form": ["打开登记页面", "request-form"], "/requests": ["打开查询页面", "requests"] };

function formLinkOf(text) {
  const named = Object.keys(PAGES).find((path) => text.includes(path));
  if (!named) return null;
  const [label, href] = PAGES[named];
  const link = element("a", "form-link", label);
  link.href = href;
  return link;
}

function bubble(kind, speaker, parts) {
  const box = element("div", "bubble", element("span", "visually-hidden", speaker), ...parts);
  return element("li", `message message-${kind}`, box);
}

function asking(className, label, question) {
  const node = button(className, label);
  node.dataset.question = question;
  return node;
}

function optionsOf(options) {
  if (!options.length) return null;
  const group = element("div", "options", ...options.map((each) => asking("option", each.label, each.question)));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "可选项");
  return group;
}

function relatedOf(related) {
  if (!related.length) return null;
  const questions = related.map((question) => asking("related-question", question, question));
  return element("div", "related", element("p", "related-label", "您可能还想问"), ...questions);
}

function sourcesOf(citations) {
  if (!citations.length) return null;
  const label = citations.length > 1 ? `查看出处（${citations.length} 处）` : "查看出处";
  return element("details", "sources", element("summary", "", label), ...citations.map(sourceOf));
}

function sourceOf(citation) {
  const facts = [citation.doc_number, citation.section?.join(" › "), taskOf(citation.task_no)];
  return element(
    "article",
    "source",
    element("p", "source-title", titled(citation.title), badge(citation.status)),
    element("p", "source-facts", facts.filter(Boolean).join(" · ")),
    becameOf(citation),
    quoteOf(citation.quote),
  );
}

function taskOf(number) {
  return /^\d+$/.test(number || "") ? `第 ${number} 项` : number;
}

function titled(title) {
  return title.startsWith("《") ? title : `《${title}》`;
}

const STATUS_SHOWN = { 废止: "已废止", 失效: "已失效" };

function badge(status) {
  return element("span", `badge ${status === "有效" ? "badge-good" : "badge-bad"}`, STATUS_SHOWN[status] || status);
}

// Since when a document is out of force, and what took its place.
function becameOf(citation) {
  if (!(citation.status in STATUS_SHOWN)) return null;
  const { effective_to: end, superseded_by: heir } = citation;
  const since = end ? `${spelt(end)}${citation.status}` : "";
  const instead = heir ? `由${nameOf(heir)}代替` : "";
  const said = [since, instead].filter(Boolean).join("，");
  return said ? element("p", "source-facts", said) : null;
}

function spelt(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

function nameOf(heir) {
  return /号$/.test(heir.title) ? heir.title : `${titled(heir.title)}${heir.doc_number || ""}`;
}

function quoteOf(quote) {
  const text = element("span", "", quote.length > QUOTE_SHOWN ? `${quote.slice(0, QUOTE_SHOWN)}…` : quote);
  const block = element("blockquote", "source-quote", text);
  if (quote.length > QUOTE_SHOWN) {
    const more = button("quote-more", "显示全文", () => {
      text.textContent = quote;
      more.remove();
    });
    block.append(more);
  }
  return block;
}

function receiptOf(receipt) {
  if (!receipt) return null;
  const list = element("dl", "", element("dt", "", "登记编号"), element("dd", "receipt-no", receipt.no));
  list.append(element("dt", "", "查询码"), element("dd", "receipt-code", receipt.code));
  const copy = button("copy", "复制编号和查询码", () => copyReceipt(receipt, list, copy));
  const link = element("a", "", "查询办理情况");
  link.href = `requests?no=${encodeURIComponent(receipt.no)}`;
  return element("div", "receipt", list, copy, link);
}

// The clipboard needs https; without it the two lines are selected for copying by hand.
async function copyReceipt(receipt, list, copy) {
  try {
    await navigator.clipboard.writeText(`登记编号 ${receipt.no}，查询码 ${receipt.code}`);
    copy.textContent = "已复制";
  } catch {
    getSelection().selectAllChildren(list);
    copy.textContent = document.execCommand("copy") ? "已复制" : "请长按上面的文字复制";
  }
}
