import {
  CognitoCredentialsError,
  CognitoServiceError,
  CognitoUnavailableError,
} from '../errors/cognito-service-error.js';
import { MandateError } from '../errors/mandate-error.js';

/** The parts of the SDK's errors that matter here; all of them may be missing. */
interface SdkFailure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** The SDK's name for an answer in which it found no exception. */
const NAMELESS: ReadonlySet<string | undefined> = new Set([undefined, 'Error', 'Unknown', 'UnknownError']);

/** The SDK's name for a failure to find credentials. */
export const CREDENTIALS_FAILURE = 'CredentialsProviderError';

/** Turns whatever the SDK threw into an error of this package. */
export function translateFailure(operation: string, thrown: unknown): MandateError {
  if (thrown instanceof MandateError) {
    return thrown;
  }
  const failure = typeof thrown === 'object' && thrown !== null ? (thrown as SdkFailure) : {};
  if (failure.name === CREDENTIALS_FAILURE) {
    return new CognitoCredentialsError(operation, { cause: thrown });
  }
  if (failure.$fault !== undefined && !NAMELESS.has(failure.name)) {
    return translateException(operation, failure, thrown);
  }
  const status = failure.$metadata?.httpStatusCode;
  if (status !== undefined) {
    // The SDK's error quotes what it could not read, which may hold tokens; so it is not passed on as the cause.
    return new CognitoUnavailableError(operation, `the answer cannot be read (HTTP status ${status}).`);
  }
  if (failure.name === 'AbortError' || failure.name === 'TimeoutError') {
    return new CognitoUnavailableError(operation, timeoutReason(failure), { cause: thrown });
  }
  if (failure.code === undefined && (thrown instanceof TypeError || thrown instanceof RangeError)) {
    // Nothing was sent: a member of the request has a type that cannot be written. No outage.
    return new MandateError('ARGUMENT_INVALID', `${operation}: the request cannot be written; check its types.`, {
      cause: thrown,
    });
  }
  const detail = failure.code === undefined ? '' : ` (${failure.code})`;
  return new CognitoUnavailableError(operation, `Cognito cannot be reached${detail}.`, { cause: thrown });
}

function translateException(operation: string, failure: SdkFailure, cause: unknown): MandateError {
  const exception = failure.name ?? 'Unknown';
  return new CognitoServiceError(
    { operation, exception, text: failure.message ?? exception, requestId: failure.$metadata?.requestId },
    { cause },
  );
}

/** The SDK calls every broken connection a TimeoutError; the code of Node.js tells them apart. */
function timeoutReason({ code }: SdkFailure): string {
  return code === undefined || code === 'ETIMEDOUT'
    ? 'Cognito did not answer in time.'
    : `the connection to Cognito broke (${code}).`;
}
