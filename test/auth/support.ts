import type { ArgumentsHost } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/internal';

/** A call as Nest hands it to guards and filters, over any transport. */
export function hostOf(type: string, ...args: unknown[]): ArgumentsHost {
  const host = new ExecutionContextHost(args);
  host.setType(type);
  return host;
}
