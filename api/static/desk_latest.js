// Only the newest request counts: the one before is aborted, and what it still brings is dropped.

export class LoginOver extends Error {}

export class Latest {
  #controller = null;

  // The reply as JSON; null where a newer request has begun or this one was abandoned meanwhile.
  async fetch(url) {
    this.abandon();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, signal: controller.signal });
      const reply = await response.json().catch(() => null);
      if (this.#controller !== controller) return null;
      if (response.status === 401) throw new LoginOver();
      if (!response.ok || !reply) throw new Error(reply?.error?.message ?? "查询没有成功，请稍后再试。");
      return reply;
    } catch (error) {
      if (this.#controller !== controller) return null;
      if (error instanceof TypeError) throw new Error("连不上服务，请检查网络。");
      throw error;
    }
  }

  abandon() {
    this.#controller?.abort();
    this.#controller = null;
  }
}
