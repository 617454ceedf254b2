import type { RevocationStore } from '../../../lib/tokens/revocation/revocation-store.js';

/** A store that records the reads, and can be made to fail in all the ways that stores have. */
export class ProbedStore implements RevocationStore {
  readonly values = new Map<string, number>();
  readonly lifetimes = new Map<string, number | undefined>();
  readonly reads: string[][] = [];
  /** `reject` fails, `swallow` does nothing and returns nothing, `hang` never answers. */
  mode: 'work' | 'reject' | 'swallow' | 'hang' = 'work';

  async get(key: string): Promise<number | undefined> {
    return (await this.getMany([key]))[0];
  }

  async getMany(keys: string[]): Promise<(number | undefined)[]> {
    this.reads.push(keys);
    return this.as(
      () => keys.map((key) => this.values.get(key)),
      keys.map(() => undefined),
    );
  }

  async set(key: string, value: number, ttl?: number): Promise<boolean> {
    return this.as(() => {
      this.values.set(key, value);
      this.lifetimes.set(key, ttl);
      return true;
    }, false);
  }

  /** The keys of the entries, without the sentinel. */
  get entries(): string[] {
    return [...this.values.keys()].filter((key) => !key.endsWith(':sentinel'));
  }

  private async as<T>(work: () => T, nothing: T): Promise<T> {
    switch (this.mode) {
      case 'work':
        return Promise.resolve(work());
      case 'swallow':
        return Promise.resolve(nothing);
      case 'reject':
        return Promise.reject(new Error('connection lost'));
      case 'hang':
        return new Promise(() => undefined);
    }
  }
}
