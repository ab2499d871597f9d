// @ts-check
import { Answer } from "./answer.js";
import { Call } from "./call.js";
import { copyResolution } from "./copy.js";
import { fetchHits, Refused, SILENT } from "./fetching.js";
import { lettersAct, press, register, sheet } from "./keys.js";
import { Mark } from "./mark.js";
import { Filters } from "./filters.js";
import { element, showControls } from "./page.js";
import { Said } from "./said.js";
import { Throttle } from "./throttle.js";
import { composes, inField, sendToBox } from "./typing.js";

const SLOW = 250; // ms without an answer until the hits on the page count as old
const KEPT = 600; // ms until the history keeps what was typed: browsers limit how often it may

/**
 * @typedef {Record<string, FormDataEntryValue>} Fields
 * @typedef {{ fields: Fields, then?: () => void }} Question `then` runs when its answer is shown.
 */

const form = element("search", HTMLFormElement);
const box = element("q", HTMLInputElement);
const answer = new Answer();
const filters = new Filters(form);
export const mark = new Mark(box, answer.place);
export const said = new Said();
const call = new Call((text) => said.say(text), query);

/** @type {Throttle<Question, Document>} */
const throttle = new Throttle(send, { answered, failed });

/** @type {ReturnType<typeof setTimeout> | undefined} */
let slow;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let keep;
let failing = false;
let lastKey = "";

/**
 * Search for what the form says. What is typed is kept with this entry of the history, so that
 * coming back shows it again, but not in the address.
 *
 * @param {Record<string, string>} [extra] fields beyond those of the form.
 * @param {() => void} [then] runs when this very answer is on the page.
 */
function search(extra = {}, then) {
  filters.show();
  clearTimeout(keep);
  keep = setTimeout(remember, KEPT);
  if (!box.value.trim()) return clear();
  throttle.ask({ fields: { ...fields(), ...extra }, then });
}

/** @returns {Fields} what the form says. */
function fields() {
  return Object.fromEntries(new FormData(form));
}

/**
 * @param {Question} question
 * @param {AbortSignal} signal
 */
function send(question, signal) {
  clearTimeout(slow);
  slow = setTimeout(() => {
    if (answer.hits) answer.grey();
    if (!failing) said.tally("Searching…");
  }, SLOW);
  return fetchHits(form.dataset.hits ?? "", { ...question.fields, call: call.id }, signal);
}

/**
 * @param {Question} question
 * @param {Document} page
 */
function answered(question, page) {
  clearTimeout(slow);
  const hits = page.querySelector(".hits");
  if (!(hits instanceof HTMLElement) || !isOfUse(question.fields)) return;
  answer.show(hits, mark.hit, () => {
    mark.again();
    const typed = hits.querySelector("template.typed");
    filters.typed(typed instanceof HTMLTemplateElement ? typed : null);
    filters.show();
    said.tally(`${failing ? "Working again. " : ""}${hits.dataset.tally}`, hits.dataset.took);
  });
  failing = false;
  document.title = `${hits.dataset.query} · kbsearch`;
  question.then?.();
}

/**
 * Whether an answer is worth showing: to what the box holds now, or to a part of the same typing.
 *
 * @param {Fields} asked
 */
function isOfUse(asked) {
  const now = fields();
  const [text, typed] = [String(asked.q), String(now.q)];
  const near = typed.startsWith(text) || text.startsWith(typed);
  return near && filters.lists.every(({ name }) => asked[name] === now[name]);
}

/**
 * @param {Question} _
 * @param {unknown} error
 * @returns {boolean} whether to try again.
 */
function failed(_, error) {
  clearTimeout(slow);
  const again = !(error instanceof Refused) || error.passing;
  const sentence = error instanceof Refused ? error.message : SILENT;
  failing = again;
  said.tally("");
  answer.fail(again ? `${sentence} This page tries again by itself.` : sentence);
  return again;
}

function clear() {
  clearTimeout(slow);
  throttle.cancel();
  failing = false;
  mark.drop();
  answer.clear();
  filters.typed(null);
  filters.show();
  said.tally("");
  document.title = "Search · kbsearch";
}

/** Clear text and filters: what is typed next is about something else. */
function startOver() {
  box.value = "";
  filters.clear();
  search();
  box.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (composes(event) || sheet.keeps(event, box)) return;
  const before = lastKey;
  lastKey = event.repeat ? "" : event.key;
  if (event.key === "Escape") return escape(event, before);
  if (inField() && document.activeElement !== box) return;
  const focused = document.activeElement?.closest(".hit");
  if (press(event, mark.hit ?? focused ?? mark.hits[0], mark.by === "arrow")) return;
  if (move(event, focused ?? null) || enter(event) || copyByControl(event) || takeFirst(event) || sign(event)) {
    event.preventDefault();
  } else sendToBox(event, box);
}

/**
 * The arrows move the mark, wherever the focus is; it goes to the box.
 *
 * @param {KeyboardEvent} event
 * @param {Element | null} focused
 */
function move(event, focused) {
  const step = { ArrowDown: /** @type {const} */ (1), ArrowUp: /** @type {const} */ (-1) }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  mark.move(step, focused);
  box.focus({ preventScroll: true });
  return true;
}

/**
 * Enter shows the final answer and marks its first hit; once more, it opens what is marked.
 *
 * @param {KeyboardEvent} event
 */
function enter(event) {
  const here = document.activeElement;
  if (event.key !== "Enter" || (here !== box && here !== document.body)) return false;
  if (event.repeat) return true; // a key that is held down opens nothing
  if (mark.hit) open(mark.hit, event.ctrlKey || event.metaKey);
  else finish();
  return true;
}

/** Search for the text as it is, its last word finished, and mark the first hit. */
function finish() {
  const text = box.value;
  answer.release();
  search({}, () => {
    if (box.value === text && !mark.hit) mark.put(mark.hits[0], "enter");
  });
}

/**
 * @param {Element} hit
 * @param {boolean} elsewhere in another tab.
 */
function open(hit, elsewhere) {
  const link = hit.querySelector("h2 a");
  if (!(link instanceof HTMLAnchorElement)) return;
  if (elsewhere) window.open(link.href, "_blank", "noopener");
  else link.click();
}

/**
 * Ctrl+C copies the resolution of the marked hit, unless some text is selected.
 *
 * @param {KeyboardEvent} event
 */
function copyByControl(event) {
  const control = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!control || event.key.toLowerCase() !== "c" || !mark.hit) return false;
  if (box.selectionStart !== box.selectionEnd || !getSelection()?.isCollapsed) return false;
  copy(mark.hit);
  return true;
}

/**
 * Alt+→ at the end of the text takes the first completion.
 *
 * @param {KeyboardEvent} event
 */
function takeFirst(event) {
  const first = answer.place.querySelector(".completions [data-go-on]");
  const atEnd = document.activeElement === box && box.selectionStart === box.value.length;
  if (event.key !== "ArrowRight" || !event.altKey || event.ctrlKey || event.metaKey) return false;
  if (!(first instanceof HTMLElement) || !atEnd || answer.hits?.dataset.query !== box.value) return false;
  goOn(first.dataset.goOn ?? "");
  return true;
}

/**
 * The two signs that are keys where they cannot be meant as text.
 *
 * @param {KeyboardEvent} event
 */
function sign(event) {
  if (!lettersAct() || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "?" && (!box.value || mark.by === "arrow")) sheet.open();
  else if (event.key === "/" && document.activeElement !== box) box.focus();
  else return false;
  return true;
}

/**
 * Escape takes the mark away, or clears the text; twice in a row, also the filters.
 *
 * @param {KeyboardEvent} event
 * @param {string} before the key before.
 */
function escape(event, before) {
  event.preventDefault();
  if (before === "Escape") return startOver();
  const inFilter = inField() && document.activeElement !== box;
  if (mark.hit) mark.drop();
  else if (!inFilter) {
    box.value = "";
    search();
  }
  box.focus();
}

/** @param {Element} hit */
async function copy(hit) {
  said.toast(await copyResolution(hit), hit);
}

/** @param {MouseEvent} event */
function onClick(event) {
  lastKey = "";
  if (!(event.target instanceof Element)) return;
  const hit = event.target.closest(".hit");
  const more = event.target.closest("#more");
  const every = event.target.closest("#every");
  const completion = event.target.closest("[data-go-on]");
  if (event.target.closest(".copy") && hit) copy(hit);
  else if (completion instanceof HTMLElement) {
    event.preventDefault();
    goOn(completion.dataset.goOn ?? "");
  } else if (more instanceof HTMLElement) {
    event.preventDefault();
    showMore(more.dataset.limit ?? "");
  } else if (every instanceof HTMLElement) {
    event.preventDefault();
    filters.clear();
    box.value = every.dataset.text ?? "";
    box.focus();
    search();
  } else if (event.target.closest(".hit h2 a, .near a, .customer a")) {
    sessionStorage.setItem("opened", event.target.closest("a")?.href ?? "");
    sessionStorage.setItem("query", box.value);
    remember();
  }
}

/**
 * Search for what is offered: a word completed, left out, or kept as it was typed.
 *
 * @param {string} text the query.
 */
function goOn(text) {
  box.value = text;
  box.focus();
  mark.drop();
  search({ typing: "1" });
}

/**
 * Show more hits and go on at the first new one.
 *
 * @param {string} limit
 */
function showMore(limit) {
  const seen = mark.hits.length;
  search({ limit }, () => mark.hits[seen]?.querySelector("a")?.focus());
}

/** Keep what the form says with this entry of the history. */
function remember() {
  history.replaceState({ fields: fields() }, "", location.pathname);
}

/** @returns {string} what led to a ticket of which the call says something; a reload shows it again. */
function query() {
  remember();
  return box.value;
}

/** Put back what was searched for when somebody returns to this entry of the history. */
function restore() {
  for (const [name, value] of Object.entries(history.state?.fields ?? {})) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value ||= value;
  }
  askedByTicket();
  filters.show();
  const shown = answer.hits?.dataset.query;
  if (!box.value.trim() || box.value === shown) return;
  search(history.state ? {} : { typing: "1" }, backFromTicket);
}

/** Search for the customer number that a ticket has handed over. */
function askedByTicket() {
  const number = sessionStorage.getItem("ask");
  if (number === null) return;
  sessionStorage.removeItem("ask");
  sessionStorage.removeItem("opened");
  box.value = number;
}

/** Go on where a ticket was opened: its hit is marked, the link of a near code has the keyboard. */
function backFromTicket() {
  const opened = sessionStorage.getItem("opened");
  sessionStorage.removeItem("opened");
  const link = [...answer.place.querySelectorAll("a")].find((link) => link.href === opened);
  const hit = mark.hits.find((hit) => link && hit.contains(link));
  if (hit) mark.put(hit, "enter");
  else link?.focus();
}

box.addEventListener("input", (event) => {
  mark.drop();
  said.typed();
  if (event instanceof InputEvent && event.isComposing) return;
  search({ typing: "1" });
});
box.addEventListener("compositionend", () => search({ typing: "1" }));
form.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) search();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chip = event.submitter?.closest(".chip button");
  if (!chip) return finish();
  filters.remove(chip, box);
  box.focus();
  search();
});
element("start", HTMLElement).addEventListener("click", (event) => {
  const example = event.target instanceof Element ? event.target.closest(".examples a") : null;
  if (!example) return;
  event.preventDefault();
  box.value = example.textContent ?? "";
  box.focus();
  search();
});
document.addEventListener("keydown", onKey);
document.addEventListener("pointerdown", () => (lastKey = ""));
document.addEventListener("kbsearch:new-call", (event) => {
  event.preventDefault(); // so that a link to this page need not load it
  startOver();
});
window.addEventListener("pagehide", remember);
answer.place.addEventListener("click", onClick);
register("c.", "copy the resolution", copy);
call.registerKeys();
showControls();
restore();
