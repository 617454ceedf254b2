import type { AppClient } from '../../model/app-client.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Attributes } from '../users/attribute-rules.js';
import { SUBJECT_CLAIMS, SUBJECT_KEY } from './identity-providers.js';

/** What a provider says about a user. */
export type ProviderClaims = Readonly<Record<string, unknown>>;

/** The identifier of a user at the provider. Undefined if the claims lack it. */
export function subjectOf({ type, mapping }: IdentityProvider, claims: ProviderClaims): string | undefined {
  const subject = claims[mapping[SUBJECT_KEY] ?? SUBJECT_CLAIMS[type]];
  return typeof subject === 'string' || typeof subject === 'number' ? String(subject) : undefined;
}

/**
 * The attributes that a provider's claims set. As in Cognito, those that the app client may not write are left out
 * silently, except the flags of verification, which no client may write.
 */
export function mappedAttributes(provider: IdentityProvider, client: AppClient, claims: ProviderClaims): Attributes {
  const mapped = Object.entries(provider.mapping).flatMap(([attribute, claim]): [string, string][] => {
    const value = attributeValue(claims[claim]);
    const isSet = attribute !== SUBJECT_KEY && value !== undefined;
    return isSet && isWritable(client, attribute) ? [[attribute, value]] : [];
  });
  return Object.fromEntries(mapped);
}

/** Cognito has strings only. Lists become `[a,b]`. */
function attributeValue(claim: unknown): string | undefined {
  if (claim === undefined || claim === null || claim === '') {
    return undefined;
  }
  if (Array.isArray(claim)) {
    return `[${claim.map((element) => attributeValue(element) ?? '').join(',')}]`;
  }
  return typeof claim === 'string' ? claim : JSON.stringify(claim);
}

function isWritable({ settings: { WriteAttributes: allowed = [] } }: AppClient, attribute: string): boolean {
  return allowed.length === 0 || allowed.includes(attribute) || attribute.endsWith('_verified');
}
