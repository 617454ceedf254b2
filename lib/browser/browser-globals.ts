import type {
  CredentialAssertionJson,
  CredentialCreationOptionsJson,
  CredentialRegistrationJson,
  CredentialRequestOptionsJson,
} from '../protocol/web-authn.js';

/** A credential as the browser holds it. */
interface Credential<Json> {
  toJSON(): Json;
}

/** The static methods of WebAuthn level 3 (section 5.1) that spare a page the conversion of bytes. */
interface PublicKeyCredentialType {
  parseRequestOptionsFromJSON?(options: CredentialRequestOptionsJson): object;
  parseCreationOptionsFromJSON?(options: CredentialCreationOptionsJson): object;
}

interface CredentialsContainer {
  get(options: object): Promise<Credential<CredentialAssertionJson> | null>;
  create(options: object): Promise<Credential<CredentialRegistrationJson> | null>;
}

/** Web Locks, which all tabs of an origin share. */
export interface Locks {
  request<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** A channel to the other tabs of the origin. */
export interface Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
  /** In Node: an open channel does not keep the process running. */
  unref?(): void;
}

/**
 * What a browser has and Node lacks, or types otherwise. Every member may be missing: in older browsers, on pages without
 * a secure context, and on a server that renders the page.
 */
interface BrowserGlobals {
  readonly location?: { readonly href: string };
  readonly navigator?: { readonly locks?: Locks; readonly credentials?: CredentialsContainer };
  readonly PublicKeyCredential?: PublicKeyCredentialType;
  readonly BroadcastChannel?: new (name: string) => Channel;
}

/** The library is compiled without `lib.dom`, whose globals would hide mistakes in the code that runs in Node. */
export const browser = globalThis as unknown as BrowserGlobals;
