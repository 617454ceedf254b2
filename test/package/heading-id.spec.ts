import { headingId } from '../../docs/.vitepress/heading-id.js';

describe('the anchor of a heading', () => {
  it.each([
    ['Sign users in', 'sign-users-in'],
    ['Several instances: Redis', 'several-instances-redis'],
    [
      'A request with a session is answered 403 `CSRF_CHECK_FAILED`',
      'a-request-with-a-session-is-answered-403-csrf_check_failed',
    ],
    ['SRP & MFA', 'srp--mfa'],
    ['authenticate()', 'authenticate'],
    ['`mandate/http`', 'mandatehttp'],
    ['Über die Schlüssel', 'über-die-schlüssel'],
    ['0.1.0 - unreleased', '010---unreleased'],
  ])('is the one that GitHub gives: %s', (heading, id) => {
    expect(headingId(heading)).toBe(id);
  });

  it.each(['TOKEN_EXPIRED', 'ARGUMENT_INVALID', 'SMS_MFA2'])('keeps the case of an error code: %s', (code) => {
    expect(headingId(code)).toBe(code);
  });
});
