// One message as elements. Text goes in through textContent only.
import { button, element } from "./elements.js";
import { ratingOf } from "./rating.js";

const QUOTE_SHOWN = 160;

export function showUser(entry) {
  return bubble("user", "您说：", [element("p", "text", entry.text)]);
}

export function showMessage(entry, actions) {
  const parts = [...paragraphsOf(entry.text), formLinkOf(entry.text), receiptOf(entry.request), sourcesOf(entry.citations || [])];
  parts.push(optionsOf(entry.options || []), relatedOf(entry.related || []));
  const item = bubble(entry.kind, "回答：", parts);
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

// Without the dialogue layer a notice names the page where a request can be logged.
function formLinkOf(text) {
  if (!text.includes("/request-form")) return null;
  const link = element("a", "form-link", "打开登记页面");
  link.href = "request-form";
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
  return element("div", "related", element("p", "related-label", "相关问题"), ...questions);
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
