import type { AnswerableChallenge, AnswerChallengeDto } from '../../../dto/challenge.dto.js';
import { MandateError } from '../../../errors/mandate-error.js';
import type { AuthenticationOutcome, NewDevice, TokenSet } from '../../../protocol/authentication-outcome.js';
import type { ChallengeOf, RememberedDevice } from '../../../protocol/challenge.js';
import { readUnverifiedClaims } from '../../../protocol/unverified-claims.js';
import type { Verifier } from '../../../tokens/verifier.js';
import type { ConfirmedDevice } from '../../../user/user-devices.js';
import { acceptedSession } from '../../session/accepted-session.js';
import type { BrowserSession } from '../../session/browser-session.js';
import type { BrowserSessionService } from '../../session/browser-session.service.js';
import type { AuthApiCall } from '../auth-api-call.js';
import type { AuthApiResponses } from '../auth-api-responses.js';
import type { AuthApiInputs, AuthApiOutcome } from '../auth-api-types.js';
import { DeviceCookie } from './device-cookie.js';
import { FlowCookie } from './flow-cookie.js';
import type { ChallengeAnswer, TokenDelivery } from './token-delivery.js';

/** Dependencies of `CookieDelivery`. */
export interface CookieDeliveryDependencies {
  readonly sessions: BrowserSessionService;
  readonly responses: AuthApiResponses;
  readonly verifier: Pick<Verifier, 'verify'>;
}

/** Tokens, the sessions of challenges and the secrets of devices stay in sealed cookies, where no script can read them. */
export class CookieDelivery implements TokenDelivery {
  readonly #flow: FlowCookie;
  readonly #device: DeviceCookie;

  constructor(private readonly dependencies: CookieDeliveryDependencies) {
    const parts = dependencies.sessions.parts();
    this.#flow = new FlowCookie(parts);
    this.#device = new DeviceCookie(parts);
  }

  assertOwnPage({ request }: AuthApiCall): void {
    const { headers } = request as { readonly headers?: Readonly<Record<string, unknown>> };
    this.dependencies.sessions.parts().csrf.checkScript(headers ?? {});
  }

  async signedUp(session: string | undefined, username: string, call: AuthApiCall): Promise<undefined> {
    await this.#flow.write(call, { kind: 'sign-up', username, session });
  }

  async signUpSession({ username }: AuthApiInputs['confirm'], call: AuthApiCall): Promise<string | undefined> {
    const flow = await this.#flow.read(call, 'sign-up');
    return flow?.username === username ? flow.session : undefined;
  }

  async deviceOf(
    { username }: AuthApiInputs['authenticate'],
    call: AuthApiCall,
  ): Promise<RememberedDevice | undefined> {
    return this.#device.of(call, username);
  }

  async challengedUser(_: object, call: AuthApiCall): Promise<string | undefined> {
    return (await this.#flow.read(call, 'challenge'))?.challenge.username;
  }

  async answerOf(input: AuthApiInputs['respond'], call: AuthApiCall): Promise<ChallengeAnswer> {
    const { name, answer } = input as AnswerChallengeDto;
    const { challenge, typedUsername } = await this.#challengeOf(name, call);
    return {
      challenge,
      answer: answer,
      device: (await this.#device.of(call, typedUsername)) ?? (await this.#device.of(call, challenge.username)),
      typedUsername,
    };
  }

  async mfaSetupOf(_: AuthApiInputs['setUpTotp'], call: AuthApiCall): Promise<ChallengeOf<'MFA_SETUP'>> {
    return (await this.#challengeOf('MFA_SETUP', call)).challenge as ChallengeOf<'MFA_SETUP'>;
  }

  async challengeReplaced(challenge: ChallengeOf<'MFA_SETUP'>, call: AuthApiCall): Promise<undefined> {
    const flow = await this.#flow.read(call, 'challenge');
    await this.#flow.write(call, { kind: 'challenge', challenge, typedUsername: flow?.typedUsername });
  }

  abandoned(call: AuthApiCall): void {
    this.#flow.clear(call);
  }

  async outcome(
    outcome: AuthenticationOutcome,
    typedUsername: string | undefined,
    call: AuthApiCall,
  ): Promise<AuthApiOutcome> {
    if (outcome.forgottenDeviceKey !== undefined) {
      await this.#device.forget(call, outcome.forgottenDeviceKey);
    }
    if (outcome.status === 'CHALLENGE') {
      const { challenge } = outcome;
      await this.#flow.write(call, { kind: 'challenge', challenge, typedUsername });
      const { name } = challenge;
      return {
        status: 'CHALLENGE',
        challenge: { name, parameters: this.dependencies.responses.challengeParameters(challenge) },
      } as AuthApiOutcome;
    }
    const session = await this.dependencies.sessions.create(call.response, outcome.tokens);
    const username = usernameIn(outcome.tokens);
    if (outcome.forgottenDeviceKey === undefined && username !== undefined && typedUsername !== undefined) {
      await this.#device.learn(call, username, typedUsername);
    }
    const { newDevice } = outcome;
    if (newDevice === undefined) {
      this.#flow.clear(call);
    } else {
      await this.#flow.write(call, { kind: 'new-device', sub: session.sub, newDevice, typedUsername });
    }
    return { status: 'AUTHENTICATED', session, isNewDevice: newDevice !== undefined };
  }

  async newDeviceOf(_: AuthApiInputs['confirmDevice'], call: AuthApiCall): Promise<NewDevice> {
    const flow = await this.#flow.read(call, 'new-device');
    const session = await this.dependencies.sessions.read(call.request);
    if (flow === undefined || flow.sub !== session?.sub) {
      throw new MandateError(
        'DEVICE_KEY_INVALID',
        'The last sign-in of this browser named no new device, or was too long ago. Sign in again.',
      );
    }
    return flow.newDevice;
  }

  async deviceConfirmed({ device }: ConfirmedDevice, call: AuthApiCall): Promise<undefined> {
    const flow = await this.#flow.read(call, 'new-device');
    const names = [call.username, flow?.typedUsername].filter((name) => name !== undefined);
    await this.#device.keep(call, names, device);
    this.#flow.clear(call);
  }

  async deviceForgotten(deviceKey: string, call: AuthApiCall): Promise<void> {
    await this.#device.forget(call, deviceKey);
  }

  async sessionOf({ request, response }: AuthApiCall): Promise<BrowserSession | undefined> {
    const { sessions, verifier } = this.dependencies;
    return (await acceptedSession(sessions.parts().reader, verifier, request, response))?.view();
  }

  async signOut({ everywhere }: AuthApiInputs['logout'], call: AuthApiCall): Promise<void> {
    this.#flow.clear(call);
    await this.dependencies.sessions.end(call.request, call.response, { everywhere });
  }

  async accountDeleted(call: AuthApiCall): Promise<void> {
    const session = await this.dependencies.sessions.read(call.request);
    // A bearer token may be of another user than the cookies that came with it.
    if (session !== undefined && session.sub === subjectOf(call)) {
      this.#device.clear(call);
      await this.signOut({}, call);
    }
  }

  async #challengeOf(
    name: string,
    call: AuthApiCall,
  ): Promise<{ readonly challenge: AnswerableChallenge; readonly typedUsername?: string | undefined }> {
    const flow = await this.#flow.read(call, 'challenge');
    if (flow === undefined) {
      throw new MandateError(
        'SESSION_EXPIRED',
        'No sign-in is under way in this browser, or it took too long. Sign in again.',
      );
    }
    if (flow.challenge.name !== name) {
      throw new MandateError(
        'SESSION_INVALID',
        `The sign-in of this browser waits for an answer to ${flow.challenge.name}, not to ${name}.`,
      );
    }
    return { ...flow, challenge: flow.challenge as AnswerableChallenge };
  }
}

/** The id of the caller, whose token was verified. */
function subjectOf({ accessToken }: AuthApiCall): unknown {
  return accessToken === undefined ? undefined : readUnverifiedClaims(accessToken)?.['sub'];
}

/** The internal username of a sign-in whose tokens were verified. */
function usernameIn({ accessToken }: TokenSet): string | undefined {
  const username = readUnverifiedClaims(accessToken)?.['username'];
  return typeof username === 'string' ? username : undefined;
}
