/* global document */

import { Amplify } from 'aws-amplify';
import 'aws-amplify/auth/enable-oauth-listener';
import { fetchAuthSession, getCurrentUser, signInWithRedirect, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';

/**
 * The page of an application that signs in with Amplify as it is published. What happens is added to its title, and
 * the buttons of the page call Amplify.
 */
Hub.listen('auth', ({ payload: { event } }) => {
  document.title += ` ${event}`;
});

// The test's server puts it into the page.
Amplify.configure(globalThis.AMPLIFY_CONFIGURATION);

const actions = {
  signIn: () => signInWithRedirect({ customState: 'back to the basket' }),
  signInWithGoogle: () => signInWithRedirect({ provider: 'Google' }),
  signOut: () => signOut(),
  user: async () => {
    const { username } = await getCurrentUser();
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    return { username, email: tokens?.idToken?.payload['email'], scope: tokens?.accessToken.payload['scope'] };
  },
};

for (const [name, action] of Object.entries(actions)) {
  const button = document.createElement('button');
  button.textContent = name;
  button.onclick = async () => {
    const result = await action().catch((error) => String(error));
    document.querySelector('output')?.replaceChildren(JSON.stringify(result) ?? '');
  };
  document.body.append(button);
}
