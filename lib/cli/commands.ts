import type { Command } from './command.js';

/** A line of the table of commands. */
export interface CommandEntry {
  /** One line of `mandate --help`. */
  readonly summary: string;
  /** Loads the command. What it needs, Nest or the AWS SDK, is loaded with it and for it only. */
  readonly load: () => Promise<Command>;
}

/** All commands, in the order of `mandate --help`. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  local: {
    summary: 'Runs an embedded Amazon Cognito user pools service for development and tests.',
    load: async () => (await import('./local/local.command.js')).localCommand,
  },
};
