// The answer on top: what the service would tell the caller, with its source; an honest no where it knows none.
import { button, element } from "./elements.js";

const LABELS = { answer: "答案", list: "答案", compare: "各地的答案", clarify: "还要问清楚", not_found: "没有把握的答案" };
const LOG_REQUEST = "登记诉求";
const MOST_SOURCES = 3;

export function showAnswer(box, reply, actions) {
  box.hidden = false;
  box.className = `answer answer-${reply.kind}`;
  const lines = reply.text.split("\n").filter(Boolean);
  const parts = [
    element("p", "answer-label", LABELS[reply.kind] ?? "答复"),
    ...lines.map((line) => element("p", isSource(line) ? "answer-source" : "answer-text", line)),
    sourcesOf(reply, actions),
    optionsOf(reply, actions),
  ];
  box.replaceChildren(...parts.filter(Boolean));
}

function isSource(line) {
  return line.startsWith("（") && line.endsWith("）");
}

function sourcesOf({ citations }, actions) {
  if (!citations.length) return null;
  const several = citations.length > 1;
  const links = citations.slice(0, MOST_SOURCES).map((cited, at) => {
    const label = `打开出处${several ? ` ${at + 1}` : ""}${cited.status === "有效" ? "" : `（${cited.status}）`}`;
    return button("quiet small", label, () => actions.open(cited.record_id));
  });
  return element("div", "answer-actions", ...links);
}

function optionsOf({ options }, actions) {
  if (!options.length) return null;
  const buttons = options.map(({ label, question }) =>
    question === LOG_REQUEST ? button("quiet small", "登记诉求", actions.request) : button("quiet small", label, () => actions.ask(question)),
  );
  return element("div", "answer-actions", ...buttons);
}
