import type { RememberedDevice } from '../../../protocol/challenge.js';
import type { BrowserSessions } from '../../session/create-browser-sessions.js';
import type { SealedCookie } from '../../session/sealed-cookie.js';
import type { AuthApiCall } from '../auth-api-call.js';
import { normalizedUsername } from '../normalized-username.js';

/** A device, and the names that its user signs in with. */
interface OwnedDevice {
  readonly names: readonly string[];
  readonly device: RememberedDevice;
}

/** Milliseconds: 400 days, the longest that browsers keep a cookie. */
const LIFETIME = 400 * 24 * 60 * 60_000;

/** A username and three aliases, and as many that an alias was before. */
const MOST_NAMES = 8;

/**
 * Remembers the device of a browser. Its secret replaces the second factor, so the browser has it and not the server, where a
 * password alone would give access to it.
 */
export class DeviceCookie {
  readonly #cookie: SealedCookie<OwnedDevice>;

  constructor(sessions: Pick<BrowserSessions, 'sealedCookie'>) {
    this.#cookie = sessions.sealedCookie<OwnedDevice>('device', LIFETIME);
  }

  async keep({ response }: AuthApiCall, names: readonly string[], device: RememberedDevice): Promise<void> {
    await this.#cookie.write(response, { names: [...new Set(names.map(normalizedUsername))], device });
  }

  /** The device, if it belongs to the user with the name. */
  async of({ request }: AuthApiCall, name: string | undefined): Promise<RememberedDevice | undefined> {
    const owned = name === undefined ? undefined : await this.#cookie.read(request);
    return owned?.names.includes(normalizedUsername(name ?? '')) === true ? owned.device : undefined;
  }

  /** Adds a name with which the user of the device has signed in. */
  async learn(call: AuthApiCall, username: string, name: string): Promise<void> {
    const owned = await this.#cookie.read(call.request);
    if (
      owned?.names.includes(normalizedUsername(username)) === true &&
      !owned.names.includes(normalizedUsername(name))
    ) {
      await this.keep(call, [...owned.names, name].slice(-MOST_NAMES), owned.device);
    }
  }

  /** Forgets the device with a key, if this browser has it. */
  async forget(call: AuthApiCall, deviceKey: string): Promise<void> {
    if ((await this.#cookie.read(call.request))?.device.key === deviceKey) {
      this.clear(call);
    }
  }

  clear({ request, response }: AuthApiCall): void {
    this.#cookie.clear(request, response);
  }
}
