// @ts-check
import { element } from "./page.js";

/** The filters: lists to choose from, and a chip for each that is set, chosen or typed. */
export class Filters {
  #form;
  #list = element("chips", HTMLElement);
  #blank = element("chip", HTMLTemplateElement);
  #typed = [...this.#list.querySelectorAll("[name=instead]")].map((button) => button.closest("li"));

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    const fold = form.querySelector("details");
    const wide = matchMedia("(min-width: 52rem)");
    const unfold = () => fold?.toggleAttribute("open", wide.matches);
    wide.addEventListener("change", unfold);
    unfold();
  }

  /** @returns {HTMLSelectElement[]} the lists, each with the name of its filter. */
  get lists() {
    return [...this.#form.querySelectorAll("select")];
  }

  clear() {
    for (const list of this.lists) list.value = "";
  }

  /**
   * Take over the chips of the filters in the text of a query.
   *
   * @param {HTMLTemplateElement | null} chips none where the text is empty.
   */
  typed(chips) {
    const copy = chips?.content.cloneNode(true);
    const found = copy instanceof DocumentFragment ? copy.querySelectorAll("li") : [];
    this.#typed = [...found];
  }

  /** Show what is set. */
  show() {
    for (const list of this.lists) list.classList.toggle("set", list.value !== "");
    const chosen = this.lists.filter((list) => list.value).map((list) => this.#chip(list));
    this.#list.replaceChildren(...[...chosen, ...this.#typed].filter((chip) => chip !== null));
  }

  /** @param {HTMLSelectElement} list */
  #chip(list) {
    const chip = this.#blank.content.querySelector("li")?.cloneNode(true);
    if (!(chip instanceof HTMLElement)) throw new Error("the page has no blank chip");
    const [text, button] = [chip.querySelector("span"), chip.querySelector("button")];
    const value = document.createElement("b");
    value.textContent = list.value;
    text?.replaceChildren(`${list.name} `, value);
    button?.setAttribute("value", list.name);
    button?.setAttribute("aria-label", `Remove ${list.name} ${list.value}`);
    return chip;
  }

  /**
   * Remove the filter whose chip was clicked.
   *
   * @param {Element} button
   * @param {HTMLInputElement} box
   */
  remove(button, box) {
    const value = button.getAttribute("value") ?? "";
    if (button.getAttribute("name") === "instead") box.value = value;
    else for (const list of this.lists) if (list.name === value) list.value = "";
  }
}
