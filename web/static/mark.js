// @ts-check

/**
 * Marks one hit while the keyboard stays in the box. A screen reader hears of it through the box,
 * as of an element that has the focus.
 */
export class Mark {
  #box;
  #answer;
  #id = "";
  /** What put the mark: "arrow", "enter", or "" while no hit is marked. */
  by = "";

  /**
   * @param {HTMLInputElement} box
   * @param {HTMLElement} answer holds the hits.
   */
  constructor(box, answer) {
    this.#box = box;
    this.#answer = answer;
  }

  /** @returns {HTMLElement[]} all hits, in their order on the page. */
  get hits() {
    return [...this.#answer.querySelectorAll(".hit")].filter((hit) => hit instanceof HTMLElement);
  }

  /** The marked hit. */
  get hit() {
    return this.hits.find((hit) => hit.id === this.#id);
  }

  /**
   * @param {HTMLElement | undefined} hit
   * @param {"arrow" | "enter"} by
   */
  put(hit, by) {
    this.drop();
    if (!hit) return;
    this.#id = hit.id;
    this.by = by;
    this.again();
    hit.scrollIntoView({ block: "nearest" });
  }

  /** Mark the same hit in an answer that has replaced the one before; none if it is gone. */
  again() {
    const hit = this.hit;
    if (!hit) return this.drop();
    hit.classList.add("marked");
    hit.dataset.marked = this.by;
    this.#box.setAttribute("aria-activedescendant", this.#id);
  }

  drop() {
    const hit = this.hit;
    hit?.classList.remove("marked");
    delete hit?.dataset.marked;
    this.#box.removeAttribute("aria-activedescendant");
    this.#id = this.by = "";
  }

  /**
   * Move the mark; above the first hit it is gone.
   *
   * @param {1 | -1} step
   * @param {Element | null} from the hit that has the focus, if one has.
   */
  move(step, from) {
    const hits = this.hits;
    const here = from ?? this.hit;
    const next = hits.findIndex((hit) => hit === here) + step;
    if (next < 0) this.drop();
    else this.put(hits[Math.min(next, hits.length - 1)], "arrow");
  }
}
