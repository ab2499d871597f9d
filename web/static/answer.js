// @ts-check
import { offerMore } from "./more.js";
import { element } from "./page.js";

/** The hits on the page: replaced by those of a newer answer, and marked as old while none comes. */
export class Answer {
  place = element("answer", HTMLElement);
  #box = element("q", HTMLInputElement);
  #start = element("start", HTMLElement);
  #notice = element("notice", HTMLElement);
  #pointed = "";

  constructor() {
    this.place.addEventListener("pointermove", (event) => {
      const at = event.target instanceof Element ? event.target.closest(".hit") : null;
      this.#pointed = event.pointerType === "mouse" && at ? at.id : "";
    });
    this.place.addEventListener("pointerleave", () => (this.#pointed = ""));
    offerMore(this.place);
  }

  /** The answer that is on the page. */
  get hits() {
    const hits = this.place.querySelector(".hits");
    return hits instanceof HTMLElement ? hits : undefined;
  }

  /**
   * Show an answer. The hit that somebody points at or has marked stays where it is on the screen,
   * if the answer has it.
   *
   * @param {HTMLElement} hits
   * @param {Element | undefined} marked
   * @param {() => void} around changes what else on the page belongs to this answer.
   */
  show(hits, marked, around) {
    const kept = marked ?? (this.#pointed ? document.getElementById(this.#pointed) : null);
    const before = kept?.closest("#answer") ? kept.getBoundingClientRect().top : undefined;
    const same = kept ? [...hits.querySelectorAll(".hit")].find((hit) => hit.id === kept.id) : undefined;
    if (kept && same) keepPlace(same, [...this.place.querySelectorAll(".hit")].indexOf(kept));
    const focused = this.#focused();
    this.place.style.paddingBlock = "";
    this.place.replaceChildren(hits);
    offerMore(hits);
    this.fresh();
    this.#start.hidden = true;
    around();
    if (same && before !== undefined) this.#hold(same, before);
    if (focused !== undefined) (this.link(focused) ?? this.#box).focus({ preventScroll: true });
  }

  /** @returns {string | undefined} the address of the hit or near code that has the keyboard. */
  #focused() {
    const here = document.activeElement;
    if (!here || !this.place.contains(here)) return undefined;
    const link = here.closest("a") ?? here.closest(".hit")?.querySelector("h2 a");
    return link?.getAttribute("href") ?? "";
  }

  /**
   * @param {string} address as a link of this page gives it.
   * @returns {HTMLAnchorElement | undefined}
   */
  link(address) {
    const links = [...this.place.querySelectorAll("a")];
    return links.find((link) => address === link.getAttribute("href"));
  }

  /** What the pointer rests on need not stay any longer. */
  release() {
    this.#pointed = "";
  }

  /** The answer is old: a newer one is on its way, or cannot be had. */
  grey() {
    this.place.setAttribute("aria-busy", "true");
    this.place.classList.add("old");
  }

  /** The answer is the one to what stands in the box. */
  fresh() {
    this.place.removeAttribute("aria-busy");
    this.place.classList.remove("old");
    this.#notice.hidden = true;
  }

  /**
   * Say what went wrong; an answer that is on the page stays, as an old one.
   *
   * @param {string} sentence
   */
  fail(sentence) {
    const old = this.hits;
    const text = old ? `${sentence} Below are older results, for “${old.dataset.query}”.` : sentence;
    if (old) this.grey();
    this.place.removeAttribute("aria-busy");
    if (this.#notice.textContent !== text) this.#notice.textContent = text; // said only once
    this.#notice.hidden = false;
    this.#start.hidden = true;
  }

  clear() {
    this.release();
    this.place.style.paddingBlock = "";
    this.place.replaceChildren();
    this.fresh();
    this.#start.hidden = false;
  }

  /**
   * Scroll so that a hit is where it was; where the page is too short for that, pad it.
   *
   * @param {Element} hit
   * @param {number} top where it was.
   */
  #hold(hit, top) {
    const moved = () => hit.getBoundingClientRect().top - top;
    window.scrollBy({ top: moved(), behavior: "instant" });
    const rest = Math.round(moved());
    if (rest < 0) this.place.style.paddingBlockStart = `${-rest}px`;
    if (rest > 0) {
      this.place.style.paddingBlockEnd = `${rest + window.innerHeight}px`;
      window.scrollBy({ top: rest, behavior: "instant" });
    }
  }
}

/**
 * Put a hit at the same place among the others as it had in the answer before.
 *
 * @param {Element} hit
 * @param {number} place
 */
function keepPlace(hit, place) {
  const others = [...(hit.parentElement?.querySelectorAll(".hit") ?? [])].filter((one) => one !== hit);
  const next = others[place];
  if (next) next.before(hit);
  else others.at(-1)?.after(hit);
}
