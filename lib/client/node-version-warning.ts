const SWITCH = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/**
 * Creates a client of the AWS SDK without the SDK's NodeVersionSupportWarning, which the first client of a process prints
 * on Node 20. The warning is about SDK versions outside this package's range, so its users could not act on it.
 *
 * The SDK reads the documented variable while it creates a client, which is synchronous: no other code sees it set. A value
 * that the application has set itself stays.
 */
export function withoutNodeVersionWarning<Client>(create: () => Client): Client {
  if (!process.version.startsWith('v20.') || process.env[SWITCH] !== undefined) {
    return create();
  }
  process.env[SWITCH] = 'true';
  try {
    return create();
  } finally {
    Reflect.deleteProperty(process.env, SWITCH);
  }
}
