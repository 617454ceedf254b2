#!/usr/bin/env node
import { MandateError } from '../../errors/mandate-error.js';
import { HELP, readCommand, UsageError } from './cli-options.js';
import { LocalCognito } from '../local-cognito.js';
import type { LocalCognitoOptions } from '../options/local-cognito.options.js';
import type { LocalMessage } from '../model/message.js';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

try {
  const command = await readCommand(process.argv.slice(2));
  if (command.kind === 'help') {
    process.stdout.write(HELP);
  } else {
    await runLocal(command.options);
  }
} catch (error) {
  process.exitCode = report(error);
}

async function runLocal(options: LocalCognitoOptions): Promise<void> {
  const cognito = await LocalCognito.start({ ...options, onMessage: printMessage });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void cognito.stop();
    });
  }
  console.log(`mandate local: ${cognito.endpoint}`);
}

function printMessage({ medium, to, pool, username, subject, text }: LocalMessage): void {
  const title = subject === undefined ? '' : ` "${subject}"`;
  const kind = medium === 'EMAIL' ? 'e-mail' : 'SMS';
  console.log(`${kind} to ${to} (user ${username} of pool ${pool})${title}: ${text}`);
}

/** Prints one line for an error that the user can fix, and the stack trace for any other error. */
function report(error: unknown): number {
  if (error instanceof UsageError || error instanceof MandateError) {
    console.error(`mandate: ${error.message}`);
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE;
  }
  console.error(error);
  return EXIT_FAILURE;
}
