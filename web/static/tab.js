// @ts-check

/**
 * The call of this browser tab. Its id is opaque and lives as long as the tab, so that it survives
 * a reload and the way to a ticket and back.
 */

const KEY = "kbsearch.call"; // in sessionStorage: the id of the call

/** @returns {string} the id of the call of this tab. */
export function callId() {
  const id = sessionStorage.getItem(KEY) ?? crypto.randomUUID();
  sessionStorage.setItem(KEY, id);
  return id;
}

/** Begin another call. */
export function renew() {
  sessionStorage.removeItem(KEY);
}

/**
 * A tab that is duplicated has a copy of the id. The tab that had it first keeps it, the other one
 * begins a call of its own.
 *
 * @param {() => void} taken runs when this tab has begun another call.
 */
export function keepApart(taken) {
  const channel = new BroadcastChannel(KEY);
  const since = performance.timeOrigin;
  const asked = sessionStorage.getItem(KEY);
  channel.addEventListener("message", ({ data }) => {
    if (data.id !== sessionStorage.getItem(KEY)) return;
    if (data.asks && data.since > since) channel.postMessage({ id: data.id, since });
    if (data.asks || data.since >= since) return;
    renew();
    taken();
  });
  if (asked) channel.postMessage({ id: asked, since, asks: true });
}
