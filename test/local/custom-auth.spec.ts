import {
  AdminSetUserMFAPreferenceCommand,
  type InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';

import { createClientKeyPair } from '../../lib/protocol/srp/client.js';
import type { CustomChallengeResult, DefineAuthChallengeEvent, Trigger, Triggers } from '../../lib/testing/index.js';
import { AuthClient } from './auth-client.js';
import { createUser } from './create-user.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';
const RIDDLE = 'What has keys but opens no door?';
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const TRIES = 3;

type Decision = Partial<DefineAuthChallengeEvent['response']>;

/** Allows three answers to a riddle. If the sign-in began with SRP, the password comes first. */
function decide(session: readonly CustomChallengeResult[]): Decision {
  const last = session.at(-1);
  const answers = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
  if (last?.challengeName === 'SRP_A') {
    return { challengeName: 'PASSWORD_VERIFIER' };
  }
  if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
    return { issueTokens: true };
  }
  return answers.length < TRIES ? { challengeName: 'CUSTOM_CHALLENGE' } : { failAuthentication: true };
}

function riddleTriggers(): Triggers {
  return {
    defineAuthChallenge: (event) => ({ ...event, response: { ...event.response, ...decide(event.request.session) } }),
    createAuthChallenge: (event) => {
      event.response.publicChallengeParameters = { riddle: RIDDLE };
      event.response.privateChallengeParameters = { answer: 'a piano' };
      event.response.challengeMetadata = `TRY_${event.request.session.length}`;
      return event;
    },
    verifyAuthChallengeResponse: (event) => {
      event.response.answerCorrect =
        event.request.challengeAnswer === event.request.privateChallengeParameters['answer'];
      return event;
    },
  };
}

describe('CUSTOM_AUTH', () => {
  let service: LocalService;
  const triggers: Triggers = {};

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'custom',
          triggers,
          mfa: { MfaConfiguration: 'OPTIONAL', ...SMS },
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            { name: 'discreet', PreventUserExistenceErrors: 'ENABLED' },
            { name: 'custom-only', ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] },
            { name: 'no-custom', ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
          ],
          users: [{ username: 'unconfirmed', password: PASSWORD, status: 'UNCONFIRMED' }],
        },
        { name: 'without-triggers' },
      ],
    });
  });

  afterAll(() => service.stop());

  beforeEach(() => {
    Object.assign(triggers, riddleTriggers());
  });

  const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
  const unrecognizable = { name: 'InvalidLambdaResponseException', message: 'Unrecognizable lambda output' };

  function start(client: AuthClient, username: string): Promise<InitiateAuthCommandOutput> {
    return client.initiate('CUSTOM_AUTH', { USERNAME: username });
  }

  async function startWithSrp(client: AuthClient, username: string) {
    const keyPair = createClientKeyPair();
    const challenge = await client.initiate('CUSTOM_AUTH', {
      USERNAME: username,
      SRP_A: keyPair.publicHex,
      CHALLENGE_NAME: 'SRP_A',
    });
    return { keyPair, challenge };
  }

  describe.each(['public', 'secret'])('with the %s client', (clientName) => {
    it('signs in with the challenge that the triggers create', async () => {
      const client = new AuthClient(service, clientName, 'custom');
      const username = await createUser(service, 'custom', PASSWORD);
      const challenge = await start(client, username);
      expect(challenge).toMatchObject({
        ChallengeName: 'CUSTOM_CHALLENGE',
        ChallengeParameters: { USERNAME: username, riddle: RIDDLE },
      });
      expect(challenge.ChallengeParameters).not.toHaveProperty('answer');
      const { AuthenticationResult } = await client.respond(challenge, { ANSWER: 'a piano' });
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    });

    it('begins with the password if the client asks for SRP', async () => {
      const client = new AuthClient(service, clientName, 'custom');
      const username = await createUser(service, 'custom', PASSWORD);
      const { keyPair, challenge } = await startWithSrp(client, username);
      expect(challenge.ChallengeName).toBe('PASSWORD_VERIFIER');
      expect(challenge.Session).toEqual(expect.any(String));
      const riddle = await client.provePassword(challenge, keyPair, PASSWORD);
      expect(riddle.ChallengeName).toBe('CUSTOM_CHALLENGE');
      const { AuthenticationResult } = await client.respond(riddle, { ANSWER: 'a piano' });
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    });
  });

  it('poses a new challenge in a new session after a wrong answer, until the trigger fails the sign-in', async () => {
    const client = new AuthClient(service, 'public', 'custom');
    const first = await start(client, await createUser(service, 'custom', PASSWORD));
    const second = await client.respond(first, { ANSWER: 'a keyring' });
    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(second.Session).not.toBe(first.Session);
    const third = await client.respond(second, { ANSWER: 'a map' });
    await expect(client.respond(third, { ANSWER: 'a code' })).rejects.toMatchObject(incorrect);
    await expect(client.respond(third, { ANSWER: 'a piano' })).rejects.toMatchObject({
      message: 'Invalid session for the user, session can only be used once.',
    });
  });

  it('passes the results so far to the triggers, with the metadata of each challenge', async () => {
    const seen: CustomChallengeResult[][] = [];
    triggers.defineAuthChallenge = (event) => {
      seen.push(event.request.session);
      return { ...event, response: { ...event.response, ...decide(event.request.session) } };
    };
    const client = new AuthClient(service, 'public', 'custom');
    const { keyPair, challenge } = await startWithSrp(client, await createUser(service, 'custom', PASSWORD));
    const riddle = await client.provePassword(challenge, keyPair, PASSWORD);
    await client.respond(await client.respond(riddle, { ANSWER: 'a map' }), { ANSWER: 'a piano' });

    const srp = { challengeName: 'SRP_A', challengeResult: true };
    const password = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true };
    const wrong = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: 'TRY_2' };
    const right = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'TRY_3' };
    expect(seen).toEqual([[srp], [srp, password], [srp, password, wrong], [srp, password, wrong, right]]);
  });

  it('passes ClientMetadata of answers to the triggers, but not that of the start', async () => {
    const seen: unknown[] = [];
    triggers.defineAuthChallenge = (event) => {
      seen.push(event.request.clientMetadata);
      return { ...event, response: { ...event.response, ...decide(event.request.session) } };
    };
    const client = new AuthClient(service, 'public', 'custom');
    const username = await createUser(service, 'custom', PASSWORD);
    const challenge = await client.initiate('CUSTOM_AUTH', { USERNAME: username }, { from: 'start' });
    await client.respond(challenge, { ANSWER: 'a piano' }, { from: 'answer' });
    expect(seen).toEqual([undefined, { from: 'answer' }]);
  });

  it('poses MFA after the password and before the custom challenge', async () => {
    const client = new AuthClient(service, 'public', 'custom');
    const username = await createUser(service, 'custom', PASSWORD, { phone_number: '+15555550134' });
    await service.sdk.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: client.poolId,
        Username: username,
        SMSMfaSettings: { Enabled: true },
      }),
    );
    const { keyPair, challenge } = await startWithSrp(client, username);
    const sms = await client.provePassword(challenge, keyPair, PASSWORD);
    expect(sms.ChallengeName).toBe('SMS_MFA');
    const code = service.cognito.outbox.latest({ username })?.code ?? '';
    const riddle = await client.respond(sms, { SMS_MFA_CODE: code });
    expect(riddle.ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  it('rejects a wrong password', async () => {
    const client = new AuthClient(service, 'public', 'custom');
    const { keyPair, challenge } = await startWithSrp(client, await createUser(service, 'custom', PASSWORD));
    await expect(client.provePassword(challenge, keyPair, 'Wrong-Horse-9')).rejects.toMatchObject(incorrect);
  });

  it('cannot be bypassed by proving the password without the session', async () => {
    const client = new AuthClient(service, 'public', 'custom');
    const { keyPair, challenge } = await startWithSrp(client, await createUser(service, 'custom', PASSWORD));
    await expect(client.provePassword({ ...challenge, Session: undefined }, keyPair, PASSWORD)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Missing required parameter Session',
    });
  });

  it('reports a missing answer', async () => {
    const client = new AuthClient(service, 'public', 'custom');
    const challenge = await start(client, await createUser(service, 'custom', PASSWORD));
    await expect(client.respond(challenge, {})).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Missing required parameter ANSWER',
    });
  });

  it('rejects an unconfirmed user', async () => {
    await expect(start(new AuthClient(service, 'public', 'custom'), 'unconfirmed')).rejects.toMatchObject({
      name: 'UserNotConfirmedException',
      message: 'User is not confirmed.',
    });
  });

  describe('for an unknown user', () => {
    it('is rejected if the client reveals which users exist', async () => {
      await expect(start(new AuthClient(service, 'public', 'custom'), 'nobody')).rejects.toMatchObject({
        name: 'UserNotFoundException',
        message: 'User does not exist.',
      });
    });

    it('looks like any other if the client hides which users exist, but always fails', async () => {
      const notFound: unknown[] = [];
      triggers.createAuthChallenge = (event) => {
        notFound.push([event.request.userNotFound, event.request.userAttributes, event.userName]);
        event.response.publicChallengeParameters = { riddle: RIDDLE };
        return event;
      };
      triggers.verifyAuthChallengeResponse = (event) => ({ ...event, response: { answerCorrect: true } });
      const client = new AuthClient(service, 'discreet', 'custom');
      const challenge = await start(client, 'nobody');
      expect(challenge).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { riddle: RIDDLE } });
      expect(notFound).toEqual([[true, {}, 'nobody']]);
      await expect(client.respond(challenge, { ANSWER: 'a piano' })).rejects.toMatchObject(incorrect);
    });

    it('poses a password challenge that no password satisfies', async () => {
      const client = new AuthClient(service, 'discreet', 'custom');
      const { keyPair, challenge } = await startWithSrp(client, 'nobody');
      expect(challenge.ChallengeName).toBe('PASSWORD_VERIFIER');
      await expect(client.provePassword(challenge, keyPair, PASSWORD)).rejects.toMatchObject(incorrect);
    });
  });

  describe('with faulty triggers', () => {
    const define =
      (response: Decision): Trigger<DefineAuthChallengeEvent> =>
      (event) => ({
        ...event,
        response: { ...event.response, ...response },
      });

    it.each<[string, Decision]>([
      ['decides nothing', {}],
      ['names a challenge that it cannot pose', { challengeName: 'SMS_MFA' }],
      ['names a password challenge that was not started', { challengeName: 'PASSWORD_VERIFIER' }],
    ])('rejects a trigger that %s', async (_case, response) => {
      triggers.defineAuthChallenge = define(response);
      const username = await createUser(service, 'custom', PASSWORD);
      await expect(start(new AuthClient(service, 'public', 'custom'), username)).rejects.toMatchObject(unrecognizable);
    });

    it('rejects a return value that is not an event', async () => {
      triggers.defineAuthChallenge = () => undefined;
      const username = await createUser(service, 'custom', PASSWORD);
      await expect(start(new AuthClient(service, 'public', 'custom'), username)).rejects.toMatchObject(unrecognizable);
    });

    it('fails the sign-in if the trigger both fails it and allows tokens', async () => {
      triggers.defineAuthChallenge = define({ failAuthentication: true, issueTokens: true });
      const username = await createUser(service, 'custom', PASSWORD);
      await expect(start(new AuthClient(service, 'public', 'custom'), username)).rejects.toMatchObject(incorrect);
    });

    it.each([
      ['defineAuthChallenge', 'DefineAuthChallenge'],
      ['createAuthChallenge', 'CreateAuthChallenge'],
    ] as const)('names %s if it throws', async (name, title) => {
      triggers[name] = () => {
        throw new Error('out of riddles');
      };
      const username = await createUser(service, 'custom', PASSWORD);
      await expect(start(new AuthClient(service, 'public', 'custom'), username)).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: `${title} failed with error out of riddles.`,
      });
    });

    it('names verifyAuthChallengeResponse if it throws', async () => {
      triggers.verifyAuthChallengeResponse = () => {
        throw new Error('no opinion');
      };
      const client = new AuthClient(service, 'public', 'custom');
      const challenge = await start(client, await createUser(service, 'custom', PASSWORD));
      await expect(client.respond(challenge, { ANSWER: 'a piano' })).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: 'VerifyAuthChallengeResponse failed with error no opinion.',
      });
    });

    it.each(['createAuthChallenge', 'verifyAuthChallengeResponse'] as const)(
      'reports that %s is not configured',
      async (name) => {
        Reflect.deleteProperty(triggers, name);
        const client = new AuthClient(service, 'public', 'custom');
        const username = await createUser(service, 'custom', PASSWORD);
        const signIn = async () => client.respond(await start(client, username), { ANSWER: 'a piano' });
        await expect(signIn()).rejects.toMatchObject({
          name: 'InvalidParameterException',
          message: 'Custom auth lambda trigger is not configured for the user pool.',
        });
      },
    );
  });

  it('requires triggers', async () => {
    const client = new AuthClient(service, 'public', 'without-triggers');
    const username = await createUser(service, 'without-triggers', PASSWORD);
    await expect(start(client, username)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Custom auth lambda trigger is not configured for the user pool.',
    });
  });

  it('must be enabled for the client', async () => {
    const username = await createUser(service, 'custom', PASSWORD);
    await expect(start(new AuthClient(service, 'no-custom', 'custom'), username)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'CUSTOM_AUTH is not enabled for the client.',
    });
  });

  it('can be the only flow of a client', async () => {
    const client = new AuthClient(service, 'custom-only', 'custom');
    const username = await createUser(service, 'custom', PASSWORD);
    await expect(client.password(username, PASSWORD)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Only custom auth (lambda driven) is enabled for this client.',
    });
    await expect(start(client, username)).resolves.toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
  });
});
