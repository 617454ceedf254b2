import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AccessToken, CognitoService, CurrentUser, type Device } from 'mandate';
import { ConfirmDeviceDto, DeviceKeyDto } from 'mandate/dto';

import { deviceOf, dropDevice, keepDevice } from './device-cookie.js';

@Controller('devices')
export class DevicesController {
  constructor(private readonly cognito: CognitoService) {}

  /** "Do not ask again on this device." The body has the `newDevice` of the sign-in. */
  @Post()
  @HttpCode(204)
  async remember(
    @AccessToken() accessToken: string,
    @CurrentUser('username') username: string,
    @Body() { newDevice, name }: ConfirmDeviceDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { device, needsUserConsent } = await this.cognito.devices.confirm({ accessToken, newDevice, name });
    if (needsUserConsent) {
      await this.cognito.devices.remember({ accessToken, deviceKey: device.key });
    }
    keepDevice(response, { username, device });
  }

  @Get()
  async list(@AccessToken() accessToken: string): Promise<Device[]> {
    const devices: Device[] = [];
    for await (const device of this.cognito.devices.list(accessToken)) {
      devices.push(device);
    }
    return devices;
  }

  /** Forgets any device of the user, such as a lost phone. */
  @Delete(':deviceKey')
  @HttpCode(204)
  async forget(
    @AccessToken() accessToken: string,
    @CurrentUser('username') username: string,
    @Param() { deviceKey }: DeviceKeyDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.cognito.devices.forget({ accessToken, deviceKey });
    if (deviceOf(request, username)?.key === deviceKey) {
      dropDevice(response);
    }
  }
}
