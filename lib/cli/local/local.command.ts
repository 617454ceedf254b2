import { LocalCognito } from '../../local/local-cognito.js';
import type { LocalMessage } from '../../local/model/message.js';
import type { Command } from '../command.js';
import { LOCAL_OPTIONS, readLocalOptions } from './local-options.js';

/** `mandate local`: an embedded Cognito until SIGINT or SIGTERM. */
export const localCommand: Command = {
  description: 'Runs an embedded Amazon Cognito user pools service for development and tests, until Ctrl-C.',
  options: LOCAL_OPTIONS,
  notes: [
    'Without --config there is one pool, us-east-1_Local0001, with the app clients "localpublicclient" and',
    '"localsecretclient" (secret "localsecretclientsecret0"). E-mails and SMS are printed to this terminal, and shown with',
    'users and sign-ins by the page at the printed address.',
  ].join(' '),
  run: async (values, { print }) => {
    const onMessage = (message: LocalMessage): void => {
      print(describe(message));
    };
    const cognito = await LocalCognito.start({ ...(await readLocalOptions(values)), onMessage });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void cognito.stop();
      });
    }
    print(`mandate local: ${cognito.endpoint}`);
    return 0;
  },
};

function describe({ medium, to, pool, username, subject, text }: LocalMessage): string {
  const title = subject === undefined ? '' : ` "${subject}"`;
  const kind = medium === 'EMAIL' ? 'e-mail' : 'SMS';
  return `${kind} to ${to} (user ${username} of pool ${pool})${title}: ${text}`;
}
