import { within } from '../../time/within.js';
import { checkClient } from './checks/client.js';
import { checkDescription, describeClient } from './checks/client-description.js';
import { checkEndpoint } from './checks/endpoint.js';
import { checkFlows } from './checks/flows.js';
import { checkManagedLogin } from './checks/managed-login.js';
import { checkOptions } from './checks/options.js';
import { checkPermissions } from './checks/permissions.js';
import { checkSessionSecret } from './checks/session-secret.js';
import { checkVersions } from './checks/versions.js';
import { type Connection, connect } from './connection.js';
import { type CheckName, fault, type Finding, skipped } from './finding.js';
import type { DoctorSettings } from './settings.js';

/** Milliseconds for all checks together. */
const DEADLINE = 45_000;

/**
 * Runs all checks that the settings allow, in the order in which a reader would repair.
 *
 * @param deadline - milliseconds after which the remaining checks are given up, which is a fault. Default: 45,000 ms.
 */
export async function runChecks(settings: DoctorSettings, deadline = DEADLINE): Promise<Finding[]> {
  const { findings, options } = checkOptions(settings);
  const local = [...checkVersions(settings.directory), ...findings, ...checkSessionSecret(settings)];
  if (options === undefined) {
    return [...local, skipped('endpoint', 'Cognito is not asked, because options are missing or invalid.')];
  }
  const connection = connect(settings, options);
  const found: Finding[] = [];
  try {
    await within(deadline, askCognito(connection, found), () => new DeadlineError());
  } catch (error) {
    if (!(error instanceof DeadlineError)) {
      throw error;
    }
    found.push(
      fault(
        'endpoint',
        'The endpoint is too slow: not all checks have ended.',
        'Check the network and COGNITO_ENDPOINT, and run this again.',
      ),
    );
  } finally {
    connection.client.destroy();
  }
  return [...local, ...found];
}

class DeadlineError extends Error {}

/** Adds what is found as it is found, so that a report has it even if a later check does not end. */
async function askCognito(connection: Connection, found: Finding[]): Promise<void> {
  const { findings, isReachable } = await checkEndpoint(connection);
  found.push(...findings);
  if (!isReachable) {
    return;
  }
  const client = await checkClient(connection);
  found.push(...client);
  if (hasFault(client, 'client')) {
    return;
  }
  const description = await describeClient(connection);
  const described = checkDescription(connection, description);
  found.push(...(await checkFlows(connection, description)), ...described);
  found.push(...(await checkManagedLogin(connection, hasFault(described, 'managed-login'))));
  found.push(...(await checkPermissions(connection)));
}

function hasFault(findings: readonly Finding[], name: CheckName): boolean {
  return findings.some(({ check, status }) => check === name && status === 'fault');
}
