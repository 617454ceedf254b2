import type { TermsDescriptionType, TermsType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { Terms } from '../../model/terms.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** The key of the link for every language without a link of its own. */
const DEFAULT_LANGUAGE = 'cognito:default';

/** The languages of the pages, as links name them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'cognito:english',
  fr: 'cognito:french',
  de: 'cognito:german',
  es: 'cognito:spanish',
};

/** The changeable members of a terms document. */
type TermsValues = Pick<Terms, 'name' | 'source' | 'enforcement' | 'links'>;

/** Adds a terms document of an app client. @throws CognitoFault TermsExistsException, InvalidParameterException */
export function createTerms(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  clientId: string,
  values: TermsValues,
): Terms {
  assertNameFree(pool, clientId, values.name);
  assertLinks(values.links);
  const now = clock();
  const terms: Terms = { id: random.uuid(), clientId, ...values, createdAt: now, modifiedAt: now };
  pool.terms.set(terms.id, terms);
  return terms;
}

/** Changes a terms document. @throws CognitoFault like `createTerms` */
export function updateTerms(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  terms: Terms,
  changes: Partial<TermsValues>,
): void {
  if (changes.name !== undefined && changes.name !== terms.name) {
    assertNameFree(pool, terms.clientId, changes.name);
  }
  if (changes.links !== undefined) {
    assertLinks(changes.links);
  }
  Object.assign(terms, changes, { modifiedAt: clock() });
}

/** @throws CognitoFault ResourceNotFoundException */
export function termsById(pool: Pool, id: string): Terms {
  return existing(pool.terms.get(id));
}

/** @throws CognitoFault ResourceNotFoundException */
export function termsOfClient(pool: Pool, clientId: string, name: string): Terms {
  return existing(findTerms(pool, clientId, name));
}

/** A document of an app client, if it has one. */
function findTerms(pool: Pool, clientId: string, name: string): Terms | undefined {
  return [...pool.terms.values()].find((terms) => terms.clientId === clientId && terms.name === name);
}

/** The `Terms` member of the terms operations. */
export function describeTerms(pool: Pool, terms: Terms): TermsType {
  return {
    TermsId: terms.id,
    UserPoolId: pool.id,
    ClientId: terms.clientId,
    TermsName: terms.name,
    TermsSource: terms.source,
    Enforcement: terms.enforcement,
    Links: { ...terms.links },
    CreationDate: new Date(terms.createdAt),
    LastModifiedDate: new Date(terms.modifiedAt),
  };
}

/** An entry of ListTerms. */
export function summarizeTerms({ id, name, enforcement, createdAt, modifiedAt }: Terms): TermsDescriptionType {
  return {
    TermsId: id,
    TermsName: name,
    Enforcement: enforcement,
    CreationDate: new Date(createdAt),
    LastModifiedDate: new Date(modifiedAt),
  };
}

/** The links that the sign-up page shows. */
export interface TermsLinks {
  readonly termsOfUse: string;
  readonly privacyPolicy: string;
}

/** The links of the sign-up page in a language. As in Cognito, undefined unless the client has both documents. */
export function signUpTerms(pool: Pool, clientId: string, language: string): TermsLinks | undefined {
  const linkTo = (name: string) => {
    const links = findTerms(pool, clientId, name)?.links ?? {};
    return links[LANGUAGES[language] ?? DEFAULT_LANGUAGE] ?? links[DEFAULT_LANGUAGE];
  };
  const [termsOfUse, privacyPolicy] = [linkTo('terms-of-use'), linkTo('privacy-policy')];
  return termsOfUse === undefined || privacyPolicy === undefined ? undefined : { termsOfUse, privacyPolicy };
}

/** Not verified against AWS: the text. */
function assertNameFree(pool: Pool, clientId: string, name: string): void {
  if (findTerms(pool, clientId, name) !== undefined) {
    throw new CognitoFault('TermsExistsException', `Terms ${name} already exist for this client.`);
  }
}

/** Only links that a browser may follow reach the page. Not verified against AWS: the texts. */
function assertLinks(links: TermsValues['links']): void {
  if (links[DEFAULT_LANGUAGE] === undefined) {
    throw invalidParameter(`Links must contain ${DEFAULT_LANGUAGE}.`);
  }
  const invalid = Object.values(links).some((link) => !/^https?:\/\//.test(link) || !URL.canParse(link));
  if (invalid) {
    throw invalidParameter('Links must be valid URLs that start with https:// or http://.');
  }
}

function existing(terms: Terms | undefined): Terms {
  if (terms === undefined) {
    throw new CognitoFault('ResourceNotFoundException', 'Terms do not exist.');
  }
  return terms;
}
