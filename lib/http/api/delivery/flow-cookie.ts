import type { NewDevice } from '../../../protocol/authentication-outcome.js';
import type { Challenge } from '../../../protocol/challenge.js';
import type { BrowserSessions } from '../../session/create-browser-sessions.js';
import type { SealedCookie } from '../../session/sealed-cookie.js';
import type { AuthApiCall } from '../auth-api-call.js';

/** Where a browser is in a sign-up or a sign-in. */
type Flow =
  | {
      readonly kind: 'sign-up';
      readonly username: string;
      readonly session?: string | undefined;
      readonly padding?: string;
    }
  | { readonly kind: 'challenge'; readonly challenge: Challenge; readonly typedUsername?: string | undefined }
  | {
      readonly kind: 'new-device';
      readonly sub: string;
      readonly newDevice: NewDevice;
      readonly typedUsername?: string | undefined;
    };

type FlowOf<Kind extends Flow['kind']> = Extract<Flow, { readonly kind: Kind }>;

/** Milliseconds: Cognito's own sessions live 3 to 15 minutes. */
const LIFETIME = 10 * 60_000;

/** Remembers where a browser is in a sign-up or a sign-in. A new step replaces the last one. */
export class FlowCookie {
  readonly #cookie: SealedCookie<Flow>;

  constructor(sessions: Pick<BrowserSessions, 'sealedCookie'>) {
    this.#cookie = sessions.sealedCookie<Flow>('flow', LIFETIME);
  }

  async write({ response }: AuthApiCall, flow: Flow): Promise<void> {
    await this.#cookie.write(response, stored(flow));
  }

  /** The step, if it is of the kind. */
  async read<Kind extends Flow['kind']>({ request }: AuthApiCall, kind: Kind): Promise<FlowOf<Kind> | undefined> {
    const flow = await this.#cookie.read(request);
    return flow?.kind === kind ? (flow as FlowOf<Kind>) : undefined;
  }

  clear({ request, response }: AuthApiCall): void {
    this.#cookie.clear(request, response);
  }
}

/** Bytes of a stored sign-up: more than one has with a session of Cognito, and less than a cookie holds. */
const SIGN_UP_LENGTH = 2_000;

function stored(flow: Flow): Flow {
  switch (flow.kind) {
    case 'challenge':
      // An answer needs no parameters, and those of a passkey challenge would not fit into a cookie.
      return { ...flow, challenge: { ...flow.challenge, parameters: {} } as Challenge };
    case 'sign-up':
      // All have one length: a username that is taken has no session.
      return { ...flow, padding: '='.repeat(Math.max(0, SIGN_UP_LENGTH - Buffer.byteLength(JSON.stringify(flow)))) };
    default:
      return flow;
  }
}
