import { Inject, Injectable } from '@nestjs/common';

import type { CodeSentDto } from '../../dto/responses/code-delivery.dto.js';
import type { ConfirmedDeviceDto, DeviceDto } from '../../dto/responses/device.dto.js';
import type { PasskeyCreationOptionsDto, PasskeyDto } from '../../dto/responses/passkey.dto.js';
import type { ConfirmationDto, RegistrationDto } from '../../dto/responses/registration.dto.js';
import type { SoftwareTokenSetupDto } from '../../dto/responses/software-token-setup.dto.js';
import type { TokensDto } from '../../dto/responses/tokens.dto.js';
import type { UserSessionDto } from '../../dto/responses/user-session.dto.js';
import type { AuthFactorsDto, ProfileUpdateDto, UserDto } from '../../dto/responses/user.dto.js';
import type { AuthFactors } from '../../client/shapes/auth-factors.js';
import type { CodeDelivery } from '../../client/shapes/code-delivery.js';
import type { Device } from '../../client/shapes/device.js';
import type { UserSession } from '../../client/shapes/user-session.js';
import type { Challenge } from '../../protocol/challenge.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { CredentialCreationOptionsJson } from '../../protocol/web-authn.js';
import type { UserAttributes } from '../../attributes/user-attributes.js';
import type { Registration } from '../../user/registration.flow.js';
import type { UserAccount } from '../../user/user-account.flow.js';
import type { ConfirmedDevice } from '../../user/user-devices.js';
import type { SoftwareTokenSetup } from '../../user/user-mfa.js';
import type { Passkey } from '../../user/user-passkeys.js';
import { AUTH_API_OPTIONS } from './internal-tokens.js';

/** The options that decide what a body tells. */
interface ResponseSettings {
  readonly revealUsers: boolean;
  readonly showDelivery: boolean;
}

/**
 * Makes the response bodies of the API from the results of `CognitoService`. An application extends it to add members, or to
 * leave some out, and names its class in the option `responses`.
 *
 * @example
 * \@Injectable()
 * class Responses extends AuthApiResponses {
 *   override user(account: UserAccount<UserAttributes>) {
 *     return { ...super.user(account), plan: planOf(account.attributes) };
 *   }
 * }
 *
 * @publicApi
 */
@Injectable()
export class AuthApiResponses {
  /** A property, so that subclasses need not pass it on. */
  @Inject(AUTH_API_OPTIONS)
  private readonly options!: ResponseSettings;

  /**
   * A sign-up. Undefined stands for a username that is taken, which nobody may learn.
   *
   * @param session - for the body, if it belongs there.
   */
  registration(registration: Registration | undefined, session: string | undefined): RegistrationDto {
    const { confirmed = false, delivery, userSub } = registration ?? {};
    return {
      confirmed,
      ...(this.options.revealUsers && userSub !== undefined && { userSub }),
      ...this.#shown(delivery),
      ...(session !== undefined && { session }),
    };
  }

  /** A confirmed sign-up. */
  confirmation(): ConfirmationDto {
    return { status: 'CONFIRMED' };
  }

  /** A code that was sent, or would have been if the user existed. */
  codeSent(delivery: CodeDelivery | undefined): CodeSentDto {
    return { ...this.#shown(delivery) };
  }

  /** What a challenge tells the client. */
  challengeParameters({ parameters }: Challenge): object {
    if (this.options.showDelivery || !('destination' in parameters)) {
      return parameters;
    }
    return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'destination'));
  }

  /** Tokens, with the delivery `body`. */
  tokens(tokens: TokenSet): TokensDto {
    return tokens;
  }

  /** The signed-in user. */
  user(account: UserAccount<UserAttributes>): UserDto {
    return { ...account, mfa: [...account.mfa] };
  }

  /** Changed attributes. */
  profileUpdate(deliveries: readonly CodeDelivery[]): ProfileUpdateDto {
    // The caller is the user, and has just typed the address.
    return { deliveries: [...deliveries] };
  }

  /** The factors of the signed-in user. */
  factors(factors: AuthFactors): AuthFactorsDto {
    return { ...factors, configured: [...factors.configured], mfa: [...factors.mfa] };
  }

  /** The secret of a new authenticator app. */
  softwareToken({ secretCode, otpauthUri }: SoftwareTokenSetup): SoftwareTokenSetupDto {
    return { secretCode, otpauthUri };
  }

  device(device: Device): DeviceDto {
    return device;
  }

  /** A remembered device with its secret, with the delivery `body`. */
  confirmedDevice(confirmed: ConfirmedDevice): ConfirmedDeviceDto {
    return confirmed;
  }

  passkey(passkey: Passkey): PasskeyDto {
    return { ...passkey, transports: [...passkey.transports] };
  }

  /** The options with which the browser creates a passkey. */
  passkeyOptions(options: CredentialCreationOptionsJson): PasskeyCreationOptionsDto {
    return options;
  }

  session(session: UserSession): UserSessionDto {
    return session;
  }

  #shown(delivery: CodeDelivery | undefined): { readonly delivery?: CodeDelivery } {
    return this.options.showDelivery && delivery !== undefined ? { delivery } : {};
  }
}
