import { performance } from 'node:perf_hooks';

const SECONDS_BETWEEN_LINES = 5;

/** Says what is happening: on a terminal one line that moves, elsewhere a line now and then. */
export class Progress {
  #stream;
  #now;
  #isTerminal;
  #lastLine;

  /**
   * @param {{ write(text: string): unknown; isTTY?: boolean; columns?: number }} stream
   * @param {() => number} now milliseconds
   */
  constructor(stream, now = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb';
    this.#lastLine = now();
  }

  /** Seconds since `start`, as text. */
  since(start) {
    return `${((this.#now() - start) / 1000).toFixed(1)} s`;
  }

  now() {
    return this.#now();
  }

  /** A line that stays. */
  say(line) {
    this.#stream.write(`${this.#isTerminal ? '\r\u001B[K' : ''}${line}\n`);
    this.#lastLine = this.#now();
  }

  /** A line that the next one replaces. */
  update(line) {
    if (this.#isTerminal) {
      this.#stream.write(`\r\u001B[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
    } else if (this.#now() - this.#lastLine >= SECONDS_BETWEEN_LINES * 1000) {
      this.say(line);
    }
  }
}
