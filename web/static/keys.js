// @ts-check
import { element } from "./page.js";
import { changesText, worksControl } from "./typing.js";

/**
 * The one table of keys that act on a hit or a ticket, and the sheet that lists them.
 *
 * @typedef {{ letters: string, label: string, act: (article: Element) => void }} Action
 *   letters  any of them acts; the first one is listed.
 */

const SWITCH = "kbsearch.letters"; // in localStorage: "off" if single letters only type

/** @type {Action[]} */
const table = [];

/**
 * Add a key to the table.
 *
 * @param {string} letters
 * @param {string} label
 * @param {(article: Element) => void} act
 */
export function register(letters, label, act) {
  table.push({ letters, label, act });
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const key = document.createElement("kbd");
  key.textContent = letters[0];
  term.append(key);
  const meaning = document.createElement("dd");
  meaning.textContent = label;
  row.append(term, meaning);
  element("letters", HTMLElement).append(row);
}

/** Whether single letters act at all; with Alt they always do. */
export function lettersAct() {
  return localStorage.getItem(SWITCH) !== "off";
}

/**
 * Do what the table says of a key.
 *
 * @param {KeyboardEvent} event
 * @param {Element | null | undefined} article what the key acts on.
 * @param {boolean} plain whether a letter acts without Alt here.
 * @returns {boolean} whether it was a key of the table; then the browser does nothing else with it.
 */
export function press(event, article, plain) {
  if (event.ctrlKey || event.metaKey || event.getModifierState("AltGraph") || !article) return false;
  if (!event.altKey && !(plain && lettersAct())) return false;
  const action = table.find(({ letters }) => letters.includes(letter(event)));
  if (!action) return false;
  event.preventDefault();
  if (!event.repeat) action.act(article);
  return true;
}

/**
 * The letter of a key. A Mac types another character with Option, so there the place counts.
 *
 * @param {KeyboardEvent} event
 */
function letter(event) {
  const place = /^Key([A-Z])$/.exec(event.code);
  const moved = event.altKey && place && !/^[a-z]$/i.test(event.key);
  return (moved ? place[1] : event.key).toLowerCase();
}

/** The list of all keys. */
class Sheet {
  #dialog = element("keys", HTMLDialogElement);

  constructor() {
    const letters = element("letters-act", HTMLInputElement);
    letters.checked = lettersAct();
    letters.addEventListener("change", () => {
      localStorage.setItem(SWITCH, letters.checked ? "on" : "off");
    });
    element("show-keys", HTMLButtonElement).addEventListener("click", () => this.open());
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close(); // outside of its text
    });
  }

  open() {
    this.#dialog.showModal();
  }

  /**
   * Take a key while the sheet is open. One that types closes it, so that it can be typed.
   *
   * @param {KeyboardEvent} event
   * @param {HTMLElement} [box] where it is typed then.
   * @returns {boolean} whether the sheet keeps the key to itself.
   */
  keeps(event, box) {
    if (!this.#dialog.open) return false;
    if (!changesText(event) || worksControl(event)) return true;
    this.#dialog.close();
    box?.focus();
    if (event.key !== "?") return false;
    event.preventDefault();
    return true;
  }
}

export const sheet = new Sheet();
