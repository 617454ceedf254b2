import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { accessTokenOf } from './access-token-of.js';
import { listOf } from './list-of.js';

/**
 * Lists the devices of the user (ListDevices).
 *
 * @publicApi
 */
@Injectable()
export class DevicesHandler extends AuthApiHandler<'devices'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['devices']> {
    const { cognito, responses } = this.api;
    return listOf(cognito.devices.list(accessTokenOf(call)), (device) => responses.device(device));
  }
}

/**
 * Remembers the device of the sign-in (ConfirmDevice and, where the user has to agree, UpdateDeviceStatus: the call says that
 * the user does).
 *
 * @publicApi
 */
@Injectable()
export class ConfirmDeviceHandler extends AuthApiHandler<'confirmDevice'> {
  async handle(input: AuthApiInputs['confirmDevice'], call: AuthApiCall): Promise<AuthApiOutputs['confirmDevice']> {
    const { cognito, delivery, responses } = this.api;
    const accessToken = accessTokenOf(call);
    const newDevice = await delivery.newDeviceOf(input, call);
    const { device, needsUserConsent } = await cognito.devices.confirm({ accessToken, newDevice, name: input.name });
    if (needsUserConsent) {
      await cognito.devices.remember({ accessToken, deviceKey: device.key });
    }
    const delivered = await delivery.deviceConfirmed({ device, needsUserConsent: false }, call);
    return delivered && responses.confirmedDevice(delivered);
  }
}

/**
 * Changes whether a device is remembered (UpdateDeviceStatus).
 *
 * @publicApi
 */
@Injectable()
export class UpdateDeviceHandler extends AuthApiHandler<'updateDevice'> {
  async handle({ deviceKey, remembered }: AuthApiInputs['updateDevice'], call: AuthApiCall): Promise<void> {
    const { devices } = this.api.cognito;
    const device = { accessToken: accessTokenOf(call), deviceKey };
    await (remembered ? devices.remember(device) : devices.doNotRemember(device));
  }
}

/**
 * Forgets a device (ForgetDevice).
 *
 * @publicApi
 */
@Injectable()
export class ForgetDeviceHandler extends AuthApiHandler<'forgetDevice'> {
  async handle({ deviceKey }: AuthApiInputs['forgetDevice'], call: AuthApiCall): Promise<void> {
    await this.api.cognito.devices.forget({ accessToken: accessTokenOf(call), deviceKey });
    await this.api.delivery.deviceForgotten(deviceKey, call);
  }
}
