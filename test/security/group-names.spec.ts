import { allGroups, anyGroup, noGroup, type AccessRequirement } from '../../lib/auth/access/access-requirements.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { accessClaims, accessKey, accessToken, NOW, signText } from '../tokens/support/test-issuer.js';
import { verifierUnderTest } from '../tokens/support/verifiers.js';

/** What a name and a look-alike of it have to do with each other. */
const LOOK_ALIKES: readonly (readonly [trick: string, name: string, lookAlike: string])[] = [
  ['another case', 'staff', 'Staff'],
  ['NFC and NFD', '\u00e9quipe', 'e\u0301quipe'],
  ['a compatibility character (NFKC)', 'staff', 'sta\ufb00'],
  ['the Angstrom sign (NFC)', '\u00c5ngstr\u00f6m', '\u212bngstr\u00f6m'],
  ['full width', 'admin', '\uff41\uff44\uff4d\uff49\uff4e'],
  ['mathematical letters', 'admin', '\u{1d41a}dmin'],
  ['a letter of another script', 'admin', '\u0430dmin'],
  ['the long s (case folding)', 'staff', '\u017ftaff'],
  ['the Kelvin sign (case folding)', 'keepers', '\u212aeepers'],
  ['the sharp s (case folding)', 'strasse', 'stra\u00dfe'],
  ['the dotless i (case folding)', 'admin', 'adm\u0131n'],
  ['a zero width space', 'admin', 'ad\u200bmin'],
  ['a zero width joiner', 'admin', 'admin\u200d'],
  ['a word joiner', 'admin', '\u2060admin'],
  ['a byte order mark', 'admin', '\ufeffadmin'],
  ['a soft hyphen', 'admin', 'ad\u00admin'],
  ['a variation selector', 'admin', 'admin\ufe0e'],
  ['a bidi override', 'admin', '\u202enimda'],
  ['bidi isolates', 'admin', '\u2066admin\u2069'],
  ['a bidi mark', 'admin', 'admin\u200e'],
  ['NUL at the end', 'admin', 'admin\0'],
  ['NUL in front', 'admin', '\0admin'],
  ['a blank at the end', 'admin', 'admin '],
  ['a blank in front', 'admin', ' admin'],
  ['a no-break space at the end', 'admin', 'admin\u00a0'],
  ['a tab at the end', 'admin', 'admin\t'],
  ['a line break at the end', 'admin', 'admin\n'],
  ['half of a surrogate pair', 'admin', 'admin\ud83d'],
  ['the first of several letters that are one', '\u{1f468}\u200d\u{1f4bb}', '\u{1f468}'],
  ['the beginning', 'admin', 'adm'],
  ['more behind it', 'admin', 'admins'],
  ['a list in one name', 'admin', 'users,admin'],
  ['names with a blank between', 'admin', 'users admin'],
  ['a pattern', 'admin', '.*'],
  ['a pattern of SQL', 'admin', '%'],
];

async function admits(requirement: AccessRequirement, token: string): Promise<boolean> {
  const claims = await verifierUnderTest().verifier.verify(token);
  try {
    requirement(claims, NOW, 0);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'GROUPS_INSUFFICIENT' });
    expect(error).toBeInstanceOf(TokenRejectedError);
    return false;
  }
}

const inGroups = (...groups: readonly string[]): string => accessToken({ 'cognito:groups': groups });

// RFC 7519, section 7.3, and RFC 7515, section 5.3: code point by code point, and never normalized.
describe('group names (RFC 7519, section 7.3; RFC 7515, section 5.3)', () => {
  describe.each(LOOK_ALIKES)('with %s', (_, name, lookAlike) => {
    it.each([
      ['the look-alike', name, lookAlike],
      ['the name', lookAlike, name],
    ])('make nobody a member who is in %s', async (_which, asked, own) => {
      expect(await admits(anyGroup([asked]), inGroups(own))).toBe(false);
      expect(await admits(anyGroup(['others', asked]), inGroups('users', own))).toBe(false);
      expect(await admits(allGroups([asked]), inGroups(own))).toBe(false);
      expect(await admits(allGroups([own, asked]), inGroups(own))).toBe(false);
    });

    it('hide no membership, whatever else the user is in', async () => {
      for (const groups of [
        [name, lookAlike],
        [lookAlike, name],
      ]) {
        expect(await admits(noGroup([name]), inGroups(...groups))).toBe(false);
        expect(await admits(noGroup([lookAlike]), inGroups(...groups))).toBe(false);
      }
      expect(await admits(noGroup([name]), inGroups(name))).toBe(false);
      expect(await admits(noGroup([lookAlike]), inGroups(lookAlike))).toBe(false);
    });

    it('are kept apart by who bars one of them, too', async () => {
      expect(await admits(noGroup([name]), inGroups(lookAlike))).toBe(true);
      expect(await admits(noGroup([lookAlike]), inGroups(name))).toBe(true);
    });

    it('are known as what they are', async () => {
      for (const own of [name, lookAlike]) {
        expect(await admits(anyGroup([own]), inGroups(own))).toBe(true);
        expect(await admits(allGroups([own]), inGroups(own))).toBe(true);
      }
    });
  });

  it.each(['__proto__', 'constructor', 'length', '0', 'includes'])(
    'are no members of objects: nobody is in "%s" who is not (RFC 8725, section 3.10)',
    async (name) => {
      expect(await admits(anyGroup([name]), inGroups('users'))).toBe(false);
      expect(await admits(anyGroup([name]), accessToken())).toBe(false);
      expect(await admits(noGroup([name]), inGroups(name))).toBe(false);
    },
  );

  it('mean the same however JSON spells them (RFC 8259, section 8.3)', async () => {
    const claims = JSON.stringify(accessClaims({ 'cognito:groups': ['admin'] }));
    const escaped = signText(claims.replace('"admin"', '"\\u0061dm\\u0069n"'), accessKey);
    expect(escaped).not.toBe(signText(claims, accessKey));
    expect(await admits(anyGroup(['admin']), escaped)).toBe(true);
    expect(await admits(noGroup(['admin']), escaped)).toBe(false);
  });
});
