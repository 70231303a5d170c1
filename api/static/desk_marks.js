// A text with the words that were looked for marked in it.
import { element } from "./elements.js";

export function marked(text, words) {
  if (!words.length) return [text];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?:${escaped.join("|")})+`, "gu"); // words side by side are one mark
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index), element("mark", "", match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

const KINDS = { 有效: "good", 尚未生效: "warn" };

export function stateBadge(state) {
  const told = { 废止: "已废止", 失效: "已失效" }[state] ?? state;
  return element("span", `badge badge-${KINDS[state] ?? "bad"}`, told);
}

// 文号 · 地区 · 年份
export function factsOf({ doc_number, region, year }) {
  return [doc_number, region, year && `${year}年`].filter(Boolean).join(" · ");
}
