// @ts-check

// A second click on Save must not save the ticket twice.
const form = document.querySelector(".ticket-form");
form?.addEventListener("submit", () => {
  const button = form.querySelector("button");
  if (button) button.disabled = true;
});
window.addEventListener("pageshow", () => {
  const button = form?.querySelector("button");
  if (button) button.disabled = false;
});
const wrong = document.querySelector("[aria-invalid]");
if (wrong instanceof HTMLElement) wrong.focus();
