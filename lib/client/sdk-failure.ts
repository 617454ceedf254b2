import {
  CognitoCredentialsError,
  CognitoServiceError,
  CognitoUnavailableError,
} from '../errors/cognito-service-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { isObject } from '../types/is-object.js';

/** The members of the SDK's errors that matter here; each may be missing. */
export interface SdkFailure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly syscall?: string;
  /** Of an AggregateError. */
  readonly errors?: readonly unknown[];
  readonly $fault?: 'client' | 'server';
  /** Hidden from plain output, but a dump of its body leads to the request. */
  readonly $response?: { body?: unknown };
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** The SDK's names for an error response without an exception's name. */
const NAMELESS: ReadonlySet<string | undefined> = new Set([undefined, 'Error', 'Unknown', 'UnknownError']);

/** The SDK's name for missing credentials. */
export const CREDENTIALS_FAILURE = 'CredentialsProviderError';

/** The name of the failure when the application provides half of the AWS credentials. */
export const CREDENTIALS_INCOMPLETE = 'CredentialsIncompleteError';

/** The codes that OpenSSL and Node.js give to a certificate that is not accepted. */
const CERTIFICATE_CODES = /^(CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|SELF_SIGNED_|UNABLE_TO_)/;

/** Whether the error code is that of a certificate that is not accepted. */
export function isCertificateFailure(code: string | undefined): boolean {
  return code !== undefined && CERTIFICATE_CODES.test(code);
}

/** Reads anything that the SDK threw. */
export function readSdkFailure(thrown: unknown): SdkFailure {
  return isObject(thrown) ? thrown : {};
}

/** Translates anything that the SDK threw into an error of this package. */
export function translateFailure(operation: string, thrown: unknown): MandateError {
  if (thrown instanceof MandateError) {
    return thrown;
  }
  const failure = readSdkFailure(thrown);
  if (failure.$response !== undefined) {
    // It has been read. The object refers to the request with its password, tokens and signature.
    failure.$response.body = undefined;
  }
  if (failure.name === CREDENTIALS_FAILURE) {
    return new CognitoCredentialsError(operation, { cause: thrown });
  }
  if (failure.name === CREDENTIALS_INCOMPLETE) {
    const remedy = 'The option "credentials" must lead to a non-empty "accessKeyId" and "secretAccessKey".';
    return new MandateError('AWS_CREDENTIALS_INVALID', `${operation}: The AWS credentials are incomplete. ${remedy}`);
  }
  if (failure.$fault !== undefined && !NAMELESS.has(failure.name)) {
    return translateException(operation, failure, thrown);
  }
  const status = failure.$metadata?.httpStatusCode;
  if (status !== undefined) {
    // The SDK's error quotes the unreadable response, which may hold tokens, so it is not passed on as the cause.
    return new CognitoUnavailableError(operation, `The response from Cognito is unreadable (HTTP status ${status}).`);
  }
  if (failure.name === 'AbortError' || failure.name === 'TimeoutError') {
    return new CognitoUnavailableError(operation, timeoutReason(failure), { cause: thrown });
  }
  if (failure.code === undefined && (thrown instanceof TypeError || thrown instanceof RangeError)) {
    // Nothing was sent: a member of the request has a type that cannot be serialized. This is not an outage.
    return new MandateError('ARGUMENT_INVALID', `${operation}: The request cannot be serialized. Check its types.`, {
      cause: thrown,
    });
  }
  if (isCertificateFailure(failure.code)) {
    const reason = `The certificate of Cognito, or of a proxy in between, is not trusted (${failure.code}).`;
    const remedy = 'Set NODE_EXTRA_CA_CERTS to the certificate of your own authority, or the option "requestHandler".';
    return new CognitoUnavailableError(operation, `${reason} ${remedy}`, { cause: thrown });
  }
  const detail = failure.code === undefined ? '' : ` (${failure.code})`;
  return new CognitoUnavailableError(operation, `Cognito is unreachable${detail}.`, { cause: thrown });
}

function translateException(operation: string, failure: SdkFailure, cause: unknown): MandateError {
  const exception = failure.name ?? 'Unknown';
  return new CognitoServiceError(
    { operation, exception, text: failure.message ?? exception, requestId: failure.$metadata?.requestId },
    { cause },
  );
}

/** The SDK calls every broken connection a TimeoutError; the error code of Node.js distinguishes them. */
function timeoutReason({ code }: SdkFailure): string {
  return code === undefined || code === 'ETIMEDOUT'
    ? 'Cognito did not answer in time.'
    : `The connection to Cognito was lost (${code}).`;
}
