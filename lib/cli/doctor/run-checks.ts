import { checkClient } from './checks/client.js';
import { checkDescription, describeClient } from './checks/client-description.js';
import { checkEndpoint } from './checks/endpoint.js';
import { checkFlows } from './checks/flows.js';
import { checkManagedLogin } from './checks/managed-login.js';
import { checkOptions } from './checks/options.js';
import { checkPermissions } from './checks/permissions.js';
import { checkSessionSecret } from './checks/session-secret.js';
import { checkVersions } from './checks/versions.js';
import { connect } from './connection.js';
import { type CheckName, type Finding, skipped } from './finding.js';
import type { DoctorSettings } from './settings.js';

/** Runs all checks that the settings allow, in the order in which a reader would repair. */
export async function runChecks(settings: DoctorSettings): Promise<Finding[]> {
  const { findings, options } = checkOptions(settings);
  const local = [...checkVersions(settings.directory), ...findings, ...checkSessionSecret(settings)];
  if (options === undefined) {
    return [...local, skipped('endpoint', 'Cognito is not asked, because options are missing or invalid.')];
  }
  const connection = connect(settings, options);
  try {
    const { findings: reached, isReachable } = await checkEndpoint(connection);
    if (!isReachable) {
      return [...local, ...reached];
    }
    const client = await checkClient(connection);
    if (hasFault(client, 'client')) {
      return [...local, ...reached, ...client];
    }
    const description = await describeClient(connection);
    const described = checkDescription(connection, description);
    return [
      ...local,
      ...reached,
      ...client,
      ...(await checkFlows(connection, description)),
      ...described,
      ...(await checkManagedLogin(connection, hasFault(described, 'managed-login'))),
      ...(await checkPermissions(connection)),
    ];
  } finally {
    connection.client.destroy();
  }
}

function hasFault(findings: readonly Finding[], name: CheckName): boolean {
  return findings.some(({ check, status }) => check === name && status === 'fault');
}
