import { verifySetUp } from '../../../module/startup/verify-set-up.js';
import type { Connection } from '../connection.js';
import { type CheckName, fault, type Finding, ok, unanswered } from '../finding.js';

/** The options whose faults are about the signing keys. */
const OF_KEYS: ReadonlySet<string> = new Set(['issuer', 'jwksUri']);

/** The signing keys, the app client and its secret: what the option `verifySetup` checks at the start. */
export async function checkClient({ options, appClient }: Connection): Promise<Finding[]> {
  // Privileged calls are made by the checks after this one.
  const { faults, unchecked } = await verifySetUp({
    pool: options.userPoolId,
    options: { ...options, credentials: undefined },
    appClient,
  });
  const findings = [
    ...faults.map(({ option, message }) => fault(OF_KEYS.has(option) ? 'keys' : 'client', message, remedyOf(option))),
    ...unchecked.map((sentence) =>
      unanswered(sentence.includes('keys') ? 'keys' : 'client', sentence, sentence.startsWith('TOO_MANY_REQUESTS')),
    ),
  ];
  const isOpen = (check: CheckName): boolean => findings.every((finding) => finding.check !== check);
  // A pool that is not there has no keys either.
  const hasPool = faults.every(({ option }) => option !== 'userPoolId');
  return [
    ...(isOpen('keys') && hasPool ? [ok('keys', 'The signing keys are there.')] : []),
    ...(isOpen('client') ? [ok('client', describeClient(appClient.hasSecret))] : []),
    ...findings,
  ];
}

function describeClient(hasSecret: boolean): string {
  return `The app client exists, and ${hasSecret ? 'the secret is right' : 'needs no secret'}.`;
}

function remedyOf(option: string): string {
  switch (option) {
    case 'clientSecret':
      return 'Set COGNITO_CLIENT_SECRET to the secret that the app client shows in the console, or remove the variable if it shows none.';
    case 'clientId':
      return 'Copy the id of the app client from the console.';
    case 'userPoolId':
      return 'Copy the id of the user pool from the console.';
    default:
      return `Correct the option "${option}".`;
  }
}
