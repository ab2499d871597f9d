// @ts-check
import { register } from "./keys.js";
import { beginCall, element, parsed } from "./page.js";
import { callId, keepApart, renew } from "./tab.js";

const PATIENCE = 10_000; // ms until a server that says nothing counts as gone
const SILENT = "The server does not answer; try again.";

/** What this call says of tickets, and the strip that shows what it tried. */
export class Call {
  #strip = element("call", HTMLElement);
  #say;
  #query;
  /** @type {Set<Element>} the controls whose statement is on its way. */
  #sending = new Set();
  /** One statement after the other, so that the strip of the last one is the newest. */
  #turn = Promise.resolve();
  #shown = 0;

  /**
   * @param {(text: string) => void} say tells a screen reader.
   * @param {() => string} query what was searched for.
   */
  constructor(say, query) {
    this.#say = say;
    this.#query = query;
    document.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("kbsearch:new-call", () => this.#begin());
    const main = element("main", HTMLElement);
    new MutationObserver(() => this.#paint()).observe(main, { childList: true, subtree: true });
    keepApart(() => this.#show(undefined));
    this.#load();
  }

  /** @returns {string} the id that searches of this call send. */
  get id() {
    return callId();
  }

  /** Let keys say what the buttons say. */
  registerKeys() {
    register("y", "it solved the problem", (article) => this.say(article, "solved"));
    register("n", "it did not help", (article) => this.say(article, "failed"));
    register("u", "undo what you said", (article) => this.say(article, "undone"));
  }

  /**
   * Say something of a hit or a ticket, or take it back.
   *
   * @param {Element} article
   * @param {"solved" | "failed" | "undone"} said
   */
  async say(article, said) {
    const control = article.querySelector(".outcome");
    if (!(control instanceof HTMLElement)) return this.#say("There is no resolution to try yet.");
    const now = this.#said(control) ?? "undone";
    if (this.#sending.has(control) || now === said) return;
    this.#sending.add(control);
    try {
      const call = callId();
      const { reference = "", source = "" } = control.dataset;
      const fields = { call, said, query: this.#query(), reference, source };
      const answer = this.#turn.then(() => ask(this.#strip.dataset.outcome ?? "", fields));
      this.#turn = answer.then(undefined, () => undefined).then(() => undefined);
      const strip = await answer;
      if (call === callId()) this.#taken(control, said, strip);
    } catch (error) {
      this.#refuse(control, error instanceof Error ? error.message : SILENT);
    } finally {
      this.#sending.delete(control);
    }
  }

  /**
   * @param {HTMLElement} control
   * @param {"solved" | "failed" | "undone"} said
   * @param {Element} strip
   */
  #taken(control, said, strip) {
    const had = control.contains(document.activeElement);
    this.#refuse(control, "");
    this.#show(strip);
    if (had) focusOn(control, said === "undone" ? "solved" : "undone");
    const words = { solved: "Solved it.", failed: "Did not help.", undone: "Undone." }[said];
    this.#say(`${words} ${strip.querySelector("[data-strip]")?.textContent ?? ""}`.trim());
  }

  /**
   * Say at a control why nothing was noted; what it showed stays.
   *
   * @param {HTMLElement} control
   * @param {string} sentence
   */
  #refuse(control, sentence) {
    const wrong = control.querySelector(".wrong");
    if (!(wrong instanceof HTMLElement)) return;
    wrong.textContent = sentence ? `Not noted. ${sentence}` : "";
    wrong.hidden = !sentence;
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("#call a");
    if (link instanceof HTMLAnchorElement) sessionStorage.setItem("opened", link.href);
    const button = event.target.closest("button");
    const article = button?.closest("article");
    const said = button?.dataset.say;
    if (article && (said === "solved" || said === "failed" || said === "undone")) {
      this.say(article, said);
    } else if (button?.id === "new-call" && !beginCall()) {
      location.assign(this.#strip.dataset.search ?? "/");
    }
  }

  /** The next call begins; nothing that was tried in this one counts in it. */
  #begin() {
    renew();
    this.#show(undefined);
  }

  /** Show what this call tried before the page was loaded. */
  async #load() {
    const call = callId();
    const shown = this.#shown;
    try {
      const strip = await ask(this.#strip.dataset.strip ?? "", { call });
      if (call === callId() && shown === this.#shown) this.#show(strip);
    } catch {
      // Nothing can be shown of this call now; the next statement brings all of it.
    }
  }

  /**
   * Show a strip, none for a call that tried nothing, and what was said at every ticket.
   *
   * @param {Element | undefined} strip
   */
  #show(strip) {
    this.#shown += 1;
    const open = this.#strip.querySelector("details")?.open ?? false;
    this.#strip.replaceChildren(...(strip ? [strip] : []));
    const details = this.#strip.querySelector("details");
    if (details) details.open = open;
    document.documentElement.classList.toggle("tried", details !== null);
    this.#paint();
  }

  /** Show at every ticket what this call said of it. */
  #paint() {
    for (const control of document.querySelectorAll(".outcome")) {
      const said = this.#said(control);
      for (const part of control.querySelectorAll("[data-say], [data-said]")) {
        if (!(part instanceof HTMLElement)) continue;
        if (part.dataset.said) part.hidden = part.dataset.said !== said;
        else part.hidden = (part.dataset.say === "undone") === (said === undefined);
      }
    }
  }

  /**
   * @param {Element} control
   * @returns {string | undefined} what this call said of the ticket.
   */
  #said(control) {
    const ticket = control instanceof HTMLElement ? control.dataset.ticket : "";
    const line = this.#strip.querySelector(`li[data-ticket="${ticket}"]`);
    return line instanceof HTMLElement ? line.dataset.said : undefined;
  }
}

/**
 * @param {Element} control
 * @param {string} said
 */
function focusOn(control, said) {
  const button = control.querySelector(`[data-say="${said}"]`);
  if (button instanceof HTMLElement) button.focus();
}

/**
 * Send a form of a call; none of it stands in an address.
 *
 * @param {string} address
 * @param {Record<string, string>} fields
 * @returns {Promise<Element>} the strip.
 */
async function ask(address, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const page = await sent(address, body);
  const strip = page.querySelector(".tried");
  if (strip) return strip;
  throw new Error(page.getElementById("sentence")?.textContent ?? SILENT);
}

/**
 * @param {string} address
 * @param {FormData} body
 */
async function sent(address, body) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await parsed(await fetch(address, { method: "POST", body, signal }));
  } catch {
    throw new Error(SILENT);
  }
}
