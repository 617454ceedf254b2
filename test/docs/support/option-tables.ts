import { codesIn, namesOf, rowsOf } from './page.js';
import type { DeclaredMember } from './declarations.js';

/** How a table shows a type whose name says little. All others are shown as the source spells them. */
const SHOWN_TYPES: Readonly<Record<string, string>> = {
  "CognitoClientOptions['credentials']": 'credentials or provider of the AWS SDK',
  "CognitoClientOptions['retry']": 'RetryOptions',
  "CognitoClientOptions['requestHandler']": 'handler or options of the AWS SDK',
  TokenUse: "'access' | 'id'",
  'TokenUse | null': "'access' | 'id' | null",
  RenewalMethod: "'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH'",
  GuardCoverage: "'required' | 'unchecked'",
  OnUnavailable: "'reject' | 'accept'",
  ClientAuthentication: "'basic' | 'post'",
  'typeof fetch': 'fetch',
};

/** The names in a table, as the source names them and in no other order than the reader finds them. */
export function namesIn(page: string, firstColumn: string): string[] {
  return namesOf(rowsOf(page, firstColumn));
}

/** What a table with the columns name, type, default says otherwise than the source. */
export function mismatchesOf(page: string, firstColumn: string, members: readonly DeclaredMember[]): string[] {
  const faults: string[] = [];
  for (const [name = '', type = '', given = ''] of rowsOf(page, firstColumn)) {
    const member = members.find((each) => each.name === codesIn(name)[0]);
    if (member === undefined) {
      faults.push(`${name}: is not declared`);
      continue;
    }
    const shown = SHOWN_TYPES[member.type] ?? member.type;
    if (type.replaceAll('`', '') !== shown) {
      faults.push(`${name}: the type is ${shown}, not ${type}`);
    }
    faults.push(...defaultFaults(member, given).map((fault) => `${name}: ${fault}`));
  }
  return faults;
}

/** A default is what the TSDoc says, to the number and to the code. */
function defaultFaults({ isOptional, doc }: DeclaredMember, given: string): string[] {
  if (!isOptional) {
    return given === 'required' ? [] : ['it is required'];
  }
  if (given === 'required' || given === '') {
    return ['it is optional, and its default is missing'];
  }
  const documented = /Default: (.*)/.exec(doc)?.[1] ?? doc;
  const claims = [...codesIn(given), ...(given.replaceAll(/`[^`]*`/g, '').match(/\d[\d,]*/g) ?? [])];
  return claims.filter((claim) => !documented.includes(claim)).map((claim) => `the source does not say ${claim}`);
}
