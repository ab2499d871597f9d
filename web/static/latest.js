// @ts-check

/** Of several requests that overlap, only the newest one is heard. */
export class Latest {
  /** @type {AbortController | undefined} */
  #running;

  /**
   * Start a request; the one before it is aborted, and ignored should it answer all the same.
   *
   * @template T
   * @param {(signal: AbortSignal) => Promise<T>} request
   * @returns {Promise<T | undefined>} undefined when a newer one took its place; what a newest
   *   request throws is thrown.
   */
  async run(request) {
    this.cancel();
    const mine = new AbortController();
    this.#running = mine;
    try {
      const answer = await request(mine.signal);
      return this.#running === mine ? answer : undefined;
    } catch (error) {
      if (this.#running === mine) throw error;
      return undefined;
    }
  }

  /** Forget the request that is under way, if there is one. */
  cancel() {
    this.#running?.abort();
    this.#running = undefined;
  }
}
