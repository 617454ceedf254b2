import { AppClient } from '../../client/app-client.js';
import { CognitoClient } from '../../client/cognito-client.js';
import type { MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import type { ResolvedMandateOptions } from '../../module/resolve-options.js';
import type { DoctorSettings } from './settings.js';

/** How the checks reach Cognito. */
export interface Connection {
  readonly settings: DoctorSettings;
  readonly options: ResolvedMandateOptions;
  readonly appClient: AppClient;
  /** With the AWS credentials of the environment; those of an embedded Cognito may be any. */
  readonly client: CognitoClient;
  /** Whether privileged calls are made. */
  readonly isPrivileged: boolean;
}

/** Any will do for a Cognito of this machine, which checks none. */
const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Milliseconds. Whoever runs the doctor waits for it; an application has more patience. */
const TIMEOUTS = { requestTimeout: 5_000, callTimeout: 8_000 } as const;

export function connect(settings: DoctorSettings, given: ResolvedMandateOptions): Connection {
  const options = { ...given, ...TIMEOUTS };
  const isLocal = options.endpoint !== undefined && isLoopback(options.endpoint);
  const credentials = isLocal && !settings.hasCredentials ? LOCAL_CREDENTIALS : undefined;
  return {
    settings,
    options,
    appClient: new AppClient(options),
    client: new CognitoClient({ ...options, credentials }),
    isPrivileged: isLocal || settings.hasCredentials || settings.admin,
  };
}

/** The code of the refusal of a call; undefined if it succeeds. */
export async function codeOf(call: () => Promise<unknown>): Promise<MandateErrorCode | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof MandateError) {
      return error.code;
    }
    throw error;
  }
}

function isLoopback(endpoint: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(endpoint).hostname);
}
