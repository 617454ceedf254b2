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
  doctor: {
    summary: 'Checks the configuration of an application against Amazon Cognito, and says what is wrong.',
    load: async () => (await import('./doctor/doctor.command.js')).doctorCommand,
  },
  'iam-policy': {
    summary: 'Prints an IAM policy with the permissions that an application needs, and no more.',
    load: async () => (await import('./iam-policy/iam-policy.command.js')).iamPolicyCommand,
  },
  init: {
    summary: 'Sets a NestJS application up with mandate, as "nest add mandate" does.',
    load: async () => (await import('./init/init.command.js')).initCommand,
  },
  local: {
    summary: 'Runs an embedded Amazon Cognito user pools service for development and tests.',
    load: async () => (await import('./local/local.command.js')).localCommand,
  },
};
