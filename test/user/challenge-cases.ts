import { readOutcome } from '../../lib/protocol/authentication-outcome.js';
import type { ChallengeAnswers, ChallengeName, ChallengeOf, FirstFactor } from '../../lib/protocol/challenge.js';
import { secretHash } from '../../lib/protocol/secret-hash.js';
import { createClientKeyPair } from '../../lib/protocol/srp/client.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import type { Application } from './application.js';
import { authenticatorCode, registerPasskey, rememberDevice, signIn, withSoftwareToken } from './factors.js';
import { CHOICE, CUSTOM, DEVICES_WITHOUT_RELIEF, FAMILY_NAMES, OPTIONAL_MFA, REQUIRED_TOTP } from './factor-pools.js';
import { challengeOf, PASSWORD, type Person, type World } from './world.js';

/** Where a challenge is posed: a user of a pool and an instance of the application. */
export interface Scene {
  readonly world: World;
  readonly pool: string;
  /** `public` or `secret`. */
  readonly kind: string;
  readonly application: Application;
  readonly person: Person;
}

/** A challenge and its answer. */
interface Posed<Name extends ChallengeName> {
  readonly challenge: ChallengeOf<Name>;
  readonly answer: ChallengeAnswers[Name];
}

/** How to provoke one challenge. */
export interface ChallengeCase<Name extends ChallengeName> {
  readonly pool: LocalPoolOptions;
  readonly pose: (scene: Scene) => Promise<Posed<Name>>;
  readonly parameters: object;
  /** The challenge that follows; undefined: tokens. */
  readonly next?: ChallengeName;
}

const DELIVERY = {
  mail: { medium: 'EMAIL', destination: expect.stringMatching(/^p\*\*\*@e\*\*\*$/) as string },
  sms: { medium: 'SMS', destination: expect.stringMatching(/^\+\*+\d{4}$/) as string },
} as const;
const HEX = expect.stringMatching(/^[0-9a-f]+$/) as string;
const BASE64 = expect.stringMatching(/^[\w+/]+=*$/) as string;
const SRP = { salt: HEX, serverPublic: HEX, secretBlock: BASE64 };

/**
 * Every challenge that Cognito poses. ADMIN_NO_SRP_AUTH is in the enumeration and no longer posed, so it is not here. A
 * challenge that the SDK adds does not compile.
 */
export const CHALLENGE_CASES: { readonly [Name in Exclude<ChallengeName, 'ADMIN_NO_SRP_AUTH'>]: ChallengeCase<Name> } =
  {
    NEW_PASSWORD_REQUIRED: {
      pool: FAMILY_NAMES,
      parameters: { requiredAttributes: ['family_name'], userAttributes: { nickname: 'Annie' } },
      pose: async ({ application: { admin, cognito }, world, pool }) => {
        const { username, email } = world.somebody(pool);
        const password = 'Temporary-9';
        await admin.createUser({ username, temporaryPassword: password, attributes: { email, nickname: 'Annie' } });
        const challenge = challengeOf(await cognito.authenticate({ username, password }), 'NEW_PASSWORD_REQUIRED');
        return { challenge, answer: { password: PASSWORD, attributes: { family_name: 'Doe' } } };
      },
    },
    SMS_MFA: {
      pool: OPTIONAL_MFA,
      parameters: DELIVERY.sms,
      pose: async ({ application: { cognito }, world, person }) => {
        const { accessToken } = await signIn(cognito, person);
        await cognito.mfa.setPreference({ accessToken, sms: { enabled: true } });
        const challenge = challengeOf(await withPassword(cognito, person), 'SMS_MFA');
        return { challenge, answer: { code: world.code(person.phone) } };
      },
    },
    EMAIL_OTP: {
      pool: OPTIONAL_MFA,
      parameters: DELIVERY.mail,
      pose: async ({ application: { cognito }, world, person }) => {
        const { accessToken } = await signIn(cognito, person);
        await cognito.mfa.setPreference({ accessToken, email: { enabled: true } });
        const challenge = challengeOf(await withPassword(cognito, person), 'EMAIL_OTP');
        return { challenge, answer: { code: world.code(person.email) } };
      },
    },
    SOFTWARE_TOKEN_MFA: {
      pool: OPTIONAL_MFA,
      parameters: { deviceName: 'my phone' },
      pose: async ({ application: { cognito }, world, person }) => {
        const secret = await withSoftwareToken(world, cognito, await signIn(cognito, person), 'my phone');
        const challenge = challengeOf(await withPassword(cognito, person), 'SOFTWARE_TOKEN_MFA');
        world.pass(30_000);
        return { challenge, answer: { code: authenticatorCode(world, secret) } };
      },
    },
    SELECT_MFA_TYPE: {
      pool: OPTIONAL_MFA,
      parameters: { choices: ['SMS_MFA', 'EMAIL_OTP'] },
      next: 'SMS_MFA',
      pose: async ({ application: { cognito }, person }) => {
        const { accessToken } = await signIn(cognito, person);
        await cognito.mfa.setPreference({ accessToken, email: { enabled: true }, sms: { enabled: true } });
        const challenge = challengeOf(await withPassword(cognito, person), 'SELECT_MFA_TYPE');
        return { challenge, answer: { mfaType: 'SMS_MFA' } };
      },
    },
    MFA_SETUP: {
      pool: REQUIRED_TOTP,
      parameters: { choices: ['SOFTWARE_TOKEN_MFA'] },
      pose: async ({ application: { cognito }, world, person }) => {
        const asked = challengeOf(await withPassword(cognito, person), 'MFA_SETUP');
        const { secretCode, challenge = asked } = await cognito.mfa.associateSoftwareToken({ challenge: asked });
        return { challenge, answer: { code: authenticatorCode(world, secretCode) } };
      },
    },
    CUSTOM_CHALLENGE: {
      pool: CUSTOM,
      parameters: { question: 'What has keys and opens nothing?' },
      pose: async ({ application: { cognito }, person }) => {
        const outcome = await cognito.authenticate({ flow: 'CUSTOM_AUTH', username: person.login });
        return { challenge: challengeOf(outcome, 'CUSTOM_CHALLENGE'), answer: { answer: 'piano' } };
      },
    },
    SELECT_CHALLENGE: {
      pool: CHOICE,
      parameters: { choices: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] },
      pose: async ({ application: { cognito }, person }) => {
        const outcome = await cognito.authenticate({ flow: 'USER_AUTH', username: person.login });
        const answer = { factor: 'PASSWORD_SRP', password: PASSWORD } as const;
        return { challenge: challengeOf(outcome, 'SELECT_CHALLENGE'), answer };
      },
    },
    PASSWORD: {
      pool: CHOICE,
      parameters: {},
      pose: async (scene) => ({ challenge: await preferred(scene, 'PASSWORD'), answer: { password: PASSWORD } }),
    },
    PASSWORD_SRP: {
      pool: CHOICE,
      parameters: {},
      pose: async (scene) => ({ challenge: await preferred(scene, 'PASSWORD_SRP'), answer: { password: PASSWORD } }),
    },
    SMS_OTP: {
      pool: CHOICE,
      parameters: DELIVERY.sms,
      pose: async (scene) => {
        const challenge = await preferred(scene, 'SMS_OTP');
        return { challenge, answer: { code: scene.world.code(scene.person.phone) } };
      },
    },
    WEB_AUTHN: {
      pool: CHOICE,
      parameters: { credentialRequestOptions: { rpId: 'localhost', allowCredentials: [{ type: 'public-key' }] } },
      pose: async (scene) => {
        const { cognito } = scene.application;
        const authenticator = new SoftwareAuthenticator();
        await registerPasskey(cognito, await signIn(cognito, scene.person), authenticator);
        const challenge = await preferred(scene, 'WEB_AUTHN');
        const { credentialRequestOptions } = challenge.parameters;
        return { challenge, answer: { credential: authenticator.get(credentialRequestOptions) } };
      },
    },
    PASSWORD_VERIFIER: {
      pool: CUSTOM,
      parameters: { ...SRP, userId: expect.any(String) as string },
      pose: async ({ application: { client }, world, pool, kind, person: { login } }) => {
        const keyPair = createClientKeyPair();
        const { clientId } = world.cognito.pool(pool).moduleOptions({ client: kind });
        const answer = await client.send('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: login, SRP_A: keyPair.publicHex, ...hash(world, pool, kind, login) },
        });
        const challenge = challengeOf(readOutcome(answer, login, world.clock()), 'PASSWORD_VERIFIER');
        return { challenge, answer: { password: PASSWORD, keyPair } };
      },
    },
    DEVICE_SRP_AUTH: {
      pool: DEVICES_WITHOUT_RELIEF,
      parameters: { deviceKey: expect.stringMatching(/^us-east-1_/) as string },
      pose: poseDeviceSrp,
    },
    DEVICE_PASSWORD_VERIFIER: {
      pool: DEVICES_WITHOUT_RELIEF,
      parameters: { ...SRP, deviceKey: expect.stringMatching(/^us-east-1_/) as string },
      pose: async (scene) => {
        const { application, world, pool, kind } = scene;
        const { challenge: asked, answer } = await poseDeviceSrp(scene);
        const keyPair = createClientKeyPair();
        const name = { USERNAME: asked.username, ...hash(world, pool, kind, asked.username) };
        const received = await application.client.send('RespondToAuthChallenge', {
          ClientId: world.cognito.pool(pool).client(kind).id,
          ChallengeName: 'DEVICE_SRP_AUTH',
          Session: asked.session,
          ChallengeResponses: { ...name, DEVICE_KEY: answer.device.key, SRP_A: keyPair.publicHex },
        });
        const outcome = readOutcome(received, asked.username, world.clock());
        return { challenge: challengeOf(outcome, 'DEVICE_PASSWORD_VERIFIER'), answer: { ...answer, keyPair } };
      },
    },
  };

function withPassword(cognito: Application['cognito'], { login }: Person) {
  return cognito.authenticate({ username: login, password: PASSWORD });
}

async function preferred<Factor extends FirstFactor>(
  { application: { cognito }, person }: Scene,
  preferredChallenge: Factor,
): Promise<ChallengeOf<Factor>> {
  const outcome = await cognito.authenticate({ flow: 'USER_AUTH', username: person.login, preferredChallenge });
  return challengeOf(outcome, preferredChallenge);
}

/** The device is asked for after the second factor, by an answer that did not name it. */
async function poseDeviceSrp({ application: { cognito }, world, person }: Scene): Promise<Posed<'DEVICE_SRP_AUTH'>> {
  const device = await rememberDevice(cognito, person);
  const { accessToken } = await signIn(cognito, person);
  await cognito.mfa.setPreference({ accessToken, sms: { enabled: true } });
  const first = await cognito.authenticate({ username: person.login, password: PASSWORD, device });
  const code = world.code(person.phone);
  const outcome = await cognito.respondToChallenge(challengeOf(first, 'SMS_MFA'), { code });
  return { challenge: challengeOf(outcome, 'DEVICE_SRP_AUTH'), answer: { device } };
}

function hash(world: World, pool: string, kind: string, username: string): Record<string, string> {
  const { id, secret } = world.cognito.pool(pool).client(kind);
  return secret === undefined ? {} : { SECRET_HASH: secretHash(username, id, secret) };
}
