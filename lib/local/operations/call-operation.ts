import { checkRequest } from '../constraints/check-request.js';
import { knownMembers } from '../constraints/known-members.js';
import { CognitoFault } from '../engine/cognito-fault.js';
import type { CallContext } from './operation.js';
import { OPERATIONS } from './operation-table.js';
import { openPageToken, sealPageToken } from './page-token.js';
import { recordCall } from './record-call.js';

/** An operation without its types. `checkRequest` validates the input at run time. */
interface AnyOperation {
  readonly handle: (
    environment: CallContext['environment'],
    input: unknown,
    call: CallContext,
  ) => Promise<object | undefined> | object | undefined;
}

/**
 * Validates the request and runs the operation.
 *
 * @throws CognitoFault UnknownOperationException for an operation that Cognito does not have, and the exceptions of the
 *   operation itself.
 */
export async function callOperation(
  name: string,
  given: Readonly<Record<string, unknown>>,
  call: CallContext,
): Promise<object> {
  if (!Object.hasOwn(OPERATIONS, name)) {
    throw new CognitoFault('UnknownOperationException');
  }
  const operation = OPERATIONS[name as keyof typeof OPERATIONS] as unknown as AnyOperation;
  checkRequest(name, given);
  const input = knownMembers(name, given);
  const paged = { operation: name, input, now: call.environment.clock() };
  const output = await recordCall(
    name,
    input,
    call,
    async () => (await operation.handle(call.environment, openPageToken(paged), call)) ?? {},
  );
  return sealPageToken(output, paged);
}
