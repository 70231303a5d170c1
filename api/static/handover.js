// A person in the conversation: while it is handed over, the page asks for what the agent wrote and says in its banner
// where things stand.
const POLL_MS = 4000;
const WAIT_MS = 10000;

// chat() is the conversation of the tab, {session, seen, seenNotice}: the ids of the last line and of the last notice of a
// request that were shown. show(entry) adds a message, a notice only once, and keeps the conversation; resized() is called
// when the banner came or went.
export function personIn({ banner, chat, show, resized }) {
  const text = banner.querySelector("span");
  const button = banner.querySelector("button");
  let state = "none";
  let timer = null;

  function stand(now, position) {
    state = now;
    const wasHidden = banner.hidden;
    banner.hidden = state === "none";
    text.textContent = state === "taken" ? "坐席已接入" : `正在等待人工，${position ? `前面还有 ${position} 位` : "您排在第一位"}`;
    if (banner.hidden !== wasHidden) resized();
    clearTimeout(timer);
    if (state !== "none") timer = setTimeout(look, POLL_MS);
  }

  async function ask(method) {
    const session = chat().session;
    const query = method === "GET" ? `?seen=${chat().seen}&seen_notice=${chat().seenNotice}` : "";
    const response = await fetch(`v1/handovers/mine${query}`, {
      method,
      headers: { "X-Session-ID": session, "X-Channel": "web" },
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (!response.ok) throw new Error(String(response.status));
    const reply = await response.json();
    return chat().session === session ? reply : null; // else the conversation was begun anew meanwhile
  }

  async function look() {
    if (!chat().session) return;
    try {
      const mine = await ask("GET");
      if (!mine) return;
      const seenBefore = chat().seenNotice;
      mine.notices.forEach(show);
      for (const line of mine.messages.filter((one) => one.id > chat().seen)) {
        chat().seen = line.id;
        show({ kind: line.kind, text: line.text, options: line.options });
      }
      stand(mine.state, mine.position);
      if (chat().seenNotice > seenBefore) await look(); // says so: until then they count as not told
    } catch {
      clearTimeout(timer);
      if (state !== "none") timer = setTimeout(look, POLL_MS); // away for a moment; what was written waits
    }
  }

  async function leave() {
    button.disabled = true;
    try {
      const left = await ask("DELETE");
      if (!left) return;
      await look();
      show({ kind: "notice", text: left.message });
    } catch {
      show({ kind: "notice", text: "没有退出成功，请重试。" });
    } finally {
      button.disabled = false;
    }
  }

  button.addEventListener("click", leave);
  return {
    look,
    // The reply to a turn says where the handover stands, "waiting", "taken" or null, and may have brought notices.
    told(reply) {
      if (reply.handover || state !== "none" || reply.messages.some((one) => one.notice_id)) look();
    },
    // The conversation is given up, and with it the place in the queue.
    async forget() {
      const isOpen = state !== "none";
      stand("none");
      if (isOpen) await ask("DELETE").catch(() => null);
    },
  };
}
