import { hostname } from 'node:os';
import { BlockList, isIP } from 'node:net';

/** The names by which containers reach the machine that they run on. No public name server answers for `.internal`. */
const CONTAINER_HOSTS: readonly string[] = [
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
];

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Where a server listens. */
export interface ListeningHost {
  /** The address or name that it was told. */
  readonly host: string;
  /** Whether other machines can reach it. */
  readonly isOpenToOthers: boolean;
}

/** Whether a host name, as `URL.hostname` has it, leads to this machine for every browser. */
export function isLoopback(name: string): boolean {
  const address = addressOf(name);
  const family = isIP(address);
  return family === 0
    ? name === 'localhost' || name.endsWith('.localhost')
    : LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whether requests may name a host without being allowed to by an option. A name that somebody else's name server may
 * answer is none of them: a page there could be led to this server, and would count as one of its own (DNS rebinding).
 */
export function isOwnName(name: string, { host, isOpenToOthers }: ListeningHost): boolean {
  if (isLoopback(name) || name === urlHost(host) || CONTAINER_HOSTS.includes(name)) {
    return true;
  }
  // An address cannot be rebound, and which ones lead here only the network knows.
  return isOpenToOthers && (isIP(addressOf(name)) !== 0 || isMachineName(name));
}

/** A host as `URL.hostname` has it: IPv6 addresses in brackets. */
export function urlHost(host: string): string {
  return (host.includes(':') ? `[${host}]` : host).toLowerCase();
}

function isMachineName(name: string): boolean {
  const machine = hostname().toLowerCase();
  return name === machine || name === `${machine}.local`;
}

function addressOf(name: string): string {
  return name.startsWith('[') ? name.slice(1, -1) : name;
}
