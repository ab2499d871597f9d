// Notes what a page does while somebody types; `watched` is read by the trial.

const watched = (window.watched = { keys: [], paints: [], events: [], flying: 0, most: 0 });

addEventListener("keydown", (event) => {
  const off = localStorage.getItem("kbsearch.letters") === "off";
  const table = off ? [] : [...document.querySelectorAll("#letters kbd")];
  const letters = table.map((key) => key.textContent);
  const marked = document.querySelector(".marked")?.dataset.marked ?? "";
  // A space presses the button, or the switch in the list of keys, that has the keyboard.
  const own = event.key === " " && document.activeElement.matches("button, [type=checkbox]");
  watched.events.push({ key: event.key, marked, letters, own });
  if (event.key.length === 1) watched.keys.push({ at: performance.now(), text: "" });
}, true);

addEventListener("input", (event) => {
  const key = watched.keys.at(-1);
  if (key) key.text = event.target.value;
}, true);

// Nothing is opened: the typing goes on.
addEventListener("click", (event) => {
  if (event.target.closest?.("a")) event.preventDefault();
}, true);

// The page asks for the strip of the call, too, when it is loaded: that is no search.
const fetchOnce = fetch;
window.fetch = async (...asked) => {
  if (asked[0] !== document.querySelector("[data-hits]")?.dataset.hits) return fetchOnce(...asked);
  watched.most = Math.max(watched.most, ++watched.flying);
  try {
    const response = await fetchOnce(...asked);
    const text = await response.text();
    return new Response(text, { status: response.status, headers: response.headers });
  } finally {
    watched.flying -= 1;
  }
};

addEventListener("DOMContentLoaded", () => {
  const answer = document.querySelector("#answer");
  new MutationObserver(() => {
    const query = answer.querySelector(".hits")?.dataset.query;
    if (query === undefined) return;
    requestAnimationFrame(() => watched.paints.push({ at: performance.now(), query }));
  }).observe(answer, { childList: true });
});

window.startWatching = () => {
  document.dispatchEvent(new CustomEvent("kbsearch:new-call", { cancelable: true }));
  document.querySelector("#q").blur();
  watched.events.length = 0;
};

window.focusSomewhere = (part) => {
  const places = [...document.querySelectorAll(".hit h2 a, .copy, .top a, #show-keys")];
  document.activeElement.blur();
  if (part > 0.3) places[Math.floor(part * places.length)].focus();
};
