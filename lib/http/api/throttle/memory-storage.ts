// Loaded late: @nestjs/throttler is optional.
import { ThrottlerStorageService } from '@nestjs/throttler';

import type { AuthApiThrottleStorage } from './throttle-options.js';

/** A storage that ends its timers. */
interface StoppableStorage extends AuthApiThrottleStorage {
  onApplicationShutdown(): void;
}

/** Creates the storage of @nestjs/throttler, which counts in the memory of this process. */
export function createMemoryStorage(): StoppableStorage {
  return new ThrottlerStorageService();
}
