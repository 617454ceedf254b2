import type { UserAttributes } from '../attributes/user-attributes.js';
import type { ChallengeName } from '../protocol/challenge.js';
import type { CredentialRequestOptionsJson } from '../protocol/web-authn.js';
import type { CallOptions } from './api-calls.js';
import { AuthClientError } from './auth-client-error.js';
import type { SignInOptions } from './auth-client.options.js';
import type { AuthDelivery, PosedChallenge, SignedIn, SignInOutcome, TotpSecret } from './challenges.js';
import { usePasskey } from './passkey-ceremonies.js';

/** Refusals after which the same challenge can be answered again. */
const ANSWERABLE_AGAIN: ReadonlySet<string> = new Set([
  'REQUEST_INVALID',
  'CODE_MISMATCH',
  'CODE_USED',
  'SOFTWARE_TOKEN_NOT_ENABLED',
  'PASSWORD_INVALID',
  'PASSWORD_REUSED',
]);

/** More attempts are no typing mistakes but a handler that always returns the same answer. */
const MAX_ATTEMPTS = 10;

/** A challenge in either delivery. */
export interface AnyChallenge {
  readonly name: ChallengeName;
  readonly parameters: object;
}

/** An outcome in either delivery. */
export type AnyOutcome = SignInOutcome<AuthDelivery>;

/** Dependencies of `ChallengeWalk`. */
export interface ChallengeWalkDependencies {
  readonly respond: (challenge: AnyChallenge, answer: object) => Promise<AnyOutcome>;
  /** Returns the challenge to answer from then on, where that is another one. */
  readonly setUpTotp: (
    challenge: AnyChallenge,
    options?: CallOptions,
  ) => Promise<TotpSecret & { readonly challenge?: AnyChallenge }>;
}

/** Answers challenge after challenge until the user is signed in. */
export class ChallengeWalk {
  constructor(
    private readonly dependencies: ChallengeWalkDependencies,
    private readonly options: SignInOptions,
  ) {}

  /**
   * Goes on from an outcome.
   *
   * @throws AuthClientError when an answer is refused for good, or there is none.
   */
  async run(outcome: AnyOutcome): Promise<SignedIn<AuthDelivery>> {
    let current = outcome;
    while (current.status === 'CHALLENGE') {
      current = await this.#pass(current.challenge);
    }
    return current;
  }

  async #pass(posed: AnyChallenge): Promise<AnyOutcome> {
    let challenge = posed;
    let refusal: AuthClientError | undefined;
    for (let attempt = 1; ; attempt++) {
      this.options.signal?.throwIfAborted();
      const answer = await this.#answerTo(challenge, refusal, (next) => {
        challenge = next;
      });
      try {
        return await this.dependencies.respond(challenge, answer);
      } catch (error) {
        if (!(error instanceof AuthClientError) || !this.#mayAskAgain(error, posed, attempt)) {
          throw error;
        }
        refusal = error;
      }
    }
  }

  #mayAskAgain({ code }: AuthClientError, { name }: AnyChallenge, attempt: number): boolean {
    return name !== 'WEB_AUTHN' && attempt < MAX_ATTEMPTS && ANSWERABLE_AGAIN.has(code);
  }

  async #answerTo(
    challenge: AnyChallenge,
    refusal: AuthClientError | undefined,
    replace: (challenge: AnyChallenge) => void,
  ): Promise<object> {
    const { name, parameters } = challenge;
    if (name === 'WEB_AUTHN') {
      const { credentialRequestOptions } = parameters as { credentialRequestOptions: CredentialRequestOptionsJson };
      return { credential: await usePasskey(credentialRequestOptions, this.options) };
    }
    const posed = {
      name,
      parameters,
      ...(refusal && { error: refusal }),
      answer: (answer: object) => ({ name, answer }),
      ...(name === 'MFA_SETUP' && {
        setUpTotp: async (options?: CallOptions) => {
          const { challenge: next, ...secret } = await this.dependencies.setUpTotp(challenge, options);
          replace(next ?? challenge);
          return secret;
        },
      }),
    };
    const { onChallenge, signal } = this.options;
    const given = await untilAborted(signal, async () =>
      onChallenge?.(posed as unknown as PosedChallenge<UserAttributes>),
    );
    if (given === undefined) {
      throw new AuthClientError(
        0,
        'CHALLENGE_UNANSWERED',
        `The sign-in needs an answer to ${name} from "onChallenge".`,
      );
    }
    return given.answer;
  }
}

/** A user who closes the dialog leaves it unanswered: the signal ends the wait. */
async function untilAborted<T>(signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
  if (signal === undefined) {
    return task();
  }
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([task(), aborted]).finally(() => {
    signal.removeEventListener('abort', stop as () => void);
  });
}
