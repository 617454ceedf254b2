/* global document, fetch, location */

// The session is a cookie that this script cannot read. The header says that the request comes from this page: pages of
// other sites cannot send it.
const headers = { 'x-mandate-csrf': '1' };
const message = document.querySelector('#message');

document.querySelector('#me')?.addEventListener('click', async () => {
  const response = await fetch('/me');
  message.textContent = response.ok
    ? `The API calls you ${(await response.json()).username}.`
    : 'You have been signed out in another tab.';
});

// #region logout
document.querySelector('#logout')?.addEventListener('click', async () => {
  const response = await fetch('/auth/logout', { method: 'POST', headers });
  if (response.ok) {
    // Cognito's own session ends there, and Cognito sends the browser back.
    location.assign((await response.json()).url);
  } else {
    message.textContent = 'Could not sign out. Try again.';
  }
});
// #endregion
