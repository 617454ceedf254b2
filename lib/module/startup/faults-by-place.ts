import { MandateConfigurationError } from '../../errors/configuration-error.js';

/** Gathers the faults of decorators: those that have the same explanation become one, which names all places. */
export class FaultsByPlace {
  readonly #faults = new Map<string, Map<string, Set<string>>>();

  /**
   * @param decorator - with its sign, such as `@Groups`.
   * @param place - the handler, such as `CatsController.find`.
   * @param explanation - the rest of the sentence, without the full stop.
   */
  add(decorator: string, place: string, explanation: string): void {
    const decorators = this.#faults.get(explanation) ?? new Map<string, Set<string>>();
    decorators.set(decorator, (decorators.get(decorator) ?? new Set()).add(place));
    this.#faults.set(explanation, decorators);
  }

  /** One error for each explanation. */
  errors(): MandateConfigurationError[] {
    return [...this.#faults].map(([explanation, decorators]) => {
      const [first = ''] = decorators.keys();
      const places = [...decorators].map(([decorator, names]) => `${decorator} at ${[...names].join(', ')}`).join(', ');
      return new MandateConfigurationError(first, `${places.slice(first.length + 1)} ${explanation}`);
    });
  }
}
