// Loaded late: @nestjs/throttler is optional.
import { ThrottlerStorageService } from '@nestjs/throttler';

import type { AuthApiThrottleStorage, StoppableStorage } from './throttle-options.js';

/** Keys that are counted at once: about 40 MB. */
const CAPACITY = 50_000;

/**
 * The storage of @nestjs/throttler, which counts in the memory of this process, with a bound. When it is full it starts
 * again: whoever fills it has been answered as many calls by then as it holds keys, and gains less than that.
 */
class MemoryStorage implements StoppableStorage {
  #counts = new ThrottlerStorageService();

  constructor(private readonly capacity: number) {}

  async increment(
    ...[key, ...limits]: Parameters<AuthApiThrottleStorage['increment']>
  ): ReturnType<AuthApiThrottleStorage['increment']> {
    const { storage } = this.#counts;
    if (storage.size >= this.capacity && !storage.has(key)) {
      this.stop();
      this.#counts = new ThrottlerStorageService();
    }
    return this.#counts.increment(key, ...limits);
  }

  stop(): void {
    this.#counts.onApplicationShutdown();
  }
}

/** Creates a storage that counts in the memory of this process. */
export function createMemoryStorage(capacity = CAPACITY): StoppableStorage {
  return new MemoryStorage(capacity);
}
