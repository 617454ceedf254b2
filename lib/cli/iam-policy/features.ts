import type { OperationName } from '../../client/operations.js';
import { UsageError } from '../usage-error.js';
import { METHOD_OPERATIONS, methodName, OTHER_OPERATIONS } from './method-operations.js';

/** The operations of each feature: a family, one of its methods, or what else needs AWS credentials. */
const FEATURES: ReadonlyMap<string, readonly OperationName[]> = new Map([
  ...Object.entries(METHOD_OPERATIONS).flatMap(([family, methods]) => [
    [family, Object.values(methods).flat()] as const,
    ...Object.entries(methods).map(([method, operations]) => [methodName(family, method), operations] as const),
  ]),
  ...Object.entries(OTHER_OPERATIONS),
]);

/** The families, and what else needs AWS credentials. */
export const FEATURE_NAMES = [...Object.keys(METHOD_OPERATIONS), ...Object.keys(OTHER_OPERATIONS)];

/**
 * The operations of some features, sorted.
 *
 * @param list - names with commas between them. Default: all methods of `CognitoAdminService`.
 * @throws UsageError for an unknown one.
 */
export function operationsOf(list = Object.keys(METHOD_OPERATIONS).join(',')): OperationName[] {
  const names = list.split(',').map((name) => name.trim().replace(/^admin\./, ''));
  return [...new Set(names.flatMap(operationsOfFeature))].sort();
}

function operationsOfFeature(name: string): readonly OperationName[] {
  const operations = FEATURES.get(name);
  if (operations === undefined) {
    throw new UsageError(
      `--features does not know "${name}". It knows ${FEATURE_NAMES.join(', ')}, and the methods of CognitoAdminService, such as createUser or groups.addUser.`,
    );
  }
  return operations;
}
