import type { Environment } from '../../engine/environment.js';
import { jsonResponse, methodNotAllowed, type Route } from '../route.js';
import { authorize } from './authorize.js';
import { showChallenge, submitChallenge } from './challenge.js';
import { showConfirm, submitConfirm, submitResend } from './confirm.js';
import { confirmUser } from './confirm-user.js';
import { domainRequest, type Handler } from './domain-request.js';
import { showError } from './error.js';
import { showForgotPassword, showResetPassword, submitForgotPassword, submitResetPassword } from './forgot-password.js';
import { showLogin, submitLogin } from './login.js';
import { logout } from './logout.js';
import { showAddPasskey, submitAddPasskey } from './passkeys.js';
import { showSignUp, submitSignUp } from './sign-up.js';
import { revokeToken, token } from './token.js';
import { showUserInfo } from './user-info.js';

type Endpoint = Readonly<Partial<Record<'GET' | 'POST', Handler>>>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/oauth2/authorize': { GET: authorize },
  '/oauth2/token': { POST: token },
  '/oauth2/userInfo': { GET: showUserInfo, POST: showUserInfo },
  '/oauth2/revoke': { POST: revokeToken },
  '/logout': { GET: logout },
  '/error': { GET: showError },
  '/login': { GET: showLogin, POST: submitLogin },
  '/challenge': { GET: showChallenge, POST: submitChallenge },
  '/signup': { GET: showSignUp, POST: submitSignUp },
  '/confirm': { GET: showConfirm, POST: submitConfirm },
  '/resendcode': { GET: showConfirm, POST: submitResend },
  '/confirmUser': { GET: confirmUser },
  '/confirmUser/': { GET: confirmUser },
  '/forgotPassword': { GET: showForgotPassword, POST: submitForgotPassword },
  '/confirmforgotPassword': { GET: showResetPassword, POST: submitResetPassword },
  '/passkeys/add': { GET: showAddPasskey, POST: submitAddPasskey },
};

/** The paths of the domain. */
export const MANAGED_LOGIN_PATHS: readonly string[] = Object.keys(ENDPOINTS);

/** The domain of managed login: the OAuth 2.0 endpoints and the pages. */
export function managedLoginRoute(environment: Environment): Route {
  return async (request) => {
    const endpoint = Object.hasOwn(ENDPOINTS, request.path) ? ENDPOINTS[request.path] : undefined;
    if (endpoint === undefined) {
      return undefined;
    }
    const { method } = request;
    const handler = method === 'GET' || method === 'POST' ? endpoint[method] : undefined;
    if (handler === undefined) {
      return methodNotAllowed(...Object.keys(endpoint));
    }
    const domain = domainRequest(environment, request);
    return domain === undefined
      ? jsonResponse(404, { message: `No user pool has the domain ${request.headers.host ?? ''}.` })
      : handler(domain);
  };
}
