/** The texts of the pages in English. `{name}` stands for a value. */
const EN = {
  lang: 'en',
  signIn: 'Sign in',
  username: 'Username',
  usernameOrEmail: 'Username or email',
  email: 'Email address',
  phone: 'Phone number',
  emailOrPhone: 'Email address or phone number',
  phoneHint: 'With the country code, such as +49…',
  password: 'Password',
  newPassword: 'New password',
  repeatPassword: 'Repeat the password',
  passwordHint: 'At least {length} characters.',
  next: 'Next',
  back: 'Back to sign-in',
  forgotLink: 'Forgot your password?',
  signUpLink: 'Create an account',
  haveAccount: 'I have an account: sign in',
  or: 'or',
  continueWith: 'Continue with {provider}',
  noProvider:
    'Nobody can sign in here: this app client supports no identity provider. Please contact an administrator.',
  continueAs: 'Continue as {user}',
  chooseAccount: 'Choose an account',
  otherAccount: 'Use another account',
  signUp: 'Create an account',
  signUpButton: 'Sign up',
  confirm: 'Confirm your account',
  confirmIntro: 'We sent a code to {destination}. Enter it here.',
  confirmIntroUnknown: 'Enter the code that we sent you.',
  code: 'Code',
  confirmButton: 'Confirm',
  resend: 'Send a new code',
  resent: 'We sent a new code to {destination}.',
  confirmed: 'Your account is confirmed. You can sign in now.',
  confirmedTitle: 'Account confirmed',
  forgot: 'Forgot your password?',
  forgotIntro: 'Enter your username. We send you a code to reset your password.',
  forgotButton: 'Send the code',
  reset: 'Reset your password',
  resetButton: 'Change the password',
  resetDone: 'Your password has been changed. Sign in with the new one.',
  newPasswordTitle: 'Choose a new password',
  newPasswordIntro: 'Your password is temporary. Choose a new one.',
  mfaTitle: 'Confirm that it is you',
  mfaIntro: 'We sent a code to {destination}.',
  totpIntro: 'Enter the code that your authenticator app shows.',
  chooseMfa: 'Choose how to confirm that it is you',
  chooseFactor: 'Choose how to sign in',
  factorPassword: 'Password',
  factorEmail: 'Code by email',
  factorSms: 'Code by text message',
  factorTotp: 'Authenticator app',
  factorPasskey: 'Passkey',
  setupTitle: 'Set up a second step',
  setupIntro: 'Your account needs a second step at sign-in. Choose one.',
  totpSetup: 'Set up an authenticator app',
  totpSetupIntro: 'Open the link on the device with your authenticator app, or enter the key there.',
  totpLink: 'Open the authenticator app',
  totpKey: 'Key',
  passkeyTitle: 'Sign in with a passkey',
  passkeyIntro: 'Your device will ask for your fingerprint, face or screen lock.',
  passkeyButton: 'Use a passkey',
  passkeyFailed: 'The passkey was not accepted. Try again.',
  addPasskey: 'Add a passkey',
  addPasskeyIntro: 'With a passkey you sign in with your fingerprint, face or screen lock, without a password.',
  addPasskeyButton: 'Add a passkey',
  passkeyAdded: 'The passkey was added.',
  notNow: 'Not now',
  done: 'Done',
  needsScript: 'Passkeys need JavaScript. Turn it on, or sign in another way.',
  anotherWay: 'Sign in another way',
  errorTitle: 'Something went wrong',
  errorRequest: 'The request is not valid. Go back to the application and try again.',
  errorRedirect:
    'The application asked to return to an address that is not registered for it. Please contact its administrator.',
  errorSignedOut: 'Sign in first, then try again.',
  problem: 'There is a problem',
  wrongPassword: 'Incorrect username or password.',
  tooManyAttempts: 'Too many attempts. Try again later.',
  disabled: 'This account is disabled.',
  notConfirmed: 'This account is not confirmed yet.',
  resetRequired: 'You must reset your password.',
  wrongCode: 'The code is wrong. Try again.',
  expiredCode: 'The code is no longer valid. Ask for a new one.',
  usernameTaken: 'An account with this name or address exists already.',
  badPassword: 'The password does not meet the requirements: {reason}',
  usedPassword: 'This password has been used before. Choose another.',
  notSame: 'The two passwords are not the same.',
  unknownUser: 'There is no such user.',
  temporaryExpired: 'The temporary password has expired. An administrator must reset it.',
  noRecovery: 'The password of this account cannot be reset here. Please contact an administrator.',
  missing: 'Fill in every field.',
  expired: 'The sign-in took too long. Please start again.',
  formExpired: 'The form is no longer valid. Please send it again.',
  invalidInput: 'The input is not valid: {reason}',
  failed: 'This did not work. Please try again.',
} as const;

/** The texts of the pages in one language. */
export type Texts = Readonly<Record<keyof typeof EN, string>>;

/** The name of a text. */
export type TextName = keyof typeof EN;

const LANGUAGES: Readonly<Record<string, Texts>> = { en: EN };

/** A text with its values filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** The texts of the first language that there is, of language tags (RFC 5646) in order of preference. Default: English. */
export function textsIn(tags: readonly string[]): Texts {
  const known = tags.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((tag) => Object.hasOwn(LANGUAGES, tag));
  return LANGUAGES[known ?? 'en'] ?? EN;
}
