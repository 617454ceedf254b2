import type { LocalLogLine } from '../../local/engine/log-line.js';
import { LocalCognito } from '../../local/local-cognito.js';
import type { LocalMessage } from '../../local/model/message.js';
import type { Command } from '../command.js';
import { envLines } from './env-lines.js';
import { LOCAL_OPTIONS, readLocalOptions } from './local-options.js';

/** `mandate local`: an embedded Cognito until SIGINT or SIGTERM. */
export const localCommand: Command = {
  description: 'Runs an embedded Amazon Cognito user pools service for development and tests, until Ctrl-C.',
  options: LOCAL_OPTIONS,
  notes: [
    'Every option has a variable: --allow-origin is MANDATE_LOCAL_ALLOW_ORIGIN. The command line counts before the',
    'environment, and that before the configuration.\nWithout --config there is one pool, us-east-1_Local0001, with the app',
    'clients "localpublicclient" and "localsecretclient" (secret "localsecretclientsecret0"). E-mails and SMS are printed to',
    'this terminal, and shown with users and sign-ins by the page at the printed address.',
  ].join(' '),
  run: async (values, { print, printError, environment }) => {
    const onMessage = (message: LocalMessage): void => {
      print(describe(message));
    };
    const onWarning = (warning: string): void => {
      print(`warning: ${warning}`);
    };
    const onLog = ({ stream, text }: LocalLogLine): void => {
      print(`${stream}: ${text}`);
    };
    const options = await readLocalOptions(values, environment);
    const cognito = await LocalCognito.start({ ...options, onMessage, onWarning, onLog });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void cognito.stop();
      });
    }
    if (cognito.isOpenToOthers) {
      printError(openToOthers(cognito));
    }
    print(
      [...cognito.addresses.map((address) => `mandate local: ${address}`), '', ...envLines(cognito.pools), ''].join(
        '\n',
      ),
    );
    return 0;
  },
};

function openToOthers({ addresses }: LocalCognito): string {
  const others = addresses.slice(addresses.length > 1 ? 1 : 0).join(', ');
  return `mandate: warning: everybody whose machine reaches ${others} can read all users and secrets and change them, as no signature is checked. Listen on 127.0.0.1 unless you need this.`;
}

function describe({ medium, to, pool, username, subject, text }: LocalMessage): string {
  const title = subject === undefined ? '' : ` "${subject}"`;
  const kind = medium === 'EMAIL' ? 'e-mail' : 'SMS';
  return `${kind} to ${to} (user ${username} of pool ${pool})${title}: ${text}`;
}
