import type { CookieOptions, Request, Response } from 'express';
import type { RememberedDevice } from 'mandate';

/**
 * The device's secret stands for the second factor: something that the user has. So the browser has it and not the
 * server, where a password alone would lead to it from everywhere. Scripts cannot read the cookie and other sites cannot
 * have it sent. It is signed, so that only devices that were confirmed here are tried; it is not encrypted, for whoever
 * could read it could as well copy it.
 */
const NAME = 'device';
const DAY = 24 * 60 * 60 * 1000;
const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', signed: true };

interface OwnedDevice {
  readonly username: string;
  readonly device: RememberedDevice;
}

/** The device of this browser, if it is the user's. */
export function deviceOf(request: Request, username: string): RememberedDevice | undefined {
  // cookie-parser answers `false` for a cookie whose signature is wrong.
  const owned = (request.signedCookies as Record<string, OwnedDevice | false | undefined>)[NAME];
  return owned && owned.username === username ? owned.device : undefined;
}

export function keepDevice(response: Response, owned: OwnedDevice): void {
  response.cookie(NAME, owned, { ...OPTIONS, maxAge: 365 * DAY });
}

export function dropDevice(response: Response): void {
  response.clearCookie(NAME, { ...OPTIONS, signed: false });
}
