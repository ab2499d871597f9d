// @ts-check
import { element } from "./page.js";

const SETTLED = 600; // ms after the last key until a screen reader hears what was found
const SHOWN = 2_500; // ms that a toast stays
const GAP = 8; // px around a toast

/** Says things: to the eye above the hits and beside them, and to the ear once. */
export class Said {
  #tally = element("tally", HTMLElement);
  #status = element("said", HTMLElement);
  #toast = document.createElement("p");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #fading;

  constructor() {
    this.#toast.className = "toast";
    this.#toast.hidden = true;
    this.#toast.setAttribute("aria-hidden", "true"); // the status says the same
    document.body.append(this.#toast);
  }

  /** A key was typed: what stands above the hits is said when no other key follows. */
  typed() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.say(this.#tally.textContent ?? "");
    }, SETTLED);
  }

  /**
   * Show a sentence above the hits.
   *
   * @param {string} text
   * @param {string} [title]
   */
  tally(text, title = "") {
    this.#tally.textContent = text;
    this.#tally.title = title;
    if (!this.#settling) this.say(text);
  }

  /**
   * Say something to a screen reader at once; what waits to be said is not said over it.
   *
   * @param {string} text
   */
  say(text) {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#status.textContent = text;
  }

  /**
   * Show a sentence at an article, where the eye is, and say it.
   *
   * @param {string} text
   * @param {Element} article
   */
  toast(text, article) {
    clearTimeout(this.#fading);
    this.#toast.textContent = text;
    this.#toast.hidden = false;
    const at = article.getBoundingClientRect();
    const lowest = window.innerHeight - this.#toast.offsetHeight - GAP;
    const foot = at.bottom - this.#toast.offsetHeight - GAP;
    const place = Math.max(this.#ceiling(), Math.min(foot, lowest));
    this.#toast.style.top = `${place}px`;
    this.#toast.style.left = `${Math.max(GAP, at.right - this.#toast.offsetWidth - GAP)}px`;
    this.#fading = setTimeout(() => (this.#toast.hidden = true), SHOWN);
    this.say("");
    requestAnimationFrame(() => this.say(text)); // so that the same sentence is heard twice
  }

  /** The y below which nothing covers a toast. */
  #ceiling() {
    const box = document.querySelector(".box");
    const sticks = box && getComputedStyle(box).position === "sticky";
    return (sticks ? box.getBoundingClientRect().bottom : 0) + GAP;
  }
}
