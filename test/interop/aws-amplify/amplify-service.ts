import type { LocalCognitoOptions, LocalPoolOptions, MessageFilter } from '../../../lib/testing/index.js';
import { type LocalService, startLocalService } from '../../local/local-service.js';
import type { operations } from '../peers/aws-amplify.mjs';
import { usePeer } from '../peers/peer.js';

export const PASSWORD = 'Correct-Horse-9';
export const EMAIL = 'ann@example.com';
export const PHONE = '+15555550100';
/** A confirmed user with a verified e-mail address and phone number. */
export const ANN = { username: 'ann', password: PASSWORD, attributes: { email: EMAIL, phone_number: PHONE } };

export const SMS_CONFIGURATION = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' };

/** Amplify, as it is published, for the tests of this file. */
export const amplify = usePeer<typeof operations>('aws-amplify.mjs');

/** An embedded Cognito that the one Amplify is configured for. */
export interface AmplifyService extends LocalService {
  /** The newest code that went somewhere. */
  readonly code: (filter?: MessageFilter) => string;
}

/** Starts a pool and points Amplify at it. */
export async function startAmplify(
  pool: Omit<LocalPoolOptions, 'name'> = {},
  options: Pick<LocalCognitoOptions, 'issuer'> = {},
): Promise<AmplifyService> {
  const service = await startLocalService({ ...options, pools: [{ name: 'default', ...pool }] });
  await amplify.configure({
    userPoolId: service.cognito.pool().id,
    userPoolClientId: service.cognito.pool().client('public').id,
    userPoolEndpoint: service.cognito.endpoint,
  });
  return {
    ...service,
    code: (filter) => service.cognito.outbox.latest(filter)?.code ?? '',
    stop: async () => {
      await amplify.signOut();
      await service.stop();
    },
  };
}

/** The claims of who is signed in now; undefined when nobody is. */
export async function signedInAs(): Promise<Record<string, unknown> | undefined> {
  return (await amplify.fetchTokens()).idToken?.payload;
}
