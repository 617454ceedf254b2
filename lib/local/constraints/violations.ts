import { type CognitoFault, invalidParameter, MAX_MESSAGE_LENGTH } from '../engine/cognito-fault.js';
import { printedValue } from './printed-value.js';

/** The violated constraints of one request, in the order of its members. */
export class Violations {
  private count = 0;
  private length = 0;
  private readonly texts: string[] = [];
  private readonly path: string[] = [];

  /** Runs checks for what is inside a member. */
  within(segment: string, check: () => void): void {
    this.path.push(segment);
    check();
    this.path.pop();
  }

  /** Adds a violation of the member at hand. Past the limit it is counted and not written. */
  add(value: unknown, constraint: string, isSensitive: boolean): void {
    this.count += 1;
    const left = MAX_MESSAGE_LENGTH - this.length;
    if (left <= 0) {
      return;
    }
    const shown = isSensitive ? '' : ` ${value === undefined || value === null ? 'null' : quoted(value, left)}`;
    const text = `Value${shown} at '${this.path.join('.')}' failed to satisfy constraint: ${constraint}`;
    this.length += text.length;
    this.texts.push(text);
  }

  /** The error of the service for all violations. `undefined` if there are none. */
  fault(): CognitoFault | undefined {
    if (this.count === 0) {
      return undefined;
    }
    const noun = this.count === 1 ? 'error' : 'errors';
    const left = this.count > this.texts.length ? ['…'] : [];
    return invalidParameter(`${this.count} validation ${noun} detected: ${[...this.texts, ...left].join('; ')}`);
  }
}

function quoted(value: unknown, limit: number): string {
  return `'${printedValue(value, limit)}'`;
}
