import { CognitoFault } from '../../engine/cognito-fault.js';
import { userInfo } from '../../engine/oauth/user-info.js';
import { type HttpResponse, jsonResponse } from '../route.js';
import type { Handler } from './domain-request.js';

const BEARER = /^Bearer +(\S+)$/i;

/** `/oauth2/userInfo`. Its refusals have no scheme in WWW-Authenticate and no body, which clients must cope with. */
export const showUserInfo: Handler = async ({ environment, http }) => {
  const accessToken = BEARER.exec(http.headers.authorization ?? '')?.[1];
  if (accessToken === undefined) {
    return refusal(400, 'invalid_request', 'Bad OAuth2 request at UserInfo Endpoint');
  }
  try {
    const info = await userInfo(environment, accessToken);
    return info === undefined
      ? refusal(401, 'invalid_token', 'Access token does not contain openid scope')
      : jsonResponse(200, info, { 'Cache-Control': 'no-store' });
  } catch (error) {
    if (!(error instanceof CognitoFault)) {
      throw error;
    }
    return refusal(
      401,
      'invalid_token',
      'Access token is expired, disabled, or deleted, or the user has globally signed out.',
    );
  }
};

function refusal(status: number, error: string, description: string): HttpResponse {
  return { status, headers: { 'WWW-Authenticate': `error="${error}", error_description="${description}"` } };
}
