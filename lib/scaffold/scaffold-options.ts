import type { Surroundings } from './surroundings.js';

/**
 * How users sign up and sign in: the routes of `MandateAuthApiModule` with tokens in bodies or in a cookie, a controller over
 * `CognitoService`, or nothing.
 */
export const API_KINDS = ['body', 'cookie', 'controller', 'none'] as const;

/** One of `API_KINDS`. */
export type ApiKind = (typeof API_KINDS)[number];

/** What to add to an application. */
export interface ScaffoldOptions {
  readonly api: ApiKind;
  /** A project of a monorepo, by its name in nest-cli.json. Default: the one that nest-cli.json names, or the only one. */
  readonly project?: string | undefined;
  /** The folder of the sources, which the Nest CLI has found already. Default: that of nest-cli.json. */
  readonly sourceRoot?: string | undefined;
  /** The file of the root module, from the root of the project. Default: the one that main.ts creates the application of. */
  readonly module?: string | undefined;
  /** The version of this package, for package.json. */
  readonly version: string;
  /** What is around the application. Default: it has no parent folders, and what package.json names is installed. */
  readonly surroundings?: Surroundings | undefined;
  /** Makes a secret for sealed cookies. */
  readonly newSecret: () => string;
}

/** The application cannot be set up: the message says why, and what to do. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';
}
