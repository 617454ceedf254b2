import { BoundedMap } from '../../../memory/bounded-map.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Random } from '../random.js';
import type { ProviderClaims } from './attribute-mapping.js';
import { FederationError, providerError } from './federation-error.js';
import { SUBJECT_CLAIMS, SUBJECT_KEY } from './identity-providers.js';

const MAX_ANSWERS = 10_000;
const CODE_BYTES = 32;

/** What the person chose on the page of a played provider, besides signing in. */
export const PLAYED_FAILURES = ['deny', 'refuse', 'timeout'] as const;

/** How a played provider fails: the person denies, the provider refuses, or it does not answer in time. */
export type PlayedFailure = (typeof PLAYED_FAILURES)[number];

/** What the person typed. */
export interface PlayedPerson {
  readonly subject: string;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  readonly name?: string | undefined;
  readonly groups: readonly string[];
  /** Further claims. They win over the others. */
  readonly claims: ProviderClaims;
}

/** An answer of a played provider, waiting for Cognito to fetch it. */
export type PlayedAnswer = { readonly claims: ProviderClaims } | { readonly failure: PlayedFailure };

/** The answers of the providers that the embedded server plays, by code. */
export class PlayedAnswers {
  private readonly byCode = new BoundedMap<string, PlayedAnswer>(MAX_ANSWERS);

  constructor(private readonly random: Random) {}

  /** Keeps an answer. @returns its code. */
  add(answer: PlayedAnswer): string {
    const code = this.random.bytes(CODE_BYTES).toString('base64url');
    this.byCode.set(code, answer);
    return code;
  }

  /**
   * Takes the answer of a code.
   *
   * @throws FederationError if the provider fails, or the code is unknown.
   */
  take(code: string, provider: string): ProviderClaims {
    const answer = this.byCode.get(code);
    this.byCode.delete(code);
    if (answer === undefined) {
      throw providerError(provider, '400 invalid_grant');
    }
    if ('claims' in answer) {
      return answer.claims;
    }
    throw failureOf(provider, answer.failure);
  }
}

/** The claims about a person, under the standard names and under those that the provider's mapping asks for. */
export function playedClaims({ type, mapping }: IdentityProvider, person: PlayedPerson): ProviderClaims {
  const { subject, email, emailVerified, name, groups } = person;
  const known: ProviderClaims = {
    ...(email !== undefined && { email, email_verified: emailVerified }),
    ...(name !== undefined && { name }),
    ...(groups.length > 0 && { groups }),
  };
  const mapped = Object.entries(mapping).flatMap(([attribute, claim]) =>
    known[attribute] === undefined ? [] : [[claim, known[attribute]] as const],
  );
  const subjectClaim = mapping[SUBJECT_KEY] ?? SUBJECT_CLAIMS[type];
  return { ...known, ...Object.fromEntries(mapped), [subjectClaim]: subject, ...person.claims };
}

function failureOf(provider: string, failure: PlayedFailure): FederationError {
  switch (failure) {
    case 'deny':
      return new FederationError('access_denied', `${provider} Error - access_denied The user denied the request.`);
    case 'refuse':
      return providerError(provider, '400 invalid_request The provider refused the request.');
    case 'timeout':
      return new FederationError('invalid_request', `Timeout occurred in calling ${provider} token endpoint`);
  }
}
