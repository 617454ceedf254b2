import type { CookieOptions, Request, Response } from 'express';
import type { RememberedDevice } from 'mandate';

/**
 * The device secret replaces the second factor: something that the user has. So the browser stores it. On the server, a
 * password alone would give access to it. Scripts cannot read the cookie and other sites cannot send it. It is signed,
 * so only devices that were confirmed here are tried. It is not encrypted: whoever can read it can also copy it.
 */
const NAME = 'device';
const DAY = 24 * 60 * 60 * 1000;
const OPTIONS: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', signed: true };

interface OwnedDevice {
  readonly username: string;
  readonly device: RememberedDevice;
}

/** The remembered device of this browser, if it belongs to the user. */
export function deviceOf(request: Request, username: string): RememberedDevice | undefined {
  // cookie-parser sets `false` for a cookie with a wrong signature.
  const owned = (request.signedCookies as Record<string, OwnedDevice | false | undefined>)[NAME];
  return owned && owned.username === username ? owned.device : undefined;
}

export function keepDevice(response: Response, owned: OwnedDevice): void {
  response.cookie(NAME, owned, { ...OPTIONS, maxAge: 365 * DAY });
}

export function dropDevice(response: Response): void {
  response.clearCookie(NAME, { ...OPTIONS, signed: false });
}
