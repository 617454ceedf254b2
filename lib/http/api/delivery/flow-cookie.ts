import type { NewDevice } from '../../../protocol/authentication-outcome.js';
import type { Challenge } from '../../../protocol/challenge.js';
import type { BrowserSessions } from '../../session/create-browser-sessions.js';
import type { SealedCookie } from '../../session/sealed-cookie.js';
import type { AuthApiCall } from '../auth-api-call.js';

/** Where a browser is in a sign-up or a sign-in. */
type Flow =
  | { readonly kind: 'sign-up'; readonly username: string; readonly session: string }
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
    await this.#cookie.write(response, flow.kind === 'challenge' ? { ...flow, challenge: slim(flow.challenge) } : flow);
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

/** An answer needs no parameters, and those of a passkey challenge would not fit into a cookie. */
function slim(challenge: Challenge): Challenge {
  return { ...challenge, parameters: {} } as Challenge;
}
