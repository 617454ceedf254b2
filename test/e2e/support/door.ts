import { SetMetadata } from '@nestjs/common';

import type { MandateModuleOptions } from '../../../lib/module/options.js';
import {
  accessToken,
  type Claims,
  CLIENT_ID,
  idToken,
  jwks,
  machineToken,
  NOW,
  POOL_ID,
  TestClock,
} from '../../tokens/support/test-issuer.js';
import { rendezvous } from './rendezvous.js';

/** What each application of these tests offers, over whatever transport. Each answers with the caller's `sub`, or null. */
export const OPERATIONS = [
  'open',
  'optional',
  'me',
  'staff',
  'outsiders',
  'write',
  'identity',
  'recent',
  'strong',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Who the application took the caller for, or the code with which it refused. */
export type Outcome = { readonly user: string | null } | { readonly code: string };

/** A running application, called over one transport. */
export interface Door {
  call(operation: Operation, token?: string): Promise<Outcome>;
  close(): Promise<void>;
}

/** Marks a handler; a decorator of somebody else beside ours. */
export const Marked = SetMetadata('somebody', 'else');

export const clock = new TestClock();

/** Module options for the pool of the test issuer: nothing is fetched. */
export const poolOptions: MandateModuleOptions = {
  userPoolId: POOL_ID,
  clientId: CLIENT_ID,
  jwks: jwks(),
  clock: clock.read,
};

const SUB = '7d8ca528-4931-4254-9273-ea5ee853f271';
const user: Outcome = { user: SUB };
const SECONDS = NOW / 1000;

/** The same expectations for every transport. */
export function describeDoor(name: string, open: () => Promise<Door>): void {
  describe(name, () => {
    let door: Door;
    beforeAll(async () => {
      door = await open();
    });
    afterAll(() => door.close());

    const expectOutcome = async (operation: Operation, token: string | undefined, outcome: Outcome): Promise<void> => {
      expect(await door.call(operation, token)).toEqual(outcome);
    };
    const withClaims = (claims: Claims): string => accessToken(claims);

    it('identifies the user of a valid token, the first and the second time', async () => {
      const token = accessToken();
      await expectOutcome('me', token, user);
      await expectOutcome('me', token, user);
    });

    it.each([
      ['TOKEN_MISSING', undefined],
      ['REQUEST_MALFORMED', 'a b'],
      ['TOKEN_MALFORMED', 'not-a-token'],
      ['TOKEN_EXPIRED', accessToken({ exp: SECONDS })],
      ['TOKEN_SIGNATURE_INVALID', `${accessToken().slice(0, -6)}AAAAAA`],
      ['TOKEN_ISSUER_REFUSED', accessToken({ iss: 'https://evil.example' })],
      ['TOKEN_CLIENT_REFUSED', accessToken({ client_id: 'other' })],
      ['TOKEN_USE_REFUSED', idToken()],
    ])('denies with %s', async (code, token) => {
      await expectOutcome('me', token, { code });
    });

    it('allows anonymous calls to a public handler, and still identifies the user of a valid token', async () => {
      await expectOutcome('open', undefined, { user: null });
      await expectOutcome('open', 'not-a-token', { user: null });
      await expectOutcome('open', accessToken({ exp: SECONDS }), { user: null });
      await expectOutcome('open', accessToken(), user);
    });

    it('allows anonymous calls but no invalid token to a public handler that rejects those', async () => {
      await expectOutcome('optional', undefined, { user: null });
      await expectOutcome('optional', accessToken(), user);
      await expectOutcome('optional', 'not-a-token', { code: 'TOKEN_MALFORMED' });
      await expectOutcome('optional', 'a b', { code: 'REQUEST_MALFORMED' });
      await expectOutcome('optional', accessToken({ exp: SECONDS }), { code: 'TOKEN_EXPIRED' });
      await expectOutcome('optional', idToken(), { code: 'TOKEN_USE_REFUSED' });
    });

    it('requires groups, compared exactly', async () => {
      await expectOutcome('staff', withClaims({ 'cognito:groups': ['staff'] }), user);
      for (const groups of [undefined, [], ['Staff'], ['staff '], ['ѕtaff'], ['staffs', 'admin']]) {
        await expectOutcome('staff', withClaims({ 'cognito:groups': groups }), { code: 'GROUPS_INSUFFICIENT' });
      }
      await expectOutcome('outsiders', withClaims({ 'cognito:groups': ['staff'] }), { code: 'GROUPS_INSUFFICIENT' });
      await expectOutcome('outsiders', accessToken(), user);
    });

    it('requires scopes', async () => {
      await expectOutcome('write', machineToken({ sub: SUB, scope: 'orders/read orders/write' }), user);
      for (const scope of [undefined, '', 'orders/writer', 'orders/read', 'ORDERS/WRITE']) {
        await expectOutcome('write', machineToken({ scope }), { code: 'SCOPE_INSUFFICIENT' });
      }
    });

    it('requires another kind of token', async () => {
      await expectOutcome('identity', idToken(), user);
      await expectOutcome('identity', accessToken(), { code: 'TOKEN_USE_REFUSED' });
    });

    it('requires a recent sign-in', async () => {
      await expectOutcome('recent', withClaims({ auth_time: SECONDS - 300 }), user);
      await expectOutcome('recent', withClaims({ auth_time: SECONDS - 301 }), { code: 'AUTHENTICATION_INSUFFICIENT' });
      await expectOutcome('recent', withClaims({ auth_time: undefined }), { code: 'AUTHENTICATION_INSUFFICIENT' });
    });

    it('requires a strong sign-in', async () => {
      await expectOutcome('strong', withClaims({ acr: 'mfa' }), user);
      await expectOutcome('strong', withClaims({ acr: 'MFA' }), { code: 'AUTHENTICATION_INSUFFICIENT' });
      await expectOutcome('strong', accessToken(), { code: 'AUTHENTICATION_INSUFFICIENT' });
    });

    it('keeps ten users apart who are all inside at once, among them some without a token', async () => {
      const subs = Array.from({ length: 10 }, (_, i) => `user-${i}`);
      const callers = [...subs, ...subs, ...subs].map((sub) => ({ sub, token: accessToken({ sub }) }));
      rendezvous.expect(callers.length + 3);
      const calls = callers.map(async ({ sub, token }) => ({ sub, outcome: await door.call('me', token) }));
      const strangers = [1, 2, 3].map(() => door.call('open'));
      for (const { sub, outcome } of await Promise.all(calls)) {
        expect(outcome).toEqual({ user: sub });
      }
      expect(await Promise.all(strangers)).toEqual([{ user: null }, { user: null }, { user: null }]);
    });
  });
}
