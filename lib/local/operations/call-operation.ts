import { CognitoFault } from '../engine/cognito-fault.js';
import { checkMembers } from './member-check.js';
import type { CallContext } from './operation.js';
import { isNotHereYet, OPERATIONS } from './operation-table.js';

/** An operation with its types forgotten: `checkMembers` has made sure of the input. */
interface AnyOperation {
  readonly members: Parameters<typeof checkMembers>[1];
  readonly handle: (environment: CallContext['environment'], input: unknown, call: CallContext) => unknown;
}

/**
 * Answers one call.
 *
 * @throws CognitoFault what the service would answer; UnsupportedOperationException for an operation that the embedded
 *   Cognito does not have yet, UnknownOperationException for one that nobody has.
 */
export async function callOperation(
  name: string,
  input: Readonly<Record<string, unknown>>,
  call: CallContext,
): Promise<object> {
  if (isNotHereYet(name)) {
    throw new CognitoFault('UnsupportedOperationException', `The embedded Cognito does not have ${name} yet.`);
  }
  if (!Object.hasOwn(OPERATIONS, name)) {
    throw new CognitoFault('UnknownOperationException');
  }
  const operation = OPERATIONS[name as keyof typeof OPERATIONS] as unknown as AnyOperation;
  checkMembers(input, operation.members);
  return (await operation.handle(call.environment, input, call)) ?? {};
}
