import type { MandateError } from '../../errors/mandate-error.js';
import type { Failure } from './pages.js';

/** What the page of a failed sign-in says. */
export function loginFailure(loginPath: string): (error: MandateError) => Failure {
  const link = { href: loginPath, label: 'Sign in again' };
  return (error) => ({ title: 'The sign-in did not succeed', text: loginText(error), link });
}

function loginText({ status, code, message }: MandateError): string {
  if (status >= 500) {
    return 'Signing in is not possible at the moment. Please try again later.';
  }
  if (code === 'REQUEST_MALFORMED') {
    // For the developer who calls the route by a script.
    return message;
  }
  return code === 'OAUTH_LOGIN_DENIED'
    ? 'The sign-in was refused.'
    : 'The sign-in was interrupted, took too long, or was started in another browser. Please try again.';
}

/** What the page of a failed logout says. */
export function logoutFailure(home: string): (error: MandateError) => Failure {
  const link = { href: home, label: 'Back to the application' };
  return ({ status }) => ({
    title: 'The logout did not succeed',
    text:
      status >= 500
        ? 'Logging out could not be completed. Please try again later.'
        : 'Log out on a page of the application.',
    link,
  });
}
