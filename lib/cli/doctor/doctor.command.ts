import type { Command } from '../command.js';
import { docsUrlOfCheck, type Finding, type FindingStatus } from './finding.js';
import { runChecks } from './run-checks.js';
import { DOCTOR_OPTIONS, readSettings } from './settings.js';

/** `mandate doctor`: compares a configuration with what Cognito answers. */
export const doctorCommand: Command = {
  description:
    'Checks the configuration of an application against Amazon Cognito or an embedded one, and says what is wrong and what to do. It changes nothing: it asks about users who do not exist. Exit code 1 if there is a fault.',
  options: DOCTOR_OPTIONS,
  notes:
    'The client secret is read from COGNITO_CLIENT_SECRET, and the session secret from SESSION_SECRET; neither is printed. AWS credentials are those of the environment: AWS_ACCESS_KEY_ID, AWS_PROFILE and others of the AWS SDK.',
  run: async (values, terminal) => {
    const findings = await runChecks(readSettings(values, terminal));
    terminal.print(values['json'] === true ? asJson(findings) : asText(findings));
    return count(findings, 'fault') === 0 ? 0 : 1;
  },
};

function asText(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ check, status, message, remedy }) =>
      `${status.padEnd(7)}  ${check}: ${message}${remedy === undefined ? '' : ` ${remedy} See ${docsUrlOfCheck(check)}`}`,
  );
  return [
    ...lines,
    '',
    `${plural(count(findings, 'fault'), 'fault')}, ${plural(count(findings, 'warning'), 'warning')}.`,
  ].join('\n');
}

function asJson(findings: readonly Finding[]): string {
  return JSON.stringify(
    {
      faults: count(findings, 'fault'),
      warnings: count(findings, 'warning'),
      findings: findings.map((finding) => ({ ...finding, docsUrl: docsUrlOfCheck(finding.check) })),
    },
    undefined,
    2,
  );
}

function count(findings: readonly Finding[], status: FindingStatus): number {
  return findings.filter((finding) => finding.status === status).length;
}

function plural(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
