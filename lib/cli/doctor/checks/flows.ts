import { randomUUID } from 'node:crypto';

import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { SRP_A } from '../../../module/startup/verify-set-up.js';
import { codeOf, type Connection } from '../connection.js';
import { fault, type Finding, ok, unanswered, warning } from '../finding.js';
import type { ClientDescription } from './client-description.js';

type Flow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH' | 'REFRESH_TOKEN_AUTH';

/** What Cognito answers to a flow that the app client does not allow. */
const REFUSED: ReadonlySet<MandateErrorCode | undefined> = new Set<MandateErrorCode>([
  'AUTH_FLOW_NOT_ENABLED',
  'AUTH_FLOW_UNSUPPORTED',
]);

/** What says nothing about a flow. */
const NO_ANSWER: ReadonlySet<MandateErrorCode | undefined> = new Set<MandateErrorCode>([
  'SERVICE_UNAVAILABLE',
  'SERVICE_FAULT',
  'TOO_MANY_REQUESTS',
]);

/** The answers to one sign-in each of a user who does not exist, and to a renewal by a token that was never issued. */
type Answers = Readonly<Record<Flow | 'renewal', MandateErrorCode | undefined>>;

/**
 * Which flows the app client allows, and whether it tells that a user does not exist. Each flow is asked for by an unsigned
 * request with a random name, which changes nothing.
 */
export async function checkFlows(
  connection: Connection,
  description: ClientDescription | undefined,
): Promise<Finding[]> {
  const answers = await askAll(connection);
  return [
    ...flows(answers),
    userExistence(answers, description),
    revocation(await askToRevoke(connection)),
    rotation(answers, description),
  ].filter((finding) => finding !== undefined);
}

const SIGN_IN_FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'] as const satisfies Flow[];

async function askAll(connection: Connection): Promise<Answers> {
  const asked = [...SIGN_IN_FLOWS, 'REFRESH_TOKEN_AUTH' as const].map(
    async (flow) => [flow, await ask(connection, flow)] as const,
  );
  const renewal = askToRenew(connection);
  return Object.fromEntries([...(await Promise.all(asked)), ['renewal', await renewal]]) as Answers;
}

async function ask({ client, appClient }: Connection, flow: Flow): Promise<MandateErrorCode | undefined> {
  const USERNAME = `mandate-doctor-${randomUUID()}`;
  const hash = await appClient.secretHash(USERNAME);
  const parameters: Readonly<Record<Flow, Record<string, string>>> = {
    USER_SRP_AUTH: { USERNAME, SRP_A },
    USER_PASSWORD_AUTH: { USERNAME, PASSWORD: randomUUID() },
    USER_AUTH: { USERNAME },
    CUSTOM_AUTH: { USERNAME },
    REFRESH_TOKEN_AUTH: { REFRESH_TOKEN: randomUUID() },
  };
  return codeOf(() =>
    client.send('InitiateAuth', {
      ClientId: appClient.clientId,
      AuthFlow: flow,
      AuthParameters: { ...parameters[flow], ...(hash === undefined ? {} : { SECRET_HASH: hash }) },
    }),
  );
}

function flows(answers: Answers): Finding[] {
  const unknown = SIGN_IN_FLOWS.filter((flow) => NO_ANSWER.has(answers[flow]));
  if (unknown.length > 0) {
    const isThrottled = unknown.every((flow) => answers[flow] === 'TOO_MANY_REQUESTS');
    return [unanswered('flows', `Cognito did not tell about ${unknown.join(', ')}.`, isThrottled)];
  }
  const allowed = SIGN_IN_FLOWS.filter((flow) => !REFUSED.has(answers[flow]));
  if (allowed.length === 0) {
    return [
      fault('flows', 'The app client allows no sign-in flow.', 'Add ALLOW_USER_SRP_AUTH to its ExplicitAuthFlows.'),
    ];
  }
  const refresh: Finding[] =
    REFUSED.has(answers.renewal) && REFUSED.has(answers.REFRESH_TOKEN_AUTH)
      ? [
          warning(
            'flows',
            'The app client does not allow to renew tokens.',
            'Add ALLOW_REFRESH_TOKEN_AUTH to its ExplicitAuthFlows, or turn refresh token rotation on.',
          ),
        ]
      : [];
  if (!allowed.includes('USER_SRP_AUTH')) {
    const remedy = `Add ALLOW_USER_SRP_AUTH to its ExplicitAuthFlows, or name another flow: authenticate({ flow: '${allowed[0] ?? ''}' }).`;
    return [
      warning(
        'flows',
        `The app client allows ${allowed.join(', ')}, and not USER_SRP_AUTH, which authenticate() uses by default.`,
        remedy,
      ),
      ...refresh,
    ];
  }
  return [ok('flows', `The app client allows ${allowed.join(', ')}.`), ...refresh];
}

function userExistence(answers: Answers, description: ClientDescription | undefined): Finding | undefined {
  const isTold = Object.values(answers).includes('USER_NOT_FOUND');
  const setting = description?.PreventUserExistenceErrors;
  if (isTold || (setting !== undefined && setting !== 'ENABLED')) {
    return warning(
      'user-existence',
      'The app client tells everybody which users exist.',
      'Set its PreventUserExistenceErrors to ENABLED.',
    );
  }
  const asked = [answers.USER_SRP_AUTH, answers.USER_PASSWORD_AUTH].some(
    (code) => !REFUSED.has(code) && !NO_ANSWER.has(code),
  );
  return asked || setting === 'ENABLED'
    ? ok('user-existence', 'The app client does not tell which users exist.')
    : undefined;
}

async function askToRevoke({ client, appClient }: Connection): Promise<MandateErrorCode | undefined> {
  const ClientSecret = await appClient.secret();
  return codeOf(() =>
    client.send('RevokeToken', {
      ClientId: appClient.clientId,
      Token: randomUUID(),
      ...(ClientSecret !== undefined && { ClientSecret }),
    }),
  );
}

function revocation(code: MandateErrorCode | undefined): Finding | undefined {
  if (code === 'TOKEN_REVOCATION_NOT_ENABLED') {
    return warning(
      'token-revocation',
      'The app client does not revoke tokens: a logout of one device ends nothing at Cognito.',
      'Set its EnableTokenRevocation to true.',
    );
  }
  return NO_ANSWER.has(code) ? undefined : ok('token-revocation', 'The app client revokes tokens.');
}

async function askToRenew({ client, appClient }: Connection): Promise<MandateErrorCode | undefined> {
  const ClientSecret = await appClient.secret();
  return codeOf(() =>
    client.send('GetTokensFromRefreshToken', {
      ClientId: appClient.clientId,
      RefreshToken: randomUUID(),
      ...(ClientSecret !== undefined && { ClientSecret }),
    }),
  );
}

/** The flow of clients without rotation is refused where it is on. */
function rotation(
  { REFRESH_TOKEN_AUTH: code }: Answers,
  description: ClientDescription | undefined,
): Finding | undefined {
  const { Feature, RetryGracePeriodSeconds = 0 } = description?.RefreshTokenRotation ?? {};
  if (Feature === 'ENABLED' && RetryGracePeriodSeconds === 0) {
    return warning(
      'refresh-token-rotation',
      'Refresh tokens are rotated without a grace period: an answer that is lost costs the user the sign-in.',
      'Set RetryGracePeriodSeconds of the app client to 60.',
    );
  }
  if (Feature === 'ENABLED' || code === 'RENEWAL_METHOD_UNSUPPORTED') {
    return ok('refresh-token-rotation', 'Refresh tokens are rotated: each works once.');
  }
  const isKnown = description !== undefined || !(REFUSED.has(code) || NO_ANSWER.has(code));
  return isKnown
    ? ok('refresh-token-rotation', 'Refresh tokens are not rotated: each works until it expires.')
    : undefined;
}
