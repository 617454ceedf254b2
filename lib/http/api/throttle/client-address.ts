import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that one customer has at least: a network of 64 bits. */
const NETWORK_GROUPS = 4;

/** What Express and Fastify take for the address of the client. */
export function requestAddress(request: object): string {
  const { ip } = request as { readonly ip?: unknown };
  return typeof ip === 'string' ? ip : '';
}

/** The part of an address that a client cannot change: of an IPv6 address its network, and of none its port. */
export function clientNetwork(address: string): string {
  const bare = withoutPort(address.trim());
  const [plain = ''] = bare.split('%');
  if (!isIPv6(plain)) {
    return bare;
  }
  const groups = groupsOf(plain);
  return embeddedIPv4(groups) ?? `${groups.slice(0, NETWORK_GROUPS).map(hexadecimal).join(':')}::/64`;
}

/** Some proxies add the port to the address: `192.0.2.1:443`, `[2001:db8::1]:443`. */
function withoutPort(address: string): string {
  const [, v6, v4] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(address) ?? [];
  return v6 ?? v4 ?? address;
}

/** An IPv4-mapped address (RFC 4291, section 2.5.5.2) is one of IPv4. */
function embeddedIPv4(groups: readonly number[]): string | undefined {
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff;
  return isMapped
    ? groups
        .slice(6)
        .flatMap((group) => [group >> 8, group & 0xff])
        .join('.')
    : undefined;
}

/** The eight groups. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const first = split(head);
  const last = tail === undefined ? [] : split(tail);
  const missing = Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: missing }, () => 0), ...last];
}

/** The groups of a part. Its end may be dotted, for two groups. */
function split(part: string): readonly number[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? dotted(group) : [parse(group)]));
}

function dotted(end: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = end.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function parse(group: string): number {
  return Number.parseInt(group, 16);
}

function hexadecimal(group: number): string {
  return group.toString(16);
}
