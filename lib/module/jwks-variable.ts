import { MandateConfigurationError } from '../errors/configuration-error.js';
import type { JsonWebKeySet } from '../tokens/keys/json-web-key-set.js';
import type { OptionRule } from './rule-builders.js';

/** The environment variable of the Python library: the key set as JSON, for processes that must not fetch anything. */
const VARIABLE = 'COGNITO_JWKS';

/** Process environment, or a stand-in for it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a key set from the environment.
 *
 * @returns undefined if the variable is not set or empty.
 * @throws MandateConfigurationError if its value is not a key set.
 */
export function jwksFromEnvironment(environment: Environment, keySet: OptionRule): JsonWebKeySet | undefined {
  const json = environment[VARIABLE];
  if (json === undefined || json === '') {
    return undefined;
  }
  const jwks = parse(json);
  const fault = keySet(jwks);
  if (fault !== undefined) {
    throw new MandateConfigurationError(
      'jwks',
      `${fault.requirement} (read from the environment variable ${VARIABLE})`,
    );
  }
  return jwks as JsonWebKeySet;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Without the cause: its message quotes the text.
    return null;
  }
}
