import { showAccount } from './account.js';
import { client } from './client.js';
import { complain, show } from './dom.js';
import { watchMailbox } from './mailbox.js';
import './sign-in.js';

watchMailbox();

try {
  await ((await client.session()) ? showAccount() : show('sign-in'));
} catch (error) {
  show('sign-in');
  complain(error.message);
}
