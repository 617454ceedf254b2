import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signOut } from 'aws-amplify/auth';

import type { LocalPoolOptions, MessageFilter } from '../../../lib/testing/index.js';
import { type LocalService, startLocalService } from '../../local/local-service.js';

export const PASSWORD = 'Correct-Horse-9';
export const EMAIL = 'ann@example.com';
export const PHONE = '+15555550100';
/** A confirmed user with a verified e-mail address and phone number. */
export const ANN = { username: 'ann', password: PASSWORD, attributes: { email: EMAIL, phone_number: PHONE } };

export const SMS_CONFIGURATION = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' };

/** An embedded Cognito that the one Amplify of this process is configured for. */
export interface AmplifyService extends LocalService {
  /** The newest code that went somewhere. */
  readonly code: (filter?: MessageFilter) => string;
}

/** Starts a pool and points Amplify, as it is published, at it. */
export async function startAmplify(pool: Omit<LocalPoolOptions, 'name'> = {}): Promise<AmplifyService> {
  const service = await startLocalService({ pools: [{ name: 'default', ...pool }] });
  // Amplify warns about every endpoint that is not AWS's own.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: service.cognito.pool().id,
        userPoolClientId: service.cognito.pool().client('public').id,
        userPoolEndpoint: service.cognito.endpoint,
      },
    },
  });
  return {
    ...service,
    code: (filter) => service.cognito.outbox.latest(filter)?.code ?? '',
    stop: async () => {
      await signOut();
      await service.stop();
      jest.restoreAllMocks();
    },
  };
}

/** The claims of who is signed in now; undefined when nobody is. */
export async function signedInAs(): Promise<Record<string, unknown> | undefined> {
  return (await fetchAuthSession()).tokens?.idToken?.payload;
}
