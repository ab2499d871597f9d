// @ts-check
import { copyResolution } from "./copy.js";
import { Latest } from "./latest.js";
import { element, parsed, showControls, takesText } from "./page.js";

const PAUSE = 90; // ms without a key before a search: below what a person notices
const PATIENCE = 10_000; // ms until a server that says nothing counts as gone
const SILENT = "The search server does not answer. Check that it runs, then type on.";

const form = element("search", HTMLFormElement);
const box = element("q", HTMLInputElement);
const answer = element("answer", HTMLElement);
const start = element("start", HTMLElement);
const tally = element("tally", HTMLElement);
const notice = element("notice", HTMLElement);
const latest = new Latest();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** A failure that the server put into a sentence. */
class Refused extends Error {}

/**
 * Search for what the form says and show the answer, unless a newer search overtakes it.
 *
 * The text goes by POST, for it may hold personal data. It is kept beside this entry of the
 * history, so that coming back shows it again, but not in the address.
 *
 * @param {Record<string, string>} [extra] fields beyond those of the form.
 * @returns {Promise<boolean>} whether the answer to this search is on the page now.
 */
async function search(extra = {}) {
  clearTimeout(pause);
  const fields = Object.fromEntries(new FormData(form));
  history.replaceState({ fields }, "", location.pathname);
  markFilters();
  if (!box.value.trim()) {
    clear();
    return false;
  }
  answer.setAttribute("aria-busy", "true");
  try {
    const hits = await latest.run((signal) => fetchHits({ ...fields, ...extra }, signal));
    if (hits) show(hits);
    return hits !== undefined;
  } catch (error) {
    fail(error instanceof Refused ? error.message : SILENT);
    return false;
  }
}

/**
 * @param {Record<string, FormDataEntryValue>} fields
 * @param {AbortSignal} signal
 * @returns {Promise<HTMLElement>}
 */
async function fetchHits(fields, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(form.dataset.hits ?? "", {
    method: "POST",
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  });
  const page = await parsed(response);
  const hits = page.querySelector(".hits");
  if (hits instanceof HTMLElement) return hits;
  throw new Refused(page.getElementById("sentence")?.textContent ?? SILENT);
}

/**
 * Show an answer. It may come when somebody is already among the hits of the one before: the
 * keyboard then stays at the same ticket, or goes to the first one if that is gone.
 *
 * @param {HTMLElement} hits
 */
function show(hits) {
  const hit = document.activeElement?.closest(".hit");
  const ticket = hit?.querySelector("h2 a")?.getAttribute("href");
  answer.replaceChildren(hits);
  if (hit) {
    const same = links().find((link) => link.getAttribute("href") === ticket);
    (same ?? links()[0] ?? box).focus();
  }
  answer.removeAttribute("aria-busy");
  answer.classList.remove("old");
  start.hidden = true;
  notice.hidden = true;
  tally.textContent = hits.dataset.tally ?? "";
  document.title = `${hits.dataset.query} · kbsearch`;
}

/**
 * Say what went wrong; results that stand there stay, marked as old.
 *
 * @param {string} sentence
 */
function fail(sentence) {
  const old = answer.querySelector(".hits");
  const query = old instanceof HTMLElement ? old.dataset.query : undefined;
  answer.removeAttribute("aria-busy");
  answer.classList.toggle("old", old !== null);
  notice.textContent = old ? `${sentence} Below are older results, for “${query}”.` : sentence;
  notice.hidden = false;
  start.hidden = true;
  tally.textContent = "";
}

function clear() {
  latest.cancel();
  answer.replaceChildren();
  answer.removeAttribute("aria-busy");
  answer.classList.remove("old");
  start.hidden = false;
  notice.hidden = true;
  tally.textContent = "";
  document.title = "Search · kbsearch";
}

function markFilters() {
  for (const select of form.querySelectorAll("select")) {
    select.classList.toggle("set", select.value !== "");
  }
}

/** @returns {HTMLAnchorElement[]} the links of the hits, in their order. */
function links() {
  return [...answer.querySelectorAll(".hit h2 a")].filter((link) => link instanceof HTMLAnchorElement);
}

/** @param {number} step 1 for the next hit, -1 for the one before; above the first is the box. */
function move(step) {
  const hits = links();
  const here = document.activeElement?.closest(".hit");
  const at = hits.findIndex((link) => link.closest(".hit") === here);
  const next = at + step;
  if (next < 0) return box.focus();
  const link = hits[Math.min(next, hits.length - 1)];
  link?.focus();
  link?.closest(".hit")?.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = takesText(event.target) && event.target !== box;
  if (typing) return;
  const inBox = event.target === box;
  const hit = document.activeElement?.closest(".hit");
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp" && hit) move(-1);
  else if (event.key === "Escape") leave();
  else if (event.key === "/" && !inBox) box.select();
  else if ((event.key === "c" || event.key === ".") && hit) copy(hit);
  else return;
  event.preventDefault();
}

/**
 * Escape goes back to the box; there it clears the text, and then the filters, which would
 * otherwise still hold when the next call is about something else.
 */
function leave() {
  if (document.activeElement === box) {
    if (box.value) box.value = "";
    else for (const filter of form.querySelectorAll("select")) filter.value = "";
    search();
  }
  box.focus();
}

/** @param {Element} hit */
async function copy(hit) {
  tally.textContent = await copyResolution(hit);
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (!(event.target instanceof Element)) return;
  const hit = event.target.closest(".hit");
  const more = event.target.closest("#more");
  if (event.target.closest(".copy") && hit) copy(hit);
  else if (more instanceof HTMLElement) {
    event.preventDefault();
    showMore(more.dataset.limit ?? "");
  } else if (event.target.closest("#every")) {
    event.preventDefault();
    for (const select of form.querySelectorAll("select")) select.value = "";
    box.focus();
    search();
  } else if (event.target.closest(".hit h2 a, .near a")) {
    sessionStorage.setItem("opened", event.target.closest("a")?.href ?? "");
  }
}

/**
 * Show more hits and go on at the first new one.
 *
 * @param {string} limit
 */
async function showMore(limit) {
  const seen = links().length;
  if (await search({ limit })) links()[seen]?.focus();
}

/** Put back what was searched for when somebody returns to this entry of the history. */
async function restore() {
  const fields = history.state?.fields;
  if (!fields) return;
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
  markFilters();
  if (!(await search())) return;
  const opened = sessionStorage.getItem("opened");
  sessionStorage.removeItem("opened");
  const shown = [...answer.querySelectorAll("a")];
  shown.find((link) => link.href === opened)?.focus();
}

box.addEventListener("input", (event) => {
  if (event instanceof InputEvent && event.isComposing) return;
  clearTimeout(pause);
  if (!box.value.trim()) search();
  else pause = setTimeout(() => search({ typing: "1" }), PAUSE);
});
form.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) search();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await search()) move(1);
});
document.addEventListener("keydown", onKey);
answer.addEventListener("click", onClick);
showControls();
restore();
