// @ts-check
import { parsed } from "./page.js";

export const SILENT = "The search server does not answer.";

/** A failure that the server put into a sentence; `passing` if it may be gone in a moment. */
export class Refused extends Error {
  /**
   * @param {string} sentence
   * @param {number} status of HTTP
   */
  constructor(sentence, status) {
    super(sentence);
    this.passing = status === 503;
  }
}

/**
 * Ask the server for the hits.
 *
 * The text goes by POST, for it may hold personal data.
 *
 * @param {string} address
 * @param {Record<string, FormDataEntryValue>} fields
 * @param {AbortSignal} signal
 * @returns {Promise<Document>} a page with `.hits`.
 */
export async function fetchHits(address, fields, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(address, { method: "POST", body, signal });
  const page = await parsed(response);
  if (page.querySelector(".hits")) return page;
  const sentence = page.getElementById("sentence")?.textContent;
  if (!sentence) throw new Error(`an answer of status ${response.status} that is no page of ours`);
  throw new Refused(sentence, response.status);
}
