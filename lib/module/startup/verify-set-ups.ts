import type { LoggerService } from '@nestjs/common';

import { DEFAULT_POOL } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { type VerifiedRegistration, verifySetUp } from './verify-set-up.js';

/**
 * Compares the options of registrations with what Cognito answers. What could not be checked is logged.
 *
 * @throws MandateConfigurationError naming all faults of all registrations.
 */
export async function verifySetUps(
  registrations: readonly VerifiedRegistration[],
  logger: Pick<LoggerService, 'warn'>,
): Promise<void> {
  const findings = await Promise.all(
    registrations.map(async (registration) => ({ pool: registration.pool, ...(await verifySetUp(registration)) })),
  );
  for (const { pool, unchecked } of findings) {
    for (const sentence of unchecked) {
      logger.warn(`Pool "${pool}": verifySetup could not check everything. ${sentence}`);
    }
  }
  const [first, ...others] = findings.flatMap(({ pool, faults }) =>
    pool === DEFAULT_POOL ? faults : faults.map((fault) => ofPool(pool, fault)),
  );
  if (first !== undefined) {
    throw MandateConfigurationError.ofAll([first, ...others]);
  }
}

/** Names the registration: several may have a fault of the same option. */
function ofPool(pool: string, { option, message, cause }: MandateConfigurationError): MandateConfigurationError {
  const requirement = message.slice(`Option "${option}" `.length).replace(/\.$/, '');
  return new MandateConfigurationError(option, `of the registration "${pool}" ${requirement}`, { cause });
}
