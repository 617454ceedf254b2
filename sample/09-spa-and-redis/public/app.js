/* global document, fetch, location */

// A front end that holds no token: its session is a cookie that script cannot read.
const element = (id) => document.getElementById(id);

// #region call
/** The header says that the request comes from this page: pages of other sites cannot send it. */
async function call(path, method = 'GET') {
  const response = await fetch(path, { method, headers: { 'x-mandate-csrf': '1' } });
  if (response.status === 401) {
    show(false);
    throw new Error('You are signed out.');
  }
  if (!response.ok) {
    throw new Error(`The server answered ${response.status}. Try again.`);
  }
  return response.json();
}
// #endregion

function show(isSignedIn) {
  element('signed-in').hidden = !isSignedIn;
  element('signed-out').hidden = isSignedIn;
}

async function refresh() {
  const { email, answeredBy } = await call('/me');
  element('email').textContent = email;
  element('instance').textContent = answeredBy;
  show(true);
  element('orders').textContent = (await call('/orders')).orders;
}

function on(id, action) {
  element(id).addEventListener('click', () => attempt(action));
}

async function attempt(action) {
  element('message').textContent = '';
  try {
    await action();
  } catch (error) {
    element('message').textContent = error.message;
  }
}

on('order', async () => {
  element('orders').textContent = (await call('/orders', 'POST')).orders;
});

on('logout', async () => {
  // Cognito's own session ends there, and Cognito sends the browser back.
  location.assign((await call('/auth/logout', 'POST')).url);
});

await refresh().catch(() => show(false));
