// @ts-check

const PATIENCE = 5_000; // ms until a server that says nothing counts as failed
const FIRST_RETRY = 2_000; // ms
const LAST_RETRY = 10_000; // ms between two retries at most

/**
 * Asks one question at a time: the first at once, and the newest when the one before has returned.
 * Questions between the two are never sent. A failed one is asked again by itself.
 *
 * @template Question, Answer
 */
export class Throttle {
  #send;
  #heard;
  #retry = FIRST_RETRY;
  /** @type {Question | undefined} */
  #next;
  /** @type {AbortController | undefined} */
  #running;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #alarm;

  /**
   * @param {(question: Question, signal: AbortSignal) => Promise<Answer>} send
   * @param {{
   *   answered: (question: Question, answer: Answer) => void,
   *   failed: (question: Question, error: unknown) => boolean,
   * }} heard `failed` returns whether to ask again.
   */
  constructor(send, heard) {
    this.#send = send;
    this.#heard = heard;
  }

  /** @param {Question} question */
  ask(question) {
    this.#next = question;
    if (this.#running) return;
    clearTimeout(this.#alarm);
    this.#run();
  }

  /** Forget what is under way and what waits. */
  cancel() {
    clearTimeout(this.#alarm);
    this.#running?.abort();
    this.#running = this.#next = undefined;
  }

  async #run() {
    const question = this.#next;
    if (question === undefined) return;
    const mine = (this.#running = new AbortController());
    this.#next = undefined;
    /** @type {() => void} */
    let report;
    try {
      const answer = await Promise.race([this.#send(question, mine.signal), this.#tooLate(mine)]);
      report = () => this.#answered(question, answer);
    } catch (error) {
      report = () => this.#failed(question, error);
    }
    if (this.#running !== mine) return; // forgotten meanwhile
    clearTimeout(this.#alarm);
    this.#running = undefined;
    report();
    if (!this.#running) this.#run();
  }

  /**
   * @param {Question} question
   * @param {Answer} answer
   */
  #answered(question, answer) {
    this.#retry = FIRST_RETRY;
    this.#heard.answered(question, answer);
  }

  /**
   * @param {Question} question
   * @param {unknown} error
   */
  #failed(question, error) {
    if (!this.#heard.failed(question, error) || this.#next !== undefined) return;
    this.#alarm = setTimeout(() => this.ask(question), this.#retry);
    this.#retry = Math.min(this.#retry * 1.5, LAST_RETRY);
  }

  /**
   * @param {AbortController} mine
   * @returns {Promise<never>} rejects when patience ends.
   */
  #tooLate(mine) {
    return new Promise((_, reject) => {
      this.#alarm = setTimeout(() => {
        reject(new Error("the server did not answer in time"));
        mine.abort();
      }, PATIENCE);
    });
  }
}
