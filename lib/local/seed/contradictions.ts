import { withClientDefaults } from '../engine/clients/client-defaults.js';
import { withPoolDefaults } from '../engine/pools/pool-defaults.js';
import { schemaOf } from '../engine/pools/schema.js';
import type { Pool } from '../model/pool.js';
import { isObject } from '../../types/is-object.js';
import type { LocalPoolOptions } from '../options/local-cognito.options.js';
import { clientOf, userOf } from './find-seeded.js';
import { omit, POOL_DEFAULTS, settingsOf } from './pool-request.js';
import { withSenders } from './senders.js';

/** Takes a sentence for the log. */
export type Warn = (warning: string) => void;

type Settings = Readonly<Record<string, unknown>>;

/** What no operation changes. */
const FIXED = ['its id', 'AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'];

/** Says which options contradict a kept pool, one line for each. What is kept wins. */
export function reportContradictions(pool: Pool, options: LocalPoolOptions, warn: Warn): void {
  const say = (what: string, kept: unknown, wanted: unknown, isFixed = FIXED.includes(what)) => {
    const advice = isFixed
      ? 'It cannot be changed: start with a new data directory.'
      : 'Change it through the API, or start with a new data directory.';
    warn(
      `Pool "${pool.name}" (${pool.id}) keeps ${what}: ${shown(kept)}, not ${shown(wanted)} as the options say. ${advice}`,
    );
  };
  const { id = pool.id, name, mfa, MfaConfiguration = mfa?.MfaConfiguration, domain } = options;
  const own: readonly (readonly [string, unknown, unknown])[] = [
    ['its id', pool.id, id],
    ['its name', pool.name, name],
    ['MfaConfiguration', pool.mfa.configuration, MfaConfiguration],
    ['its domain', pool.domain?.prefix, pool.domain && domain],
  ];
  for (const [what, kept, wanted] of own) {
    if (wanted !== undefined && !same(kept, wanted)) {
      say(what, kept, wanted);
    }
  }
  const given = settingsOf(options);
  const kept: Settings = pool.settings;
  const wanted = withPoolDefaults(settingsOf(withSenders({ ...POOL_DEFAULTS, ...options }))) as Settings;
  for (const member of differing(kept, wanted, Object.keys(given))) {
    say(member, kept[member], wanted[member]);
  }
  for (const [attribute, schema] of schemaOf(options.Schema ?? [])) {
    const kept = pool.schema.get(attribute);
    if (
      kept !== undefined &&
      (options.Schema ?? []).some(({ Name }) => attribute.endsWith(Name ?? '')) &&
      !same(kept, schema)
    ) {
      say(`the attribute ${attribute}`, kept, schema, true);
    }
  }
  contentContradictions(pool, options, say);
}

function contentContradictions(
  pool: Pool,
  { clients = [], groups = [], users = [] }: LocalPoolOptions,
  say: (what: string, kept: unknown, wanted: unknown) => void,
): void {
  for (const options of clients) {
    const { name, secret } = options;
    const given = omit(options, 'name', 'id', 'secret');
    const client = clientOf(pool, options);
    const kept = client?.settings as Settings | undefined;
    const wanted = withClientDefaults(given) as Settings;
    for (const member of kept === undefined ? [] : differing(kept, wanted, Object.keys(given))) {
      say(`${member} of the app client "${name}"`, kept?.[member], wanted[member]);
    }
    if (typeof secret === 'string' && client !== undefined && !client.secrets.some(({ value }) => value === secret)) {
      say(`the secret of the app client "${name}"`, 'another one', 'the one');
    }
  }
  for (const group of groups) {
    if (typeof group !== 'string') {
      const kept = pool.groups.get(group.name) as Settings | undefined;
      const wanted = group as unknown as Settings;
      for (const member of kept === undefined ? [] : differing(kept, wanted, Object.keys(wanted))) {
        say(`${member} of the group "${group.name}"`, kept?.[member], wanted[member]);
      }
    }
  }
  for (const options of users) {
    const { attributes = {}, groups, enabled } = options;
    const user = userOf(pool, options);
    if (user !== undefined) {
      const kept = { ...user.attributes, groups: [...user.groups].sort(), enabled: user.enabled };
      const wanted = {
        ...attributes,
        ...(groups && { groups: [...groups].sort() }),
        ...(enabled !== undefined && { enabled }),
      };
      for (const member of differing(kept, wanted, Object.keys(wanted))) {
        say(`${member} of the user "${options.username}"`, (kept as Settings)[member], (wanted as Settings)[member]);
      }
    }
  }
}

function differing(kept: Settings, wanted: Settings, members: readonly string[]): string[] {
  return members.filter((member) => !same(kept[member], wanted[member]));
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with the members of objects in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
