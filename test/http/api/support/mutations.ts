/** A body that is not valid. */
export interface Mutation {
  /** What is wrong, in words for people. */
  readonly what: string;
  readonly body: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** What the mutations of a body have to know. */
export interface BodyRules {
  /** Members that may be left out, by their paths. */
  readonly optional?: readonly string[];
  /** Members without a limit of their own. */
  readonly unlimited?: readonly string[];
  /** Members that may be null. */
  readonly nullable?: readonly string[];
  /** Objects whose members are nobody's business here. */
  readonly opaque?: readonly string[];
}

/** Longer than all limits of single members. */
const OVERSIZED = 'Sent-'.repeat(1_000);

/** Every way in which a valid body can be wrong in one place. */
export function mutationsOf(body: object, rules: BodyRules = {}): Mutation[] {
  return [
    { what: 'an unknown member', body: { ...body, unexpected: 'Sent-Unexpected' } },
    ...pathsOf(body as Json, rules).flatMap((path) => wrongAt(body, path, rules)),
  ];
}

function pathsOf(value: Json, rules: BodyRules, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const isOpen = isObject(member) && rules.opaque?.includes(path) !== true;
    return [path, ...(isOpen ? pathsOf(member, rules, `${path}.`) : [])];
  });
}

function wrongAt(body: object, path: string, rules: BodyRules): Mutation[] {
  const value = path.split('.').reduce<unknown>((owner, name) => (owner as Json)[name], body);
  const isNullable = rules.nullable?.includes(path) === true;
  const wrong = wrongValues(value).filter((one) => !(one === null && isNullable));
  return [
    ...wrong.map((one) => ({ what: `${path}: ${JSON.stringify(one)}`, body: withMember(body, path, one) })),
    ...(rules.optional?.includes(path) === true
      ? []
      : [{ what: `no ${path}`, body: withMember(body, path, undefined) }]),
    ...(typeof value === 'string' && rules.unlimited?.includes(path) !== true
      ? [{ what: `${path} too long`, body: withMember(body, path, OVERSIZED) }]
      : []),
    ...(isObject(value) && rules.opaque?.includes(path) !== true
      ? [{ what: `${path} with an unknown member`, body: withMember(body, `${path}.unexpected`, 'Sent-Unexpected') }]
      : []),
  ];
}

/** Values of all types but the right one. */
function wrongValues(value: unknown): unknown[] {
  if (typeof value === 'string') {
    return [null, 7, true, ['Sent-Item'], { text: 'Sent-Text' }, ''];
  }
  return typeof value === 'boolean' ? [null, 0, 'true', []] : [null, 7, 'Sent-Text', []];
}

function withMember(owner: object, path: string, value: unknown): object {
  const [name = '', ...rest] = path.split('.');
  const member = rest.length === 0 ? value : withMember((owner as Json)[name] as object, rest.join('.'), value);
  return { ...owner, [name]: member };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
