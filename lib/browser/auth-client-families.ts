import type { ConfirmDeviceDto, DeviceKeyDto } from '../dto/devices.dto.js';
import type { MfaPreferenceDto, VerifySoftwareTokenDto } from '../dto/mfa.dto.js';
import type { CompletePasskeyDto, DeletePasskeyDto } from '../dto/passkeys.dto.js';
import type { ConfirmedDeviceDto, DeviceDto } from '../dto/responses/device.dto.js';
import type { PasskeyCreationOptionsDto, PasskeyDto } from '../dto/responses/passkey.dto.js';
import type { SoftwareTokenSetupDto } from '../dto/responses/software-token-setup.dto.js';
import type { UserSessionDto } from '../dto/responses/user-session.dto.js';
import type { AuthFactorsDto } from '../dto/responses/user.dto.js';
import type { RevokeSessionDto } from '../dto/sessions.dto.js';
import type { CallOptions } from './api-calls.js';
import type { AuthDelivery, ClientChallenge } from './challenges.js';

/**
 * Second factors.
 *
 * @publicApi
 */
export interface ClientMfa<Delivery extends AuthDelivery> {
  /** The factors that the user has. */
  factors(options?: CallOptions): Promise<AuthFactorsDto>;
  /** Turns factors on or off. Those left out do not change. */
  setPreference(request: MfaPreferenceDto, options?: CallOptions): Promise<void>;
  /**
   * Starts to set up an authenticator app: for the signed-in user, or in a sign-in that poses MFA_SETUP. Show
   * `otpauthUri` as a QR code. With `delivery: 'body'`, answer the `challenge` of the result from then on.
   *
   * @param challenge - null, as by default, for the signed-in user.
   */
  associateSoftwareToken(
    challenge?: ClientChallenge<Delivery, 'MFA_SETUP'> | null,
    options?: CallOptions,
  ): Promise<SoftwareTokenSetupDto>;
  /** Completes the set-up for the signed-in user, and makes the app the preferred factor. */
  verifySoftwareToken(request: VerifySoftwareTokenDto, options?: CallOptions): Promise<void>;
}

/**
 * Devices that the pool tracks.
 *
 * @publicApi
 */
export interface ClientDevices<Delivery extends AuthDelivery> {
  list(options?: CallOptions): Promise<DeviceDto[]>;
  /**
   * Has Cognito remember the device of the sign-in. With `delivery: 'cookie'` a cookie keeps its secret. With
   * `delivery: 'body'` pass the `newDevice` of the outcome, and keep the `device` of the result for the next sign-in.
   */
  confirm(
    request: Delivery extends 'body' ? ConfirmDeviceDto : Pick<ConfirmDeviceDto, 'name'>,
    options?: CallOptions,
  ): Promise<Delivery extends 'body' ? ConfirmedDeviceDto : undefined>;
  /** From now on the device replaces the second factor. */
  remember(request: DeviceKeyDto, options?: CallOptions): Promise<void>;
  doNotRemember(request: DeviceKeyDto, options?: CallOptions): Promise<void>;
  forget(request: DeviceKeyDto, options?: CallOptions): Promise<void>;
}

/**
 * Passkeys.
 *
 * @publicApi
 */
export interface ClientPasskeys {
  list(options?: CallOptions): Promise<PasskeyDto[]>;
  /**
   * Creates a passkey for the signed-in user: both steps below, and the dialog of the browser in between. Browsers ask for
   * a click of the user before.
   *
   * @throws AuthClientError PASSKEY_UNSUPPORTED, PASSKEY_CANCELLED, PASSKEY_EXISTS or PASSKEY_FAILED from the browser.
   */
  register(options?: CallOptions): Promise<void>;
  startRegistration(options?: CallOptions): Promise<PasskeyCreationOptionsDto>;
  completeRegistration(request: CompletePasskeyDto, options?: CallOptions): Promise<void>;
  delete(request: DeletePasskeyDto, options?: CallOptions): Promise<void>;
}

/**
 * The user's sessions in all app clients.
 *
 * @publicApi
 */
export interface ClientSessions {
  list(options?: CallOptions): Promise<UserSessionDto[]>;
  revoke(request: RevokeSessionDto, options?: CallOptions): Promise<void>;
}
