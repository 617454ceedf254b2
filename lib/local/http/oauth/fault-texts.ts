import type { CognitoFault } from '../../engine/cognito-fault.js';
import { fill, type TextName, type Texts } from '../../pages/texts.js';

/** Texts of the engine, where one exception has several. */
const BY_TEXT: Readonly<Record<string, TextName>> = {
  'Password attempts exceeded': 'tooManyAttempts',
  'User is disabled.': 'disabled',
  'Temporary password has expired and must be reset by an administrator.': 'temporaryExpired',
  'Invalid session for the user.': 'expired',
  'Invalid session for the user, session is expired.': 'expired',
  'Invalid session for the user, session can only be used once.': 'expired',
  'Contact administrator to reset password.': 'noRecovery',
  'User password cannot be reset in the current state.': 'noRecovery',
  'Cannot reset password for the user as there is no registered/verified email or phone_number': 'noRecovery',
  'SignUp is not permitted for this user pool': 'noSignUp',
  'User is already confirmed.': 'alreadyConfirmed',
};

const BY_EXCEPTION: Readonly<Record<string, TextName>> = {
  NotAuthorizedException: 'wrongPassword',
  UserNotFoundException: 'unknownUser',
  UserNotConfirmedException: 'notConfirmed',
  PasswordResetRequiredException: 'resetRequired',
  CodeMismatchException: 'wrongCode',
  EnableSoftwareTokenMFAException: 'wrongCode',
  ExpiredCodeException: 'expiredCode',
  UsernameExistsException: 'usernameTaken',
  AliasExistsException: 'usernameTaken',
  InvalidPasswordException: 'badPassword',
  PasswordHistoryPolicyViolationException: 'usedPassword',
  LimitExceededException: 'tooManyAttempts',
  InvalidParameterException: 'invalidInput',
};

/** What a page says about a fault, in the language of the page. A trigger's own text is shown as it is. */
export function textOfFault(texts: Texts, { exception, message }: CognitoFault): string {
  if (exception === 'UserLambdaValidationException') {
    return message;
  }
  if (message.startsWith('User cannot be confirmed.')) {
    return texts.alreadyConfirmed;
  }
  const name = BY_TEXT[message] ?? BY_EXCEPTION[exception] ?? 'failed';
  return fill(texts[name], { reason: message });
}
